"""Files that are broken or meant to do harm: a sentence on the page, and nothing of them kept."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from onedoor.programme.models import Baseline, RateCard, Returns
from tests.factories import an_account
from tests.programme import costings
from tests.programme.returns import EPISODES, FIRST, HEADER

pytestmark = pytest.mark.django_db
PRICES = costings.PRICES.encode()
ROW = PRICES.splitlines()[1].decode()


def zip_bomb() -> bytes:
    inside = io.BytesIO()
    with zipfile.ZipFile(inside, "w", zipfile.ZIP_DEFLATED) as folder:
        folder.writestr("episodes.csv", b"0" * 10_000_000)
    return inside.getvalue()


BILLION = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
OUTSIDE = b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><EXPSSDA903>&a;</EXPSSDA903>'
BROKEN = {
    "a zip bomb": zip_bomb(),
    "bytes that are nothing": bytes(range(256)) * 40,
    "one byte": b"C",
    "nothing but NUL": b"\0" * 5000,
    "one line without an end": EPISODES.encode() + b"1" * 3_000_000,
    "UTF-16": EPISODES.encode("utf-16"),
    "entities in entities": BILLION + b"<EXPSSDA903>&b;</EXPSSDA903>",
    "an entity that reads a file": OUTSIDE,
    "XML that does not end": b"<EXPSSDA903><CHILD>",
    "a tag that does not end": b"<EXPSSDA903 " + b"a" * 2_000_000,
    "a quote that does not end": EPISODES.encode() + b'"101,05/06/2023',
    "the columns of nothing": b"a,b\n1,2\n",
    "a program": b"MZ\x90\0\x03\0\0\0PE\0\0",
}


@pytest.fixture(autouse=True)
def officer(client):
    client.force_login(an_account("finance-officer"))


def brought(client, to, files):
    said = {"name": "Hostile", "youngest": 12, "oldest": 17}
    uploads = [SimpleUploadedFile(name, data) for name, data in files]
    return client.post(reverse(f"programme:{to}"), {**said, "files": uploads})


def sentence(answer) -> str:
    """What the page says is wrong."""
    assert answer.status_code == 200
    [said] = answer.context["form"].errors.values()
    [only] = said
    assert only.endswith("."), only
    assert "There is a problem" in answer.content.decode()
    assert len(only) < 400
    return only


def nothing_is_kept():
    assert not Baseline.objects.exists()
    assert not Returns.objects.exists()
    assert not RateCard.objects.exists()


@pytest.mark.parametrize("to", ["keep_returns", "make"])
@pytest.mark.parametrize("what", BROKEN)
def test_a_return_that_cannot_be_read_gets_a_sentence_and_is_not_kept(client, to, what):
    answer = brought(client, to, [("episodes.csv", BROKEN[what]), ("header.csv", HEADER)])
    assert "episodes.csv was not read" in sentence(answer)
    nothing_is_kept()


def test_a_hundred_broken_files_still_get_one_sentence_that_can_be_read(client):
    many = [(f"{number}.csv", BROKEN["one byte"]) for number in range(100)]
    assert "97 more files" in sentence(brought(client, "keep_returns", many))


def test_a_header_that_cannot_be_read_is_told_with_what_is_wrong_with_it(client):
    files = [("episodes.csv", FIRST), ("header.csv", HEADER.decode().encode("utf-16"))]
    said = sentence(brought(client, "keep_returns", files))
    assert "header.csv was not read: it is UTF-16 text" in said
    nothing_is_kept()


@pytest.mark.parametrize("to", ["keep_returns", "make"])
def test_an_empty_file_is_said_to_be_empty(client, to):
    answer = brought(client, to, [("episodes.csv", b"")])
    assert "empty" in answer.content.decode()
    nothing_is_kept()


def card(client, data, name="Hostile"):
    said = {"name": name, "file": SimpleUploadedFile("prices.csv", data)}
    return client.post(reverse("programme:new_rate_card"), said)


def price(**changed) -> bytes:
    """A rate card of one price, with some of its cells changed."""
    heads = PRICES.splitlines()[0].decode().split(",")
    cells = dict(zip(heads, ROW.split(","), strict=True)) | changed
    return (",".join(heads) + "\n" + ",".join(cells.values()) + "\n").encode()


CARDS = {
    "a zip bomb": zip_bomb(),
    "one byte": b"C",
    "NUL": PRICES + b"\0",
    "a NUL in a word": price(source="in\0vented"),
    "UTF-16": PRICES.decode().encode("utf-16"),
    "a cell without an end": price(source="x" * 200_000),
    "a price of more digits than there is room": price(mode="9" * 100_000, low="", high=""),
    "a price with an endless exponent": price(mode="1e99999999", low="", high=""),
    "a price that is no number": price(mode="NaN"),
    "a price that has no end": price(mode="Infinity", high="Infinity"),
    "a formula for a price": price(mode='"=1+1"'),
    "a day that never was": price(valid_from="2024-02-31"),
    "an item that is a path": price(item="../../etc/passwd", unit="furlong"),
}


@pytest.mark.parametrize("what", CARDS)
def test_a_rate_card_that_cannot_stand_gets_a_sentence_and_is_not_kept(client, what):
    assert "prices.csv" not in sentence(card(client, CARDS[what]))
    nothing_is_kept()
