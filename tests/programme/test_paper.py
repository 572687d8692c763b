"""The cabinet paper: four pages, tagged, and the figures of the costing."""

import io
import re
from copy import deepcopy
from datetime import date

import pypdf
import pytest

from onedoor.programme import paper
from onedoor.programme.paper import facts
from onedoor.team.rules import NotNow
from tests.programme import costed

costed.needs_pdf()
TODAY = date(2026, 11, 27)


@pytest.fixture(scope="module")
def said():
    return costed.made().as_dict()


@pytest.fixture(scope="module")
def data(said):
    return written(said)


def written(said):
    return paper.written(said, costed.pictures(), on=TODAY)


def opened(data):
    return pypdf.PdfReader(io.BytesIO(data))


def text(data):
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in opened(data).pages))


def pounds(amount):
    return f"{'−' if amount < 0 else ''}£{abs(amount):,.2f}".removesuffix(".00")


def test_it_has_at_most_four_pages(data):
    assert 1 <= len(opened(data).pages) <= 4


def test_it_is_tagged_and_every_picture_says_what_it_shows(data):
    root = opened(data).trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("en-GB", True)
    assert b"pdfuaid" in root["/Metadata"].get_data()
    kinds = list(tags(root["/StructTreeRoot"]))
    figures = [tag for tag in kinds if tag["/S"] == "/Figure"]
    assert len(figures) == 2
    assert all("numbers are in" in tag["/Alt"] for tag in figures)
    assert {"/H1", "/H2", "/Table", "/TH", "/TD"} <= {tag["/S"] for tag in kinds}


def tags(tag):
    if "/S" in tag:
        yield tag
    children = tag.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        found = child.get_object()
        if isinstance(found, dict):
            yield from tags(found)


def test_it_says_what_the_costing_saves_and_how_sure_that_is(said, data):
    words = text(data)
    rows = said["tables"]["saving"]["rows"]
    shown = [row for row in rows if row["year"] == "all years, discounted"]
    shown += [row for row in rows if row["perspective"] == said["perspective"]]
    assert len(shown) > 8
    for row in shown:
        for part in ("direct", "growth_avoided", "net"):
            assert pounds(row[f"{part}_mean"]) in words
            low, high = pounds(row[f"{part}_q05"]), pounds(row[f"{part}_q95"])
            assert f"{low} to {high}" in words


@pytest.mark.parametrize(
    ("mean", "sentence"),
    [
        (-2_600_000, "forecast to cost the council £2,600,000 more than going on as now"),
        (1_500_000, "forecast to save the council £1,500,000 against going on as now"),
    ],
)
def test_it_says_first_whether_it_saves_or_costs(said, mean, sentence):
    other = deepcopy(said)
    for row in other["tables"]["saving"]["rows"]:
        row["net_mean"] = mean
    assert sentence in facts.of(other, on=TODAY, prices=0, letters=100)["in_short"]


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        *((0.0, "in under 1 of 100"), (0.009, "in under 1 of 100"), (0.5, "in 50 of 100")),
        *((0.994, "in over 99 of 100"), (1.0, "in over 99 of 100"), (0.01, "in 1 of 100")),
    ],
)
def test_no_chance_is_ever_certain(said, found, sentence):
    other = deepcopy(said)
    for row in other["tables"]["saving"]["rows"]:
        row["p_positive"] = found
    shown = facts.of(other, on=TODAY, prices=0, letters=100)["in_short"]
    assert shown.endswith(f"It is above £0 {sentence}.")


def test_it_says_who_pays(said, data):
    words = text(data)
    for row in said["tables"]["by_payer"]["rows"]:
        low, high = pounds(row["net_q05"]), pounds(row["net_q95"])
        assert re.search(f"{re.escape(pounds(row['net_mean']))}.*?{low} to {high}", words)
    for row in said["tables"]["today"]["rows"]:
        assert pounds(row["counted"]) in words
    rows = said["tables"]["awards"]["rows"]
    assert len(rows) == 3
    for row in rows:
        for part in ("", "council_", "central_"):
            assert f"{pounds(row[part + 'low'])} to {pounds(row[part + 'high'])}" in words
    last = said["tables"]["beside"]["rows"][-1]
    assert f"it is {pounds(last['with_low'])} to {pounds(last['with_high'])}" in words


def test_it_says_the_shape_of_the_hubs(said, data):
    words = text(data)
    assert "residential worker: 8.5" in words
    assert "20.5 in all" in words
    assert "hub emergency bed, from 1 April 2026: 2" in words
    assert "Each hub supports 31 young people at once in outreach" in words
    assert "That is 2.11 young people in beds and outreach for each who works with them" in words


def test_many_awards_are_cut_and_their_sum_is_not(said):
    many = deepcopy(said)
    rows = many["tables"]["awards"]["rows"]
    many["tables"]["awards"]["rows"] = [*rows[:1] * 15, rows[-1]]
    words = text(written(many))
    shown = words.count("An award nobody made")
    assert 1 < shown < 15
    assert f"{15 - shown} more rows are in the workbook" in words
    assert "All awards" in words


def test_it_says_what_has_to_be_true_what_is_assumed_and_where_it_comes_from(said, data):
    words = text(data)
    for row in said["tables"]["assumed"]["rows"]:
        assert f"{row['q05']:.2f} to {row['q95']:.2f}" in words
    for row in said["tables"]["break_even"]["rows"]:
        assert f"{row['needed']:.2f}" in words
    for rate in said["rates"]:
        assert pounds(rate["mode"] / 100) in words
    for fact in (said["run"], f"{said['n']:,} replications", f"seed {said['seed']}"):
        assert fact in words


def test_every_limit_is_on_it(said, data):
    words = text(data)
    for sentence in said["limits"]:
        assert re.sub(r"\s+", " ", facts.readable(sentence)) in words


def test_a_key_of_the_plan_is_said_in_words():
    assert facts.readable("Whoever finds own_home full.") == (
        "Whoever finds council's own children's home full."
    )
    assert facts.readable("pay_police_role: ours") == "pay police role: ours"


def test_it_is_the_same_bytes_each_time(said, data):
    assert written(said) == data


def test_text_is_never_markup_and_nothing_is_fetched(said):
    hostile = deepcopy(said)
    hostile["title"] = '<img src="file:///etc/passwd"> & <b>plan</b>'
    hostile["limits"] = ["<script>alert(1)</script><link rel=stylesheet href=http://x.example/>"]
    words = text(written(hostile))
    assert '<img src="file:///etc/passwd"> & <b>plan</b>' in words
    assert "<script>alert(1)</script>" in words


def test_long_names_and_many_prices_still_fit(said):
    long = deepcopy(said)
    long["title"] = "A very long name of a plan " * 200
    long["population"] = "Young people " * 300
    long["rates"] = [{**rate, "source": "A long source " * 90} for rate in long["rates"] * 8]
    for row in long["tables"]["assumed"]["rows"]:
        row["source"] = "A long source " * 200
    data = written(long)
    assert len(opened(data).pages) <= 4
    assert "and the whole plan are in the workbook" in text(data)


def test_a_paper_that_cannot_be_four_pages_is_refused_and_nothing_is_left_out(said):
    long = deepcopy(said)
    long["limits"] = [f"{at}: this is not known, and must be said. " * 3 for at in range(90)]
    with pytest.raises(NotNow, match="longer than 4 pages"):
        written(long)


def test_many_years_show_the_first_and_the_last():
    years = [f"{2025 + at}-{26 + at}" for at in range(30)]
    assert facts.shown_years(years) == [*years[:5], years[-1]]
    assert facts.shown_years(years[:6]) == years[:6]


def test_a_plan_without_beds_effects_or_awards_still_has_a_paper(said):
    bare = deepcopy(said)
    for name in ("beds", "turned_away", "how_full", "beside"):
        del bare["tables"][name]
    for name in ("assumed", "awards", "break_even", "returned"):
        bare["tables"][name]["rows"] = []
    words = text(written(bare))
    assert "How full the hub would run" not in words
    assert "Nothing can be said" in words
