"""A journey: an analyst brings five years of returns and a director reads the council as it is."""

import pytest
from django.utils import timezone

from onedoor.programme import actions
from tests.browser import sign_in
from tests.factories import an_account
from tests.programme.returns import BOTH
from tests.programme.test_baseline import FULL_RETURN


@pytest.fixture
def people(site):
    with site.database.here():
        return an_account("programme-analyst", name="Ana Lyst"), an_account("director")


def files(tmp_path):
    """The published return where it is at hand, and otherwise the small invented one."""
    if FULL_RETURN.exists():
        return [FULL_RETURN / "header.csv", FULL_RETURN / "episodes.csv"]
    paths = []
    for number, (name, data) in enumerate(BOTH):
        path = tmp_path / f"{number}-{name}"
        path.write_bytes(data)
        paths.append(path)
    return paths


def test_an_analyst_makes_a_baseline_and_reads_what_to_mend(site, people, page_at, look, tmp_path):
    analyst, _director = people
    page = page_at(1280)
    sign_in(page, site, analyst)
    page.goto("/baseline/")
    look(page, "programme-no-baseline")
    page.get_by_role("button", name="Make a baseline").click()
    page.get_by_role("button", name="Make the baseline").click()
    look(page, "programme-make-wrong")
    page.get_by_label("The files of your returns").set_input_files(files(tmp_path))
    page.get_by_role("button", name="Make the baseline").click()
    assert page.get_by_text("The baseline is made").is_visible()
    look(page, "programme-baseline")
    page.get_by_role("link", name="with file, line and value").click()
    look(page, "programme-repairs")


def test_a_director_reads_five_years(site, people, page_at, look):
    _analyst, director = people
    five = FULL_RETURN.parent / "five_years"
    paths = [p for p in sorted(five.glob("*.csv")) if "header" in p.name or "episodes" in p.name]
    with site.database.here():
        actions.make_baseline(
            by=people[0], at=timezone.now(),
            files=[(p.name, p.read_bytes()) for p in paths] or BOTH,
        )  # fmt: skip
    page = page_at(1280)
    sign_in(page, site, director)
    page.goto("/baseline/")
    look(page, "programme-five-years")
