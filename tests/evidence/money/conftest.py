"""The invented plan, the year before it, a costing of it; and an invented council, fitted."""

import pytest

from onedoor.evidence import ssda903
from onedoor.evidence.model import fit
from onedoor.evidence.money import costing, plan
from tests.evidence.money.invented import FILE, people, stays
from tests.evidence.money.test_council import returns


@pytest.fixture(scope="module")
def invented():
    return plan.from_file(FILE)


@pytest.fixture(scope="module")
def today(invented):
    return costing.counted(stays(own_foster=40, external_in=12, secure=1), invented)


@pytest.fixture(scope="module")
def made(invented, today):
    without, with_model = people((40, 12, 9, 0, 1)), people((44, 9, 5, 3, 1), seed=2)
    return costing.cost(without, with_model, today, invented, seed=5, population="Invented.")


@pytest.fixture(scope="session")
def fitted(tmp_path_factory):
    return fit.fit(ssda903.read(returns(tmp_path_factory.mktemp("council"))))
