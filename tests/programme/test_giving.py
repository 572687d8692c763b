"""A costing given out over the web: to whom, as what, and with the figures of its page."""

import io
import json
import re

import openpyxl
import pypdf
import pytest
from django.urls import reverse
from django.utils import timezone

from onedoor.programme import files, results, rules
from onedoor.programme.models import Costing
from onedoor.team.models import Entry
from tests.factories import a_hub, an_account
from tests.programme import costed, costings

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    return costings.asked(an_account("finance-officer"))


def ended(asked, result):
    """The costing, with what an invented one came to."""
    states = Costing.objects.filter(pk=asked.pk)
    states.update(state=rules.RUNNING)
    states.update(
        state=rules.DONE, result=result, pictures=costed.pictures(), ended_at=timezone.now()
    )
    return states.get()


@pytest.fixture
def done(asked):
    return ended(asked, costed.made().as_dict())


@pytest.fixture
def director(client):
    client.force_login(an_account("director"))
    return client


def given(client, costing, kind):
    return client.get(reverse("programme:give", args=[costing.pk, kind]))


def money(words):
    found = re.findall(r"−?£\d[\d,]*(?:\.\d\d)?", words)
    return {float(each.replace("−£", "-").replace("£", "").replace(",", "")) for each in found}


@pytest.mark.parametrize("kind", ["json", "xlsx"])
def test_a_director_takes_it_as_a_file(director, done, kind):
    answer = given(director, done, kind)
    assert answer.status_code == 200
    assert answer["Content-Type"] == files.TYPES[kind]
    run = done.result["run"]
    assert answer["Content-Disposition"] == f'attachment; filename="costing-{run}.{kind}"'
    assert Entry.objects.first().verb == "programme:give"


def test_the_page_the_paper_the_workbook_and_the_json_carry_the_same_figures(director, done):
    costed.needs_pdf()
    said = json.loads(given(director, done, "json").content)
    assert said == costed.made().as_dict()
    pages = pypdf.PdfReader(io.BytesIO(given(director, done, "pdf").content)).pages
    on_paper = money(re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages)))
    book = openpyxl.load_workbook(io.BytesIO(given(director, done, "xlsx").content), data_only=True)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    in_book = {
        round(float(c.value), 2) for c in cells if c.data_type == "n" and c.value is not None
    }
    asked = results.shown(done.result, done.pictures).questions
    shown = {table.name: table for question in asked for table in question.tables}
    [council] = [rows for said, rows in shown["saving"].groups if "council" in said]
    on_page = money(" ".join(cell for row in council for cell in row))
    assert len(on_page) > 15
    assert on_page <= on_paper & in_book
    every = " ".join(
        cell for table in shown.values() for _, rows in table.groups for row in rows for cell in row
    )
    assert money(every) <= in_book


def test_a_costing_that_is_not_done_has_no_file_and_says_so(director, asked):
    answer = given(director, asked, "pdf")
    assert answer.url == reverse("programme:costing", args=[asked.pk])
    assert "no file of it yet" in director.get(answer.url).content.decode()


def test_a_paper_that_cannot_be_made_gets_a_sentence(director, asked):
    costed.needs_pdf()
    limits = [f"{at}: this is not known, and must be said. " * 3 for at in range(90)]
    done = ended(asked, {**costed.made().as_dict(), "limits": limits})
    answer = given(director, done, "pdf")
    assert answer.url == reverse("programme:costing", args=[done.pk])
    assert "would be longer than 4 pages" in director.get(answer.url).content.decode()
    assert given(director, done, "xlsx").status_code == 200


def test_another_kind_of_file_is_not_there(director, done):
    assert given(director, done, "exe").status_code == 404


def test_whoever_may_not_read_a_costing_is_given_none(client, done):
    client.force_login(an_account("residential-worker", a_hub()))
    assert given(client, done, "json").status_code == 403


def test_the_page_says_where_the_files_are(director, done):
    page = director.get(reverse("programme:costing", args=[done.pk])).content.decode()
    for kind in files.TYPES:
        assert reverse("programme:give", args=[done.pk, kind]) in page
