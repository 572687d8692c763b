"""A real worker, stopped while it makes a costing: it is told, and run again."""

import signal
import subprocess
import sys
import time

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from onedoor.programme import actions, rules
from onedoor.programme.models import Costing
from tests.factories import an_account
from tests.fresh import ROOT
from tests.programme import costings

pytestmark = pytest.mark.processes
LONG = 100_000  # replications: more than any test waits for


def until(database, state):
    """Wait until the costing is in this state."""
    for _ in range(600):
        with database.here():
            found = Costing.objects.get()
        if found.state == state:
            return found
        time.sleep(0.1)
    raise AssertionError(f"It never was {state}: it is {found.state}.")


def test_a_worker_that_is_stopped_says_so_and_the_costing_can_be_run_again(fresh_database):
    with fresh_database.here():
        officer = an_account("finance-officer")
        costings.asked(officer, replications=LONG)
    command = [sys.executable, "-m", "onedoor.cli", "manage", "db_worker", "--no-startup-delay"]
    worker = subprocess.Popen(
        [*command, "--verbosity=0"], cwd=ROOT, env=fresh_database.environ(),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        until(fresh_database, rules.RUNNING)
        worker.send_signal(signal.SIGTERM)  # finish what you do
        time.sleep(0.5)
        worker.send_signal(signal.SIGTERM)  # stop now
        stopped = until(fresh_database, rules.STOPPED)
        worker.wait(20)
    finally:
        worker.kill()
        worker.wait()
    assert stopped.sentence == "The worker that was making it was stopped."
    assert stopped.result is None
    with fresh_database.here():
        actions.run_again(by=officer, at=timezone.now(), costing=stopped)
        assert (Costing.objects.get().state, Costing.objects.get().attempt) == (rules.WAITING, 2)
        assert DBTaskResult.objects.ready().count() == 1
