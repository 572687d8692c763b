"""Real workers killed, doubled and started again, and people who click at the same moment: each
costing ends once, and its state is told."""

import subprocess
import sys
import time
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from onedoor.programme import actions, jobs, rules
from onedoor.programme.models import Baseline, Costing, RateCard, Returns
from onedoor.team.models import Entry
from tests.factories import an_account
from tests.fresh import ROOT
from tests.programme import costings

pytestmark = pytest.mark.processes
A_WHILE = 2_000  # replications: a second or two, so that a worker is met in the middle of them


def a_worker(database, *words):
    command = [sys.executable, "-m", "onedoor.cli", "manage", "db_worker", "--no-startup-delay"]
    return subprocess.Popen(
        [*command, "--interval=0.05", "--verbosity=0", *words],
        cwd=ROOT, env=database.environ(),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def begun(database, costing):
    for _ in range(1200):
        with database.here():
            if Costing.objects.get(pk=costing.pk).state == rules.RUNNING:
                return
        time.sleep(0.05)
    raise AssertionError("No worker began it.")


def lines(verb):
    return Entry.objects.filter(verb=f"programme.{verb}").count()


def page_of(costing, by, later):
    """The costing's page, so much later, as somebody else who may keep costings."""
    client = Client()
    with time_machine.travel(timezone.now() + later):
        client.force_login(by)
        return client.get(reverse("programme:costing", args=[costing.pk])).content.decode()


def test_a_worker_killed_without_a_word_is_told_and_the_next_ends_what_it_left(fresh_database):
    with fresh_database.here():
        officer = an_account("finance-officer")
        first = costings.asked(officer, replications=A_WHILE)
        second = costings.asked(officer, first.returns, first.rates, replications=50)
    killed = a_worker(fresh_database)
    try:
        begun(fresh_database, first)
    finally:
        killed.kill()
        killed.wait()
    with fresh_database.here():
        assert "Run it again" not in page_of(first, officer, timedelta(minutes=1))
        told = page_of(first, officer, timedelta(minutes=6))
        assert "has not been heard for 5 minutes" in told
        assert "Run it again" in told
        later = timezone.now() + timedelta(minutes=6)
        actions.run_again(by=officer, at=later, costing=first)
    a_worker(fresh_database, "--batch").wait(120)
    with fresh_database.here():
        made, waited = Costing.objects.get(pk=first.pk), Costing.objects.get(pk=second.pk)
        assert (made.state, made.attempt, made.done) == (rules.DONE, 2, A_WHILE)
        assert (waited.state, waited.attempt) == (rules.DONE, 1)
        assert (lines("costing_done"), lines("costing_stopped")) == (2, 0)


def test_a_worker_told_once_to_stop_ends_the_costing_that_it_makes(fresh_database):
    with fresh_database.here():
        costing = costings.asked(an_account("finance-officer"), replications=A_WHILE)
    worker = a_worker(fresh_database)
    try:
        begun(fresh_database, costing)
        worker.terminate()
        assert worker.wait(120) == 0
    finally:
        worker.kill()
        worker.wait()
    with fresh_database.here():
        assert Costing.objects.get().state == rules.DONE
        assert lines("costing_done") == 1


def test_a_worker_that_died_as_it_took_a_costing_is_told_and_it_is_run_again(fresh_database):
    with fresh_database.here():
        officer = an_account("finance-officer")
        costing = costings.asked(officer, replications=50)
        assert "Run it again" not in page_of(costing, officer, timedelta(hours=1))
        DBTaskResult.objects.get().claim("a worker that then dies")
        told = page_of(costing, officer, timedelta(0))
        assert "has gone before it began" in told
        assert "Run it again" in told
        actions.run_again(by=officer, at=timezone.now(), costing=costing)
        costings.work()
        assert (Costing.objects.get().state, Costing.objects.get().attempt) == (rules.DONE, 2)


def make_it(round_, writer, costings_):
    jobs.make_costing.call(str(costings_[round_]), 1)
    return Costing.objects.get(pk=costings_[round_]).state


def test_of_workers_at_one_costing_one_makes_it(fresh_database):
    with fresh_database.here():
        officer = an_account("finance-officer")
        first = costings.asked(officer, replications=50)
        more = [
            costings.asked(officer, first.returns, first.rates, replications=50, seed=seed)
            for seed in (2, 3)
        ]
    rounds = fresh_database.race(
        make_it, writers=3, rounds=3, given=[[each.pk for each in (first, *more)]]
    )
    for outcomes in rounds:
        assert rules.DONE in [outcome.value for outcome in outcomes]
        assert {outcome.error for outcome in outcomes} == {None}
    with fresh_database.here():
        assert {each.state for each in Costing.objects.all()} == {rules.DONE}
        assert lines("costing_done") == 3


def ask(round_, writer, officer, returns, card):
    return costings.asked(officer, returns, card, seed=round_ + 1).pk


def test_clicks_at_the_same_moment_are_one_costing_and_one_task(fresh_database):
    with fresh_database.here():
        officer = an_account("finance-officer")
        returns, card = costings.kept(officer), costings.a_card(officer)
    rounds = fresh_database.race(ask, writers=6, rounds=5, given=[officer, returns, card])
    for outcomes in rounds:
        assert {outcome.error for outcome in outcomes} == {None}
        assert len({outcome.value for outcome in outcomes}) == 1
    with fresh_database.here():
        assert (Costing.objects.count(), DBTaskResult.objects.count()) == (5, 5)


def again(round_, writer, officer, costing):
    return actions.run_again(by=officer, at=timezone.now(), costing=costing).attempt


def test_clicks_on_run_it_again_at_the_same_moment_queue_it_once(fresh_database):
    with fresh_database.here():
        officer = an_account("finance-officer")
        costing = costings.asked(officer, replications=50)
        DBTaskResult.objects.get().claim("a worker that then dies")
    [outcomes] = fresh_database.race(again, writers=6, rounds=1, given=[officer, costing])
    assert [each.error for each in outcomes].count(None) == 1
    assert {each.sentence for each in outcomes if each.error} == {
        "It is waiting for its turn already."
    }
    with fresh_database.here():
        assert Costing.objects.get().attempt == 2
        assert DBTaskResult.objects.ready().count() == 1


def bring(round_, writer, officer):
    """The same returns, then the same prices."""
    if round_ == 0:
        return costings.kept(officer, f"By {writer}").name
    return costings.a_card(officer).number


def test_what_is_brought_twice_at_once_is_kept_once(fresh_database):
    with fresh_database.here():
        officer = an_account("finance-officer")
    returns, cards = fresh_database.race(bring, writers=3, rounds=2, given=[officer])
    [kept] = [each.value for each in returns if not each.error]
    assert {each.sentence for each in returns if each.error} == {
        f"These files are kept already, as “{kept}”. Use those."
    }
    assert [each.value for each in cards].count(1) == 1
    assert {each.sentence for each in cards if each.error} == {
        "That is what version 1 of it says already."
    }
    with fresh_database.here():
        assert Returns.objects.get().name == kept
        assert (Baseline.objects.count(), RateCard.objects.count()) == (1, 1)
