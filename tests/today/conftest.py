from types import SimpleNamespace

import pytest
import time_machine

from tests import factories
from tests.homes import homely


@pytest.fixture
def at_three_in_the_afternoon():
    with time_machine.travel(factories.NOW, tick=False):
        yield


@pytest.fixture
def hub(db, at_three_in_the_afternoon):
    """A hub with its manager, a key worker, a home of two rooms and one young person, Robin."""
    here = factories.a_hub("Scarside")
    manager = factories.a_manager(here, name="Mo Manager")
    worker = factories.a_worker(here, name="Kit Keyworker")
    home = homely.a_home(manager, hub=here, name="The Bay")
    rooms = list(home.places.all())
    robin = factories.a_young_person(here, manager, worker, name="Robin Example")
    return SimpleNamespace(
        hub=here, manager=manager, worker=worker, home=home, room=rooms[0], other_room=rooms[1],
        robin=robin,
    )  # fmt: skip
