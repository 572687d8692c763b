from types import SimpleNamespace

import pytest

from tests import factories
from tests.homes import homely


@pytest.fixture
def hub(db):
    """A hub with its manager, a key worker, a home of two rooms and one young person."""
    here = factories.a_hub()
    manager = factories.a_manager(here)
    worker = factories.a_worker(here)
    home = homely.a_home(manager, hub=here)
    rooms = list(home.places.all())
    return SimpleNamespace(
        hub=here, manager=manager, worker=worker, home=home, room=rooms[0], other_room=rooms[1],
        robin=factories.a_young_person(here, manager, worker),
    )  # fmt: skip
