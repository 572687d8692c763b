"""The published returns, where they are at hand: costed whole, or refused with a sentence."""

import re

import pytest

from onedoor.evidence.money import years
from onedoor.programme import actions, planning, rules
from onedoor.programme.models import Baseline, Costing, RateCard, Returns
from onedoor.team.rules import NotNow
from tests.factories import NOW, an_account
from tests.programme import costings
from tests.programme.test_baseline import FULL_RETURN

pytestmark = pytest.mark.django_db


def read(name):
    folder = FULL_RETURN.parent / name
    if not folder.exists():
        pytest.skip("The published returns are not beside the repository.")
    return [(path.name, path.read_bytes()) for path in sorted(folder.rglob("*.csv"))]


def keep(by, name, authority=""):
    return actions.keep_returns(by=by, at=NOW, name=name, files=read(name), authority=authority)


def following(last_year):
    """The invented plan, moved to begin the year after these returns."""
    later = last_year - 2025
    plan = re.sub(
        r"(\d{4})(-\d\d-\d\d)", lambda day: f"{int(day[1]) + later}{day[2]}", costings.PLAN
    )
    return re.sub(
        r'year = "(20\d\d-\d\d)"', lambda year: f'year = "{years.after(year[1], later)}"', plan
    )


def run(officer, returns, **changed) -> Costing:
    text = costings.PRICES.replace("2024-04-01", "2000-04-01")
    card = RateCard.objects.first() or costings.a_card(officer, text=text)
    plan = following(returns.last_year)
    for old, new in changed.items():
        assert old in plan
        plan = plan.replace(old, new)
    asked = costings.asked(
        officer, returns=returns, rates=card, plan=plan, authority=returns.authority
    )
    costings.work()
    return Costing.objects.get(pk=asked.pk)


def test_returns_that_hold_too_little_are_refused_when_they_are_brought():
    officer = an_account("finance-officer")
    with pytest.raises(NotNow, match="Nobody younger than 18 .* A baseline can be made"):
        keep(officer, "edge_cases")
    assert not Returns.objects.exists()
    assert not Baseline.objects.exists()
    assert actions.make_baseline(by=officer, at=NOW, files=read("edge_cases")).counted


def test_with_its_council_named_homes_outside_have_nights_of_their_own():
    """The postcodes of the published files are scrambled: the few that are real are elsewhere."""
    officer = an_account("finance-officer")
    nobody, named = keep(officer, "five_years"), keep(officer, "five_years", "North Yorkshire")
    assert (nobody.authority, named.authority) == ("", "North Yorkshire")
    assert "external_out" not in nobody.homes
    assert {"external_out", "external_home"} < set(named.homes)
    assert planning.homes_asked(nobody.homes) == planning.homes_asked(named.homes)
    rows = named.baseline.counted["tables"]["in_or_out"]["rows"]
    assert [row["outside"] for row in rows] == [5, 5, 6, 4, None]
    made = run(officer, named)
    assert (made.state, made.authority) == (rules.DONE, "North Yorkshire"), made.sentence
    no_price = {'external_out = ["external_home"]\n': ""}
    assert run(officer, nobody, **no_price).state == rules.DONE
    refused = run(officer, named, **no_price)
    assert refused.state == rules.REFUSED
    assert "external_out" in refused.sentence
