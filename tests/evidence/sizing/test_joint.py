"""Places that are people, sized so that every kind suffices at once."""

import itertools
import math

import numpy as np
import pytest

from onedoor.evidence.refusal import Refused
from onedoor.evidence.sizing import joint

PRICES = [3.0, 2.0, 1.0, 5.0, 4.0]


def futures(seed, kinds=5, many=4_000):
    """Young people wanted by kind, with good and bad years in common."""
    rng = np.random.default_rng(seed)
    common = rng.gamma(30, 1 / 30, (many, 1))
    return rng.poisson(common * np.array([8, 5, 4, 12, 2.5])[:kinds])


def cheapest(wanted, assurance, prices):
    """Every combination, tried."""
    needed = math.ceil(assurance * len(wanted) - 1e-9)
    ranges = [range(int(most) + 1) for most in wanted.max(axis=0)]
    return min(
        float(np.dot(prices, places))
        for places in itertools.product(*ranges)
        if (wanted <= np.array(places)).all(axis=1).sum() >= needed
    )


def test_sizing_each_kind_alone_leaves_one_of_them_short_too_often():
    wanted = futures(1, many=20_000)
    found = joint.size(wanted, 0.95)
    assert all((wanted[:, kind] <= found.alone[kind]).mean() >= 0.95 for kind in range(5))
    assert found.attained_alone < 0.91
    assert found.attained >= 0.95
    assert (found.places >= found.alone).all()
    # It is not bought by fitting these futures: it holds in others too.
    assert (futures(2, many=20_000) <= found.places).all(axis=1).mean() > 0.943


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("assurance", [0.7, 0.9, 1.0])
def test_nothing_cheaper_would_do(seed, assurance):
    wanted = futures(seed, kinds=3, many=60)
    prices = PRICES[:3] if seed % 2 else [1.0, 1.0, 1.0]
    found = joint.size(wanted, assurance, prices=prices)
    assert found.proved
    assert found.price == pytest.approx(cheapest(wanted, assurance, prices))
    assert found.attained >= assurance - 1e-9


def test_the_search_alone_comes_close_to_the_cheapest():
    for seed in range(5):
        wanted = futures(seed)
        proved = joint.size(wanted, 0.95, prices=PRICES)
        searched = joint._searched(wanted, proved.alone, 3_800, np.array(PRICES))
        assert proved.proved
        assert (wanted <= searched).all(axis=1).mean() >= 0.95
        assert proved.price <= np.dot(PRICES, searched) <= 1.03 * proved.price


def test_too_many_kinds_for_a_proof_are_searched_and_it_says_so():
    wanted = np.hstack([futures(seed, many=1_000) for seed in range(3)])
    found = joint.size(wanted, 0.95)
    assert not found.proved
    assert found.attained >= 0.95
    assert found.price < wanted.max(axis=0).sum()


def test_dearer_places_are_spared():
    wanted = futures(4, kinds=2)
    wanted[:, 1] = futures(5, kinds=1)[:, 0]  # two kinds alike
    found = joint.size(wanted, 0.9, prices=[10, 1])
    assert found.places[0] < found.places[1]


def test_a_future_must_suffice_in_every_month_of_it_unless_asked_otherwise():
    months = np.stack([futures(seed) for seed in range(6)], axis=1)
    always = joint.size(months, 0.9)
    any_month = joint.size(months, 0.9, always=False)
    assert always.futures == 4_000
    assert any_month.futures == 24_000
    assert always.price > any_month.price
    held = (months <= always.places).all(axis=(1, 2)).mean()
    assert held == pytest.approx(always.attained)


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (lambda: joint.size([[1, 2]], 1.5), "is not a share"),
        (lambda: joint.size([[1, 2]], 0.9, prices=[1]), "2 kinds need 2 prices"),
        (lambda: joint.size([[1, 2]], 0.9, prices=[1, 0]), "above 0"),
        (lambda: joint.size([[1, -2]]), "whole numbers of 0 or more"),
        (lambda: joint.size([[1, 2.5]]), "whole numbers of 0 or more"),
        (lambda: joint.size([1, 2]), "give \\(futures, kinds\\)"),
        (lambda: joint.size(np.zeros((0, 3))), "give \\(futures, kinds\\)"),
    ],
)
def test_what_cannot_be_sized_is_refused_in_a_sentence(asked, why):
    with pytest.raises(Refused, match=why):
        asked()
