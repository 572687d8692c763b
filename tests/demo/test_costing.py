"""Northmoor opens with something to weigh: returns, prices, and a third hub of four beds or six."""

import csv
import re
from datetime import date
from importlib import resources

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from onedoor.demo import queries
from onedoor.evidence.places import authorities
from onedoor.evidence.refusal import Refused
from onedoor.programme import rules
from onedoor.programme.models import Baseline, Costing, Draft, RateCard, Returns
from onedoor.team.models import Account
from onedoor.team.queries import holds
from tests import fresh
from tests.programme import costings

pytestmark = pytest.mark.processes
OFFICER = "constance.pennyworthy@northmoor.example"


@pytest.fixture(scope="module")
def costed(street, tmp_path_factory, django_db_blocker):
    """A copy of the street in which a worker has been."""
    folder = tmp_path_factory.mktemp("costed")
    url = fresh.copy(street.url, folder)
    copy = fresh.FreshDatabase(url, folder, django_db_blocker)
    copy.ask(costings.work)
    yield copy
    fresh.drop(url)


@pytest.fixture
def made(costed):
    """The costings of four beds and of six, inside the database in which they are done."""
    with costed.here():
        yield list(Costing.objects.order_by("asked_at"))


def being(email: str) -> Client:
    visitor = Client()
    visitor.force_login(Account.objects.get(email=email))
    return visitor


def at(name, *args):
    return reverse(f"programme:{name}", args=args)


def test_it_opens_with_returns_prices_and_two_costings_that_wait(here):
    kept, card = Returns.objects.get(), RateCard.objects.get()
    assert (kept.kept_by.name, card.made_by.name) == ("Ravi Numberwell", "Constance Pennyworthy")
    assert kept.baseline == Baseline.objects.get()
    asked = Costing.objects.order_by("asked_at")
    assert [(each.title, each.state) for each in asked] == [
        ("Northmoor: a third hub with four beds", rules.WAITING),
        ("Northmoor: a third hub with six beds", rules.WAITING),
    ]
    assert {(each.returns, each.rates) for each in asked} == {(kept, card)}
    assert DBTaskResult.objects.ready().count() == 2
    assert sorted(Draft.objects.values_list("name", flat=True)) == [each.title for each in asked]


def test_northmoor_is_no_english_authority_so_nobody_says_whose_the_returns_are(here):
    with pytest.raises(Refused):
        authorities.find("Northmoor")
    assert Returns.objects.get().authority == ""


def test_every_price_says_that_no_council_pays_it():
    text = resources.files("onedoor.demo").joinpath("words/prices.csv").read_text("utf-8")
    sources = {row["source"] for row in csv.DictReader(text.splitlines())}
    assert sources == {"invented: no council pays this"}


def test_each_step_is_kept_as_its_page_would_keep_it(visited):
    officer = being(OFFICER)
    for draft in Draft.objects.all():
        before = dict(draft.answers)
        for step, said in before.items():
            shown = officer.get(at("step", draft.pk, step)).context["form"]
            version = Draft.objects.get(pk=draft.pk).version
            posted = {**as_posted(shown), "version": version}
            saved = officer.post(at("step", draft.pk, step), posted)
            assert saved.status_code == 302, (step, saved.context["form"].errors)
            assert Draft.objects.get(pk=draft.pk).answers[step] == said


def as_posted(form) -> dict:
    """What a browser sends of a form as it is shown."""
    posted = {}
    for bound in form:
        value = form.initial.get(bound.name)
        if isinstance(value, date):
            posted |= {
                f"{bound.name}_{part}": getattr(value, part) for part in ("day", "month", "year")
            }
        elif value not in (None, False):
            posted[bound.name] = "on" if value is True else value
    return posted


def test_whoever_asks_again_from_a_draft_is_shown_the_same_costing(visited):
    officer = being(OFFICER)
    for draft in Draft.objects.all():
        asked = officer.post(at("check", draft.pk), {"replications": "1000"})
        assert asked.url == at("costing", Costing.objects.get(title=draft.name).pk)
    assert Costing.objects.count() == 2


def test_a_worker_makes_both(made):
    assert [(each.state, each.sentence) for each in made] == [(rules.DONE, "")] * 2
    assert not DBTaskResult.objects.ready().exists()
    four, six = (each.plan_text.splitlines() for each in made)
    assert [line for line in six if line not in four] == [
        'title = "Northmoor: a third hub with six beds"',
        "residential_worker = 12.5",
        "hub_home = 6",
    ]


def test_what_they_say_is_of_an_invented_council(made):
    for each in made:
        assert (each.authority, each.returns.authority) == ("", "")
        assert "invented" in each.returns.name.lower()
        assert "no council pays" in each.rates.name
        rows = [row for row in each.result["tables"]["shape"]["rows"] if row["source"]]
        assert {row["source"] for row in rows} == {"invented: no council pays this"}


def test_whoever_may_read_a_costing_reads_both_and_nobody_else_does(made):
    one, other = (each.pk for each in made)
    compared = f"{at('compare')}?costing={one}&costing={other}"
    pages = [compared, at("costings")]
    pages += [at(page, each) for page in ("costing", "director") for each in (one, other)]
    on, read = timezone.localdate(), set()
    for seat in queries.seats(on):
        for account in seat.people:
            may = holds(account, "see_costing", on)
            read |= {seat.role.key} if may else set()
            visitor = being(account.email)
            for page in pages:
                answer = visitor.get(page)
                assert answer.status_code == (200 if may else 403), (account.name, page)
    assert {"director", "finance-officer", "programme-analyst", "hub-manager"} <= read


def test_a_director_reads_a_figure_under_every_question(made):
    director = being("philippa.amberley.fenn@northmoor.example")
    answer = director.get(at("director", made[0].pk))
    figures = {each.name: each.figure for each in answer.context["questions"]}
    assert re.fullmatch(r"\d\d%( to \d\d%)?", figures["nights_out"])
    assert re.fullmatch(r"£[\d,]+ a week to the council", figures["bringing_home"])
    assert not {"Not known", "No price", "Let go", "Nobody"} & set(figures.values())


def of_all_years(costing, perspective="council"):
    rows = costing.result["tables"]["saving"]["rows"]
    return next(r for r in rows if (r["perspective"], r["year"]) == (perspective, "all years"))


def test_the_saving_is_not_silly(made):
    for each in made:
        saving, tables = of_all_years(each), each.result["tables"]
        budget = sum(row["counted"] for row in tables["today"]["rows"] if row["payer"] == "council")
        assert 7_000_000 < budget < 18_000_000  # a year, for about 110 young people
        # Five years of one hub neither save nor lose a fifth of what is spent, and may do either.
        assert saving["net_q05"] < 0 < saving["net_q95"]
        assert abs(saving["net_mean"]) < 5 * budget / 5
        assert 0.2 < saving["p_positive"] < 0.95
        first = tables["saving"]["rows"][0]
        assert (first["year"], first["p_positive"]) == (each.result["years"][0], 0)  # not open yet


def test_more_beds_turn_fewer_away_and_stand_free_more_often(made):
    def of(costing, table, **keys):
        rows = costing.result["tables"][table]["rows"]
        return next(row for row in rows if all(row[key] == value for key, value in keys.items()))

    four, six = made
    last = four.result["years"][-1]
    away = [of(each, "turned_away", year=last)["mean"] for each in (four, six)]
    full = [of(each, "how_full", year=last, bed="Whole hub")["mean"] for each in (four, six)]
    assert away[0] > away[1]
    assert 0.9 > full[0] > full[1] > 0.25
