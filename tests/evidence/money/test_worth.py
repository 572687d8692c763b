"""Payback, and what knowing is worth: held to answers that can be worked out."""

import math

import numpy as np
import pytest

from onedoor.evidence.money import prices
from onedoor.evidence.money.costing import worth


def density(z):
    return math.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)


def below(z):
    return (1 + math.erf(z / math.sqrt(2))) / 2


def unit_normal_loss(mean, sd):
    """E max(0, X) less max(0, mean), for X normal: what it is worth to know X."""
    z = mean / sd
    return mean * below(z) + sd * density(z) - max(mean, 0)


@pytest.fixture(scope="module")
def drawn():
    chance = np.random.default_rng(8)
    return {name: chance.standard_normal(20_000) for name in ("large", "small", "nothing")}


@pytest.fixture(scope="module")
def net(drawn):
    luck = np.random.default_rng(9).standard_normal(20_000)
    return 30 + 100 * drawn["large"] + 20 * drawn["small"] + 50 * luck


def test_what_knowing_one_input_is_worth_is_what_theory_says(drawn, net):
    found = {each.name: each for each in worth.moved(net, drawn, seed=1)}
    assert found["large"].worth_knowing == pytest.approx(unit_normal_loss(30, 100), rel=0.05)
    assert found["small"].worth_knowing == pytest.approx(unit_normal_loss(30, 20), abs=0.5)
    assert found["nothing"].worth_knowing == pytest.approx(0, abs=0.3)


def test_knowing_everything_is_worth_what_theory_says_and_more_than_any_one_thing(drawn, net):
    whole = math.sqrt(100**2 + 20**2 + 50**2)
    assert worth.evpi(net) == pytest.approx(unit_normal_loss(30, whole), rel=0.05)
    assert all(each.worth_knowing < worth.evpi(net) for each in worth.moved(net, drawn, seed=1))


def test_the_input_that_moves_it_most_comes_first_with_what_it_does(drawn, net):
    first, second, third = worth.moved(net, drawn, seed=1)
    assert (first.name, second.name, third.name) == ("large", "small", "nothing")
    assert (first.clear, second.clear, third.clear) == (True, True, False)
    # The mean of the lowest twentieth of a normal is 2.063 standard deviations down.
    assert first.at_low == pytest.approx(30 - 206.3, abs=6)
    assert first.at_high == pytest.approx(30 + 206.3, abs=6)


def test_luck_alone_looks_worth_nothing_even_with_few_replications():
    chance = np.random.default_rng(3)
    values = []
    for seed in range(40):
        net, input_ = chance.standard_normal(400) * 100, chance.standard_normal(400)
        values.append(worth.moved(net, {"x": input_}, seed)[0].worth_knowing)
    # Uncorrected, every one of these would be about 8.
    assert np.mean(values) < 2.5


def test_with_few_replications_nothing_is_said():
    assert worth.moved(np.ones(199), {"x": np.ones(199)}, seed=1) == ()
    assert worth.break_even(np.ones(199), {"x": np.ones(199)}, {"x": -0.1}) is None


def test_break_even_finds_the_effect_at_which_nothing_is_saved():
    chance = np.random.default_rng(4)
    down, up = -0.15 + 0.25 * chance.standard_normal((1, 5000))[0], None
    up = 0.15 + 0.25 * chance.standard_normal(5000)
    price = chance.standard_normal(5000)
    net = -40 - 300 * down + 100 * up + 30 * price + 10 * chance.standard_normal(5000)
    found = worth.break_even(
        net, {"down": down, "up": up, "price": price}, {"down": -0.15, "up": 0.15}
    )
    # -40 + 300 * 0.15 s + 100 * 0.15 s = 0 at s = 2/3.
    assert found.share == pytest.approx(2 / 3, rel=0.02)
    assert found.ratios["down"] == pytest.approx(math.exp(-0.1), rel=0.01)
    assert found.ratios["up"] == pytest.approx(math.exp(0.1), rel=0.01)
    assert not found.beyond
    assert found.explained > 0.95


def test_break_even_beyond_what_was_drawn_says_so():
    chance = np.random.default_rng(4)
    down = -0.15 + 0.05 * chance.standard_normal(2000)
    found = worth.break_even(-400 - 300 * down, {"down": down}, {"down": -0.15})
    assert found.beyond
    assert found.share == pytest.approx(400 / 45, rel=0.01)


@pytest.mark.parametrize("sign", [1, 0])
def test_break_even_is_not_said_where_more_effect_does_not_save_more(sign):
    chance = np.random.default_rng(5)
    down = -0.15 + 0.25 * chance.standard_normal(5000)
    net = sign * 300 * down + 50 * chance.standard_normal(5000)
    assert worth.break_even(net, {"down": down}, {"down": -0.15}) is None
    assert worth.break_even(net, {"down": down}, {}) is None


def test_what_comes_back_for_a_pound_is_what_is_saved_and_put_in_over_what_is_put_in():
    put_in = np.array([[100.0, 103.5], [50.0, 51.75], [0.0, 0.0]])
    found = worth.returned(np.array([100.0, -50.0, 3.0]), put_in, prices.discount())
    assert found[:2].tolist() == pytest.approx([300 / 200, 50 / 100])
    assert np.isnan(found[2])


def test_payback_is_the_month_from_which_it_stays_back():
    monthly = np.array(
        [
            [-6.0, 2, 2, 2, 2],  # back at the end of month 4
            [-1, 3, -5, 4, 1],  # back, lost again, and back for good in month 4
            [-6, 1, 1, 1, 1],  # never in these months
            [1, 1, 1, 1, 1],  # never behind
            [1, 1, 1, 1, -9],  # behind at the end
        ]
    )
    assert worth.payback(monthly).tolist() == [4, 4, math.inf, 0, math.inf]
