"""What every test may ask for. The parts live in tests/fresh.py and tests/browser.py."""

import os

import hypothesis
import pytest

from tests import browser, fresh

# Two busy cores make any deadline a lie; a failing example can be replayed from what is printed.
hypothesis.settings.register_profile("house", deadline=None, print_blob=True)
hypothesis.settings.load_profile("house")

# Playwright's own event loop runs in this thread, which Django takes for our code being async.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


# Whoever asks for one of these, or through another fixture, has a database.
DATABASES = {"db", "prepared_database", "prepared_forum"}


def pytest_collection_modifyitems(items):
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        marker = item.get_closest_marker("django_db")
        if marker or asked & DATABASES:
            item.add_marker("database")
        if (
            asked & {"transactional_db", "live_server"}
            or marker
            and marker.kwargs.get("transaction")
        ):
            raise pytest.UsageError(
                f"{item.nodeid} would flush the database, which append-only rows refuse: "
                "ask for fresh_database instead."
            )
        if asked & {"page_at", "open_site", "site", "forum_site"}:
            item.add_marker("browser")
        elif asked & {"fresh_database", "forum_database"}:
            item.add_marker("processes")


@pytest.fixture(scope="session")
def prepared_database(tmp_path_factory):
    """The URL of a database that has been migrated and holds nothing else."""
    url = fresh.prepare(tmp_path_factory.mktemp("prepared"))
    yield url
    fresh.drop(url)


@pytest.fixture
def fresh_database(prepared_database, tmp_path, django_db_blocker):
    """A database of this test's own, that other processes can reach: see tests/fresh.py."""
    url = fresh.copy(prepared_database, tmp_path)
    yield fresh.FreshDatabase(url, tmp_path, django_db_blocker)
    fresh.drop(url)


@pytest.fixture(scope="session")
def prepared_forum(tmp_path_factory):
    """The national forum's own database, which has no table for a young person."""
    url = fresh.prepare(tmp_path_factory.mktemp("prepared-forum"), fresh.FORUM)
    yield url
    fresh.drop(url)


@pytest.fixture
def forum_database(prepared_forum, tmp_path, django_db_blocker):
    folder = tmp_path / "forum"
    folder.mkdir()
    url = fresh.copy(prepared_forum, folder)
    yield fresh.FreshDatabase(url, folder, django_db_blocker, fresh.FORUM)
    fresh.drop(url)


@pytest.fixture
def forum_site(forum_database):
    site = browser.Site.opened(forum_database, {})
    yield site
    site.close()


@pytest.fixture
def open_site(fresh_database):
    """`open_site(**environ)`: a real server on a free port, serving this test's database."""
    sites = []

    def open_one(**environ):
        sites.append(browser.Site.opened(fresh_database, environ))
        return sites[-1]

    yield open_one
    for site in sites:
        site.close()


@pytest.fixture
def site(open_site):
    return open_site()


@pytest.fixture(scope="session")
def chromium():
    missing = browser.what_is_missing()
    if missing and os.environ.get("CI") == "true":
        pytest.fail(missing)
    if missing:
        pytest.skip(missing)
    with browser.chromium() as running:
        yield running


@pytest.fixture
def page_at(chromium, request):
    """`page_at(1280)`: a new window on the site, that wide, belonging to nobody yet."""
    windows = []

    def open_window(width=1280, site=None):
        window = browser.window(chromium, site or request.getfixturevalue("site"), width)
        windows.append(window)
        return window.page

    yield open_window
    for window in windows:
        window.close()


@pytest.fixture
def look(tmp_path):
    """`look(page, "today-young-person")`: is it whole, accessible and fit for a telephone?"""
    return browser.Look(tmp_path)
