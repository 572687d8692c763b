"""The results of a costing on their page: by question, long tables folded, does the hub hold."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from onedoor.evidence.money import costing, plan
from onedoor.programme import results
from tests.evidence.money.invented import FILE, people, stays
from tests.factories import an_account
from tests.programme import costed, costings
from tests.programme.test_giving import ended

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    """The page of a costing that came to this, as a director sees it."""
    client.force_login(an_account("director"))
    asked = costings.asked(an_account("finance-officer"))
    return lambda result: client.get(
        reverse("programme:costing", args=[ended(asked, result).pk])
    ).content.decode()


def without_beds():
    said = plan.from_file(FILE)
    hub = replace(said.hub, states=(), beds=(), places=(), comes=())
    some = people((40, 12, 9, 0, 1), many=60)
    today = costing.counted(stays(own_foster=40), said)
    return costing.cost(some, some, today, replace(said, hub=hub), seed=5).as_dict()


class Anchors(HTMLParser):
    """The ids of a page, those of them that a fold hides, and where its links lead."""

    def __init__(self, html):
        super().__init__()
        self.ids, self.hidden, self.links, self.deep = set(), set(), set(), 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        self.deep += tag == "details"
        if "id" in said:
            self.ids.add(said["id"])
            if self.deep:
                self.hidden.add(said["id"])
        if tag == "a" and said.get("href", "").startswith("#"):
            self.links.add(said["href"][1:])

    def handle_endtag(self, tag):
        self.deep -= tag == "details"


def test_every_table_answers_a_question_and_every_link_leads_to_one_that_is_not_folded_away(page):
    made = costed.made().as_dict()
    asked = results.shown(made, costed.pictures()).questions
    shown = [table.name for question in asked for table in question.tables]
    # The curve is the picture of the sizing.
    assert sorted(shown) == sorted(set(made["tables"]) - {"curve"})
    found = Anchors(page(made))
    assert {*shown, *(question.anchor for question in asked), "prices"} <= found.links
    assert found.links <= found.ids
    assert not found.links & found.hidden


def test_long_tables_are_folded_beneath_their_first_sentence(page):
    made = costed.made().as_dict()
    html = page(made)
    tables = {
        table.name: table
        for question in results.shown(made, {}).questions
        for table in question.tables
    }
    assert not tables["saving"].folded
    assert not tables["sizing"].folded
    for name in ("by_payer", "lines", "today", "published", "checklist"):
        assert tables[name].folded
        begins = html.index(f'id="{name}"')
        before, _, after = html[begins:].partition("<details")
        assert tables[name].first_sentence in made["tables"][name]["denominator"]
        assert "<table" not in before
        assert "<table" in after


def test_it_says_whether_the_hub_holds_with_its_picture_and_what_stays_free(page):
    sizing = costed.made().table("sizing")
    html = page(costed.made().as_dict())
    held = html[html.index('id="will-it-hold"') : html.index('id="rests-on"')]
    assert sizing.denominator.replace("'", "&#x27;") in held
    assert "<svg" in held
    mean = sizing.rows.row(1, named=True)
    for said in (f"{mean['everybody']:.1%}", f"{mean['free_nights']:,.0f}"):
        assert f">{said}</td>" in held
    assert f">£{mean['free_cost']:,.0f}</td>" in held
    assert "None" not in re.sub(r"<svg.*?</svg>", "", held, flags=re.DOTALL)


def test_a_plan_without_beds_has_one_sentence_instead(page):
    html = page(without_beds())
    assert html.count("The plan gives its hub no beds") == 1
    assert 'id="sizing"' not in html


def test_a_costing_made_before_hubs_were_sized_is_shown_as_it_was_made(page):
    made = costed.made().as_dict()
    made.pop("not_sized")
    made["tables"] = {
        name: table
        for name, table in made["tables"].items()
        if name not in ("sizing", "needed", "other_hubs", "curve")
    }
    html = page(made)
    assert 'id="how_full"' in html
    assert 'id="sizing"' not in html
