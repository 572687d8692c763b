import pytest

from tests.factories import a_hub, a_manager, a_worker, a_young_person


@pytest.fixture
def hub():
    return a_hub()


@pytest.fixture
def manager(hub):
    return a_manager(hub, name="Ruth Manager")


@pytest.fixture
def worker(hub):
    return a_worker(hub, name="Sam Worker")


@pytest.fixture
def robin(hub, manager, worker):
    return a_young_person(hub, manager, worker, name="Robin Example")
