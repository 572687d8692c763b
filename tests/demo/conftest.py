"""A street of Northmoor, lived once for all of these tests, and never for one of them alone."""

from datetime import date

import pytest

from onedoor.demo import simulation
from tests import fresh

TODAY = date(2026, 11, 20)
UNTIL = simulation.clock(TODAY, 12)


def live(scale: str) -> int:
    """Runs in a process of its own: live Northmoor, and say how many were welcomed."""
    return len(simulation.build(until=UNTIL, scale=scale).lives)


@pytest.fixture(scope="session")
def street(prepared_database, tmp_path_factory, django_db_blocker):
    """A database in which a dozen young people lived three months."""
    folder = tmp_path_factory.mktemp("street")
    url = fresh.copy(prepared_database, folder)
    database = fresh.FreshDatabase(url, folder, django_db_blocker)
    database.ask(live, "street")
    yield database
    fresh.drop(url)


@pytest.fixture
def here(street):
    """Inside the street's database, for a test that asks and changes nothing."""
    with street.here():
        yield street


@pytest.fixture
def visited(street, tmp_path, django_db_blocker):
    """A copy of the street for visitors, whose looking is written in its record."""
    url = fresh.copy(street.url, tmp_path)
    copy = fresh.FreshDatabase(url, tmp_path, django_db_blocker)
    with copy.here():
        yield copy
    fresh.drop(url)
