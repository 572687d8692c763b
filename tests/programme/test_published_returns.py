"""The published returns, where they are at hand: costed whole, or refused with a sentence."""

import re

import pytest

from onedoor.evidence.money import years
from onedoor.programme import actions, rules
from onedoor.programme.models import Costing
from tests.factories import NOW, an_account
from tests.programme import costings
from tests.programme.test_baseline import FULL_RETURN

pytestmark = pytest.mark.django_db


def read(name):
    folder = FULL_RETURN.parent / name
    if not folder.exists():
        pytest.skip("The published returns are not beside the repository.")
    return [(path.name, path.read_bytes()) for path in sorted(folder.rglob("*.csv"))]


def keep(by, name):
    return actions.keep_returns(by=by, at=NOW, name=name, files=read(name))


def following(last_year):
    """The invented plan, moved to begin the year after these returns."""
    later = last_year - 2025
    plan = re.sub(
        r"(\d{4})(-\d\d-\d\d)", lambda day: f"{int(day[1]) + later}{day[2]}", costings.PLAN
    )
    return plan.replace('first_year = "2025-26"', f'first_year = "{years.named(last_year)}"')


def costed(name) -> Costing:
    officer = an_account("finance-officer")
    returns = keep(officer, name)
    card = costings.a_card(officer, text=costings.PRICES.replace("2024-04-01", "2000-04-01"))
    plan = following(returns.last_year)
    costings.asked(officer, returns=returns, rates=card, plan=plan)
    costings.work()
    return Costing.objects.get()


@pytest.mark.parametrize("name", ["full_return", "five_years"])
def test_a_costing_runs_from_end_to_end(name):
    made = costed(name)
    assert made.state == rules.DONE, made.sentence


def test_returns_that_hold_too_little_are_refused_with_a_sentence():
    made = costed("edge_cases")
    assert made.state == rules.REFUSED
    assert made.sentence.endswith(".")
    assert made.result is None
