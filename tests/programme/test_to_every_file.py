"""The published returns, where they are at hand: from the page that keeps them to every file of a
costing, or to a sentence that refuses."""

import io
import json
import re
import subprocess
import sys
from html.parser import HTMLParser

import openpyxl
import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from onedoor import cli
from onedoor.govuk import words
from onedoor.programme import files, rules
from onedoor.programme.models import Costing, Draft, RateCard, Returns
from tests.factories import an_account
from tests.fresh import ROOT
from tests.programme import answers, costed, costings, recalculating
from tests.programme.test_baseline import FULL_RETURN

pytestmark = pytest.mark.django_db
PRICES = costings.PRICES.replace("2024-04-01", "2000-04-01")
NET = ("direct_mean", "growth_avoided_mean", "net_mean")


def read(name):
    folder = FULL_RETURN.parent / name
    if not folder.exists():
        pytest.skip("The published returns are not beside the repository.")
    return [(path.name, path.read_bytes()) for path in sorted(folder.rglob("*.csv"))]


def at(name, *args):
    return reverse(f"programme:{name}", args=args)


def brought(client, name):
    uploads = [SimpleUploadedFile(each, data) for each, data in read(name)]
    said = {"name": name, "files": uploads, "youngest": 12, "oldest": 17}
    return client.post(at("keep_returns"), said)


def kept(client, name) -> tuple[Returns, RateCard]:
    """The returns and a rate card, brought to their pages."""
    assert brought(client, name).status_code == 302
    card = {"name": "Invented", "file": SimpleUploadedFile("prices.csv", PRICES.encode())}
    assert client.post(at("new_rate_card"), card).status_code == 302
    return Returns.objects.get(), RateCard.objects.get()


def asked(client, name) -> Costing:
    """A costing asked for page by page, as a finance officer does."""
    client.force_login(an_account("finance-officer"))
    made_from = kept(client, name)
    client.post(at("start"), {"name": f"One hub after {name}"})
    draft = Draft.objects.get()
    for version, (part, said) in enumerate(answers.made(*made_from).items(), 1):
        answer = client.post(at("step", draft.pk, part), {**said, "version": version})
        assert answer.status_code == 302, (part, answer.context["form"].errors)
    client.post(at("check", draft.pk), {"replications": "1000"})
    return Costing.objects.get()


def done(client, name) -> Costing:
    asked(client, name)
    costings.work()
    made = Costing.objects.get()
    assert made.state == rules.DONE, made.sentence
    return made


def whole(amount: str) -> int:
    return int(amount.replace("−", "-").replace("£", "").replace(",", ""))


class OnPage(HTMLParser):
    """The cells of each row of each table on a page, by the section that they are in."""

    def __init__(self, page: str):
        super().__init__()
        self.rows, self.section, self.open = {}, "", False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "section":
            self.section = dict(attrs).get("aria-labelledby", "")
        if tag == "tr":
            self.rows.setdefault(self.section, []).append([])
        if tag in ("th", "td"):
            self.rows[self.section][-1].append("")
            self.open = True

    def handle_endtag(self, tag):
        self.open = self.open and tag not in ("th", "td")

    def handle_data(self, data):
        if self.open:
            self.rows[self.section][-1][-1] += data


def by_payer(said) -> dict[tuple[str, str], dict[str, list[int]]]:
    """Direct saving, growth avoided and net of each payer and class, year by year."""
    found = {}
    for row in said["tables"]["by_payer"]["rows"]:
        years_of = found.setdefault((row["payer"], row["class"]), {})
        years_of[row["year"]] = [int(row[key]) for key in NET]
        assert years_of[row["year"]] == [row[key] for key in NET]
    return found


def on_page(page: str) -> tuple[dict, list[list[int]]]:
    """The same from the page, and every row of three that is on it."""
    found, every = {}, []
    rows = OnPage(page).rows
    for cells in rows["by_payer"][1:]:
        if len(cells) == 1:
            payer, kind = re.match(r"([\w ]+)\. (\w+)", cells[0]).groups()
            years_of = found.setdefault((payer.lower().replace(" ", "_"), kind.lower()), {})
        else:
            years_of[cells[0]] = [whole(cell) for cell in cells[1:4]]
    for section in ("saving", "by_payer"):
        every += [
            [whole(cell) for cell in cells[1:4]] for cells in rows[section][1:] if len(cells) > 1
        ]
    return found, every


def in_book(data: bytes) -> dict:
    """The same from the workbook's three year tables, each with the class after the payer."""
    found, part = {}, -1
    sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["Years by payer"]
    for payer, kind, *values in sheet.iter_rows(values_only=True):
        if payer == "Payer":
            part += 1
            heads = [each for each in values if each and each != "All years"]
        elif part >= 0 and kind in ("cashable", "avoided", "wider"):
            years_of = found.setdefault((payer, kind), {})
            for year, value in zip(heads, values, strict=False):
                years_of.setdefault(year, []).append(round(value))
    return found


def on_paper(data: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    assert len(pages) <= 4
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def in_order(paper: str, *texts: str) -> bool:
    return re.search(".{0,90}?".join(re.escape(text) for text in texts), paper) is not None


def holds_the_figures_of(said, paper: str) -> bool:
    """Each year of those whose money it counts, and each payer's net in each year and in all."""
    yearly = [row for row in said["tables"]["saving"]["rows"] if row["year"] in said["years"]]
    for row in yearly:
        if row["perspective"] == said["perspective"]:
            assert in_order(paper, row["year"], *(words.money(row[key]) for key in NET)), row
    for years_of in by_payer(said).values():
        nets = [net for _, _, net in years_of.values()]
        assert in_order(paper, *(words.money(net) for net in (*nets, sum(nets)))), nets
    return True


def commanded(name, costing, folder, capsys) -> tuple[dict, dict[str, str]]:
    """What `onedoor cost --json` prints and draws from the same files, plan and prices."""
    for each, data in read(name):
        (folder / each).write_bytes(data)
    plan = folder.parent / "plan"
    plan.mkdir()
    (plan / "plan.toml").write_text(costing.plan_text)
    (plan / "prices.csv").write_text(costing.rates.text)
    capsys.readouterr()
    told = ("cost", folder, "--plan", plan / "plan.toml", "--json", "--pictures", plan)
    # 1 says that some rows were not read as written, as in any real return.
    assert cli.main([str(word) for word in told]) in (0, 1)
    drawn = {path.stem: path.read_text() for path in plan.glob("*.svg")}
    return json.loads(capsys.readouterr().out), drawn


@pytest.mark.processes
@pytest.mark.parametrize("name", ["full_return", "five_years"])
def test_page_paper_workbook_json_and_command_carry_the_same_figures(
    client, name, tmp_path, capsys
):
    made = done(client, name)
    given = {kind: client.get(at("give", made.pk, kind)).content for kind in ("json", "xlsx")}
    said = json.loads(given["json"])
    expected = by_payer(said)
    assert len(expected) > 2
    folder = tmp_path / name
    folder.mkdir()
    printed, drawn = commanded(name, made, folder, capsys)
    assert printed == said
    assert {key: text.rstrip("\n") for key, text in drawn.items()} == made.pictures
    shown, rows = on_page(client.get(at("costing", made.pk)).content.decode())
    assert shown == expected
    assert len(rows) > 20
    assert [[direct, growth, direct + growth] for direct, growth, _ in rows] == rows
    assert in_book(given["xlsx"]) == expected
    costed.needs_pdf()
    assert holds_the_figures_of(said, on_paper(client.get(at("give", made.pk, "pdf")).content))
    recalculating.needs_libreoffice()
    spoilt, many = recalculating.without_values(given["xlsx"])
    assert many > 100
    assert in_book(recalculating.recalculated(spoilt, tmp_path)) == expected


def another_worker(database) -> None:
    """A real worker, in a process of its own, that ends when nothing waits any more."""
    command = [sys.executable, "-m", "onedoor.cli", "manage", "db_worker", "--batch"]
    subprocess.run(
        [*command, "--no-startup-delay", "--interval=0", "--verbosity=0"],
        cwd=ROOT, env=database.environ(), check=True, timeout=300,
    )  # fmt: skip


def test_asked_again_in_another_database_it_is_the_same_to_the_last_bit(client, fresh_database):
    first = done(client, "full_return")
    with fresh_database.here():
        other = asked(Client(), "full_return")
        assert (other.plan_text, other.digest) == (first.plan_text, first.digest)
    another_worker(fresh_database)
    with fresh_database.here():
        second = Costing.objects.get()
    assert second.state == rules.DONE, second.sentence
    same = [files.as_json(each.result) for each in (first, second)]
    assert same[0] == same[1]
    assert (second.pictures, second.run) == (first.pictures, first.run)


def test_returns_that_hold_too_little_are_refused_on_the_page_that_brings_them(client):
    client.force_login(an_account("finance-officer"))
    page = brought(client, "edge_cases").content.decode()
    assert "There is a problem" in page
    assert "Nobody younger than 18 was looked after on 31/03/2020" in page
    assert not Returns.objects.exists()
