"""A costing: asked for once, made by a worker, ended once, and kept as it was made."""

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from onedoor.evidence import money, ssda903
from onedoor.programme import actions, jobs, packing, reading, rules
from onedoor.programme.models import Costing, RateCard, Returns
from onedoor.team.models import Entry
from onedoor.team.rules import NotNow, Refused
from tests.factories import NOW, a_hub, an_account
from tests.fresh import ROOT
from tests.programme import costings

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst():
    return an_account("programme-analyst")


def again(costing) -> Costing:
    return Costing.objects.get(pk=costing.pk)


def test_a_worker_makes_what_the_command_makes(analyst):
    costing = costings.asked(analyst)
    assert (costing.state, costing.attempt) == (rules.WAITING, 1)
    costings.work()
    made = again(costing)
    plan = reading.a_plan(costings.PLAN, costings.PRICES)
    same = money.of_returns(ssda903.read_files(costings.files()), plan, replications=200)
    assert made.state == rules.DONE, made.sentence
    assert made.result == json.loads(json.dumps(same.as_dict()))
    assert made.pictures["saving"].startswith("<svg ")
    assert (made.done, made.run) == (200, same.provenance.run)
    assert Entry.objects.first().verb == "programme.costing_done"


def test_a_second_click_finds_the_first(analyst):
    first = costings.asked(analyst)
    second = costings.asked(analyst, returns=first.returns, rates=first.rates)
    assert second == first
    assert DBTaskResult.objects.count() == 1


def test_a_second_worker_finds_that_it_is_too_late(analyst):
    costing = costings.asked(analyst)
    costings.work()
    before = Entry.objects.count()
    jobs.make_costing.call(str(costing.pk), 1)
    assert Entry.objects.count() == before
    assert again(costing).state == rules.DONE


def test_nothing_is_queued_when_the_change_that_asks_is_undone(analyst):
    returns, card = costings.kept(analyst), costings.a_card(analyst)
    with transaction.atomic():
        costings.asked(analyst, returns, card)
        assert DBTaskResult.objects.count() == 1
        transaction.set_rollback(True)
    assert not DBTaskResult.objects.exists()


def test_a_worker_that_has_gone_is_told_apart_and_run_again(analyst):
    costing = costings.asked(analyst)
    began = timezone.now()
    Costing.objects.update(state=rules.RUNNING, heard_at=began)
    with pytest.raises(NotNow, match="It is running"):
        actions.run_again(by=analyst, at=began + timedelta(seconds=30), costing=costing)
    later = began + rules.SILENT + timedelta(seconds=1)
    actions.run_again(by=analyst, at=later, costing=costing)
    assert (again(costing).state, again(costing).attempt) == (rules.WAITING, 2)
    # The first attempt, should it come back, says nothing.
    jobs._end(costing, state=rules.REFUSED, sentence="late")
    assert again(costing).state == rules.WAITING
    costings.work()
    assert again(costing).state == rules.DONE


def test_a_plan_that_does_not_follow_the_returns_is_refused_with_a_sentence(analyst):
    plan = costings.PLAN.replace("2025-26", "2024-25").replace("2025-10-01", "2024-10-01")
    costing = costings.asked(analyst, plan=plan)
    costings.work()
    made = again(costing)
    assert made.state == rules.REFUSED
    assert "The returns end on" in made.sentence
    with pytest.raises(NotNow, match="Mend the draft"):
        actions.run_again(by=analyst, at=timezone.now(), costing=costing)


def test_a_plan_with_a_fault_is_never_queued(analyst):
    with pytest.raises(NotNow, match="price_base"):
        costings.asked(analyst, plan=costings.PLAN.replace("price_base", "price_bass"))
    assert not Costing.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"plan_text": "other"},
        {"seed": 2},
        {"title": "Another"},
        {"state": rules.STOPPED},
        {"state": "elsewhere"},
        {"done": 5},
    ],
)
def test_the_database_refuses_a_change_of_a_costing(analyst, change):
    costings.asked(analyst)
    told = "kept as it was asked|cannot move so"
    with pytest.raises(DatabaseError, match=told), transaction.atomic():
        Costing.objects.update(**change)


def moved(costing, *states) -> str:
    """Where it ends when it is moved through these states, all of which is then undone."""
    mine = Costing.objects.filter(pk=costing.pk)
    with transaction.atomic():
        for state in states:
            ended = {"result": {}, "pictures": {}} if state == rules.DONE else {}
            mine.update(state=state, **ended)
        found = mine.get().state
        transaction.set_rollback(True)
    return found


def test_the_database_allows_the_moves_of_the_code_and_no_other(analyst):
    costing = costings.asked(analyst)
    ways = {
        rules.WAITING: (),
        rules.RUNNING: (rules.RUNNING,),
        **{end: (rules.RUNNING, end) for end in rules.MOVES[rules.RUNNING]},
    }
    assert set(ways) == set(rules.STATES)
    for start, way in ways.items():
        for end in set(rules.STATES) - {start}:
            if end in rules.MOVES[start]:
                assert moved(costing, *way, end) == end
            else:
                with pytest.raises(DatabaseError):
                    moved(costing, *way, end)


def test_a_rate_card_never_changes_and_its_next_version_alters_no_costing(analyst):
    costing = costings.asked(analyst)
    dearer = costings.PRICES.replace("511.11,561.11", "611.11,661.11")
    second = costings.a_card(analyst, text=dearer)
    assert second.number == 2
    assert again(costing).rates.text == costings.PRICES
    with pytest.raises(DatabaseError, match="kept as it was made"), transaction.atomic():
        RateCard.objects.update(text=dearer)
    with pytest.raises(NotNow, match="says already"):
        costings.a_card(analyst, text=dearer)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"\xff\xfe\x00", "not text in UTF-8"),
        (b"item,unit\na,b\n", "columns are missing"),
        (costings.PRICES.encode().replace(b"461.11,511.11", b"861.11,511.11"), "must rise"),
        (costings.PRICES.splitlines()[0].encode(), "no prices"),
        (b"x" * (rules.LONGEST_RATE_CARD + 1), "at most 1 MB"),
    ],
)
def test_a_rate_card_with_a_fault_gets_a_sentence(analyst, data, sentence):
    with pytest.raises(NotNow, match=sentence):
        actions.make_rate_card(by=analyst, at=NOW, name="Wrong", data=data)
    assert not RateCard.objects.exists()


def test_returns_are_kept_once_and_come_back_as_they_were(analyst):
    returns = costings.kept(analyst)
    assert packing.unpacked(bytes(returns.packed)) == costings.files()
    assert returns.baseline.counted["years"][-1] == returns.last_year == 2025
    with pytest.raises(NotNow, match="kept already"):
        costings.kept(analyst, "The same again")


def test_returns_can_be_let_go_but_not_from_under_a_costing(analyst):
    costing = costings.asked(analyst)
    with pytest.raises(NotNow, match="being made from these files"):
        actions.let_go(by=analyst, at=NOW, returns=costing.returns)
    costings.work()
    actions.let_go(by=analyst, at=NOW, returns=costing.returns)
    assert Returns.objects.get().packed is None
    assert again(costing).state == rules.DONE
    assert costings.kept(analyst, "Brought again").packed is not None


@pytest.mark.parametrize("role", ["director", "hub-manager", "privacy-officer", "social-worker"])
def test_only_an_analyst_or_a_finance_officer_keeps_costings(role):
    somebody = an_account(role, a_hub())
    with pytest.raises(Refused, match="programme analyst or finance officer"):
        costings.kept(somebody)
    with pytest.raises(Refused):
        costings.a_card(somebody)


def test_no_page_can_simulate():
    """Pages read results and check plans; only the worker's job makes a costing."""
    heavy = ("of_returns", "of_fit", "evidence.model.simulate", "money.costing", "money.council")
    for path in (ROOT / "onedoor/programme").rglob("*.py"):
        text = path.read_text()
        if path.name == "jobs.py":
            assert "money.of_returns(" in text
        elif "migrations" not in path.parts:
            assert not [word for word in heavy if word in text], path
