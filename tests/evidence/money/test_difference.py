"""Two costings of the same futures: what one saves more than the other, and how sure that is."""

from dataclasses import replace

import numpy as np
import pytest

from onedoor.evidence.money import costing
from onedoor.evidence.money.difference import difference
from tests.evidence.money.invented import people


def costed(plan, today, seed=5):
    without, with_model = people((40, 12, 9, 0, 1)), people((44, 9, 5, 3, 1), seed=2)
    asked = {"ages": [12, 17], "authority": "Nowhere"}
    inputs = {"episodes": b"invented", "header": b"invented"}
    return costing.cost(without, with_model, today, plan, seed=seed, inputs=inputs, asked=asked)


@pytest.fixture(scope="module")
def one(invented, today):
    return costed(invented, today)


@pytest.fixture(scope="module")
def dearer(invented, today):
    """The same plan with twice the training, which is bought once, in the first year."""
    twice = tuple(replace(each, many=2 * each.many) for each in invented.once)
    return costed(replace(invented, once=twice), today)


def test_what_is_bought_once_more_is_the_whole_difference(one, dearer):
    found = difference(one.as_dict(), dearer.as_dict())
    bought = next(each for each in one.spent if each.item == "training").with_model
    assert bought > 10_000
    assert found.mean == pytest.approx(-bought, rel=0.01)
    assert found.low <= found.mean <= found.high < 0
    assert (found.more, found.less) == (0, 1)
    back = difference(dearer.as_dict(), one.as_dict())
    assert (back.mean, back.low, back.high) == (-found.mean, -found.high, -found.low)
    assert (back.more, back.less) == (1, 0)


def test_future_by_future_it_is_surer_than_two_ranges_would_have_it(one, dearer):
    found = difference(one.as_dict(), dearer.as_dict())
    low, high = np.quantile(one.present, [0.05, 0.95])
    assert found.high - found.low < (high - low) / 10


def test_it_is_counted_future_by_future_as_one_would_by_hand(one, dearer):
    said, other = one.as_dict(), dearer.as_dict()
    other["futures"] = [int(each) for each in np.random.default_rng(1).normal(0, 1e6, one.n)]
    found = difference(said, other)
    by_hand = sorted(b - a for a, b in zip(said["futures"], other["futures"], strict=True))
    assert found.mean == pytest.approx(sum(by_hand) / len(by_hand), abs=100_000)
    twentieth = len(by_hand) // 20
    assert by_hand[twentieth - 10] <= found.low <= by_hand[twentieth + 10]
    assert by_hand[-twentieth - 10] <= found.high <= by_hand[-twentieth + 10]
    more = sum(1 for each in by_hand if each > 0) / len(by_hand)
    assert found.more == pytest.approx(more, abs=0.051)
    assert found.more + found.less == pytest.approx(1, abs=0.1)


def test_a_costing_beside_itself_differs_in_nothing(one):
    found = difference(one.as_dict(), one.as_dict())
    assert (found.mean, found.low, found.high, found.more, found.less) == (0, 0, 0, 0, 0)


@pytest.mark.parametrize(
    "but",
    [
        {"seed": 6},
        {"n": 1000},
        {"version": "0.0.1+00000000"},
        {"parameters": {"ages": [10, 17], "first": 0, "authority": "Nowhere"}},
        {"parameters": {"ages": [12, 17], "first": 0, "authority": "Elsewhere"}},
        {"inputs": {"episodes": "of another council"}},
        {"perspective": "society"},
        {"price_base": "2025-26"},
        {"years": ["2025-26"]},
        {"discount": {"per_year": "0.015"}},
    ],
    ids=lambda but: next(iter(but)),
)
def test_of_other_futures_other_people_or_other_money_there_is_no_difference(one, dearer, but):
    assert difference(one.as_dict(), {**dearer.as_dict(), **but}) is None
    assert difference({**one.as_dict(), **but}, dearer.as_dict()) is None


def test_a_costing_made_before_futures_were_kept_has_no_difference(one):
    before = {key: value for key, value in one.as_dict().items() if key != "futures"}
    assert difference(before, one.as_dict()) is None
