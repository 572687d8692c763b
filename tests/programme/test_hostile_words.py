"""Words that are meant to run, from the page that takes them to every page and file that shows
them: they are shown as they are, and nothing runs."""

import csv
import io
import json
import re

import openpyxl
import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from onedoor.evidence.ssda903 import ledger
from onedoor.programme import packing, rules
from onedoor.programme.models import Costing, Draft, RateCard, Returns
from onedoor.team.models import Entry
from tests.factories import an_account
from tests.programme import answers, costed, costings

pytestmark = pytest.mark.django_db
RUN = "=cmd|' calc'!A0"
WORDS = f"{RUN}<script>alert(1)</script>"
SOURCE = '@SUM(1)<img src=x onerror=alert(1)> "quoted" {{ 7*7 }} {% now %}'


def at(name, *args):
    return reverse(f"programme:{name}", args=args)


def prices() -> bytes:
    """The invented prices, each with a hostile source, and one item that is a formula."""
    heads, *rows = csv.reader(costings.PRICES.splitlines())
    out = io.StringIO()
    writer = csv.DictWriter(out, heads)
    writer.writeheader()
    for row in rows:
        cells = dict(zip(heads, row, strict=True)) | {"source": SOURCE}
        writer.writerow(cells | ({"item": WORDS} if cells["item"] == "kinship" else {}))
    return out.getvalue().encode()


def uploads():
    """The files under names that are paths and formulas, and one line that is neither."""
    (head, header), *others = costings.files()
    yield SimpleUploadedFile("../../../etc/cron.d/header.csv", header)
    for number, (_, data) in enumerate(others):
        hostile = b"" if b"DECOM" not in data else b"\n" + RUN.encode() + b",05/06/2023"
        yield SimpleUploadedFile(f"{RUN}{number}<b>.csv", data.rstrip() + hostile + b"\n")


@pytest.fixture
def made(client):
    """A costing asked for page by page with hostile words wherever words are asked."""
    client.force_login(an_account("finance-officer"))
    brought = {"name": WORDS, "files": list(uploads()), "youngest": 12, "oldest": 17}
    assert client.post(at("keep_returns"), brought).status_code == 302
    card = {"name": WORDS, "file": SimpleUploadedFile(f"{RUN}.csv", prices())}
    assert client.post(at("new_rate_card"), card).status_code == 302
    client.post(at("start"), {"name": WORDS})
    draft = Draft.objects.get()
    said = answers.made(Returns.objects.get(), RateCard.objects.get())
    said["nights"]["night_kinship"] = WORDS
    for version, (part, given) in enumerate(said.items(), 1):
        given |= {key: SOURCE for key in given if key.endswith("_source")}
        given |= {key: WORDS for key in given if key.endswith("_words")}
        answer = client.post(at("step", draft.pk, part), {**given, "version": version})
        assert answer.status_code == 302, (part, answer.context["form"].errors)
    client.post(at("check", draft.pk), {"replications": "1000"})
    Costing.objects.get()
    costings.work()
    costing = Costing.objects.get()
    assert costing.state == rules.DONE, costing.sentence
    return costing


def test_words_that_are_meant_to_run_are_only_ever_shown(client, made):
    draft, returns = Draft.objects.get(), made.returns
    pages = [
        *(at(name) for name in ("costings", "returns", "rate_cards", "compare", "baseline")),
        *(at("costing", made.pk), at("director", made.pk), at("rate_card", made.rates_id)),
        *(at("check", draft.pk), at("step", draft.pk, "money"), at("step", draft.pk, "nights")),
        at("repairs", returns.baseline_id),
    ]
    for address in pages:
        page = client.get(address).content.decode()
        for tag in ("<script>alert", "<img src=x", "<b>.csv"):
            assert tag not in page, address
    shown = client.get(at("costing", made.pk)).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "{{ 7*7 }} {% now %}" in shown


def test_no_file_that_is_given_out_runs_anybodys_words(client, made):
    given = {kind: client.get(at("give", made.pk, kind)) for kind in ("json", "xlsx")}
    assert json.loads(given["json"].content)["title"] == WORDS
    for answer in given.values():
        assert re.fullmatch(
            r'attachment; filename="costing-[0-9a-f]+\.\w+"', answer["Content-Disposition"]
        )
    book = openpyxl.load_workbook(io.BytesIO(given["xlsx"].content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    formulas = [cell.value for cell in cells if cell.data_type == "f"]
    assert len(formulas) > 100
    assert not [each for each in formulas if "cmd" in each or "SUM(1)" in each]
    texts = [cell.value for cell in cells if cell.data_type == "s"]
    assert "'" + WORDS in texts
    assert "'" + SOURCE in texts
    assert not [text for text in texts if text.startswith(ledger.FORMULA_STARTS)]
    assert not [cell for cell in cells if cell.hyperlink]


def test_the_repairs_and_the_names_of_files_run_nothing(client, made):
    kept = packing.unpacked(bytes(made.returns.packed))
    assert not [name for name, _ in kept if "/" in name or "\\" in name]
    assert any(name.startswith(RUN[:5]) for name, _ in kept)
    given = client.get(at("repairs_csv", made.returns.baseline_id)).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(given)))
    assert any(cell.startswith("'" + RUN[:5]) for row in rows for cell in row)
    assert not [cell for row in rows for cell in row if cell.startswith(ledger.FORMULA_STARTS)]
    assert Entry.objects.first().verb == "programme:repairs_csv"


def test_the_paper_shows_words_and_fetches_nothing(client, made):
    costed.needs_pdf()
    data = client.get(at("give", made.pk, "pdf")).content
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    paper = re.sub(r"\s+", "", "".join(page.extract_text() for page in pages))
    assert re.sub(r"\s+", "", WORDS) in paper
    assert "<imgsrc=xonerror" in paper
    assert not [page for page in pages if any("/A" in each for each in page.get("/Annots", []))]
