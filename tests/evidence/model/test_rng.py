"""The numbers that are looked up: known answers, and that they behave as chance does."""

import math

import numpy as np
import pytest

from onedoor.evidence.model import poisson, rng
from onedoor.evidence.refusal import Refused
from tests.evidence.model import slow_simulation

REPLICATIONS, PEOPLE, MONTHS = 60, 300, 60


@pytest.fixture(scope="module")
def numbers():
    """(replications, people, months): a little over a million numbers."""
    keys = rng.within(rng.seeded(2026, np.arange(REPLICATIONS))[:, None], np.arange(PEOPLE))
    return rng.uniform(keys[:, :, None], np.arange(MONTHS))


def test_the_outputs_of_splitmix64_are_those_of_the_published_list():
    """The first five for the seed 1234567, as listed by Rosetta Code, *Splitmix64*."""
    known = [
        *(6457827717110365317, 3203168211198807973, 9817491932198370423),
        *(4593380528125082431, 16408922859458223821),
    ]
    seed, steps = np.uint64(1234567), np.arange(1, 6).astype(np.uint64)
    assert rng.mixed(seed + steps * rng.GOLDEN).tolist() == known


def test_every_number_is_that_of_whole_number_arithmetic():
    for seed, replication, person, draw in [(0, 0, 0, 0), (7, 3, 275, 60), (2**64 - 1, 9, 1, 5)]:
        keys = rng.within(rng.seeded(seed, replication), person)
        slow = slow_simulation.within(slow_simulation.mixed(seed), replication)
        slow = slow_simulation.within(slow, person)
        assert keys.tolist() == [slow]
        assert rng.uniform(keys, draw).tolist() == [slow_simulation.uniform(slow, draw)]


def test_numbers_are_even_over_the_interval(numbers):
    """Kolmogorov and Smirnov; 1.95 is passed once in a thousand times."""
    ordered = np.sort(numbers.ravel())
    n = len(ordered)
    steps = np.arange(n + 1) / n
    apart = max(np.abs(ordered - steps[1:]).max(), np.abs(ordered - steps[:-1]).max())
    assert apart * np.sqrt(n) < 1.95
    assert ordered[0] > 0
    assert ordered[-1] < 1


@pytest.mark.parametrize("axis", [0, 1, 2])
@pytest.mark.parametrize("apart", [1, 2, 7])
def test_neighbours_do_not_know_of_each_other(numbers, axis, apart):
    """Serial correlation over replications, people and months; 4 standard errors."""
    moved = np.moveaxis(numbers, axis, 0)
    one, other = moved[:-apart].ravel() - 0.5, moved[apart:].ravel() - 0.5
    assert abs((one * other).mean() * 12) * np.sqrt(len(one)) < 4


@pytest.mark.parametrize("axis", [0, 1, 2])
def test_pairs_fill_the_square_evenly(numbers, axis):
    """Chi squared over 20 x 20 cells, within 4 standard deviations of its mean."""
    moved = np.moveaxis(numbers, axis, 0)
    pairs = np.histogram2d(moved[:-1].ravel(), moved[1:].ravel(), 20, [[0, 1], [0, 1]])[0]
    expected = pairs.sum() / 400
    chi = ((pairs - expected) ** 2 / expected).sum()
    assert abs(chi - 399) < 4 * np.sqrt(2 * 399)


def test_every_bit_is_set_half_the_time(numbers):
    bits = (numbers * 2**52).astype(np.uint64).ravel()
    for bit in range(52):
        share = ((bits >> np.uint64(bit)) & np.uint64(1)).mean()
        assert abs(share - 0.5) * 2 * np.sqrt(len(bits)) < 4.5, bit


def test_one_bit_of_the_seed_changes_half_the_bits_of_a_number():
    keys = rng.seeded(5, np.arange(2000))
    for bit in (0, 17, 40, 63):
        other = rng.seeded(5 ^ (1 << bit), np.arange(2000))
        changed = np.bitwise_count(keys ^ other)
        assert abs(changed.mean() - 32) < 4 * 4 / np.sqrt(2000)


def test_no_two_of_those_who_arrive_have_one_number():
    """Nor does anybody have that of the council (0) or of somebody of the first day."""
    cells, turns = np.arange(600).astype(np.uint64), np.arange(5).astype(np.uint64)
    found = [rng.arrival(month, cells[:, None], turns).ravel() for month in range(60)]
    whole = np.concatenate(found)
    assert len(np.unique(whole)) == len(whole)
    assert whole.min() > 2**39


def test_normal_numbers_are_normal():
    found = rng.normal(rng.seeded(3, np.arange(100_000)), 4)
    assert abs(found.mean()) < 4 / np.sqrt(100_000)
    assert abs(found.std() - 1) < 4 / np.sqrt(200_000)
    assert abs((found > 1.959964).mean() - 0.025) < 4 * np.sqrt(0.025 * 0.975 / 100_000)


@pytest.mark.parametrize("seed", [-1, 2**64])
def test_a_seed_that_is_none_is_refused(seed):
    with pytest.raises(Refused, match="whole number from 0"):
        rng.seeded(seed, 0)


@pytest.mark.parametrize("mean", [0.0, 1e-12, 0.01, 0.7, 5.0, 60.0, 699.0])
def test_the_fall_is_e_to_the_minus_mean(mean):
    found = poisson.fall(np.array([mean]))[0]
    assert math.isclose(found, math.exp(-mean), rel_tol=1e-12)


@pytest.mark.parametrize("mean", [0.05, 1.0, 8.0, 300.0])
def test_the_numbers_are_poisson(mean):
    chance = rng.uniform(rng.seeded(9, np.arange(40_000)), 0)
    found = poisson.count(chance, np.full(40_000, mean))
    assert abs(found.mean() - mean) < 4 * np.sqrt(mean / 40_000)
    assert abs(found.var() / mean - 1) < 4 * np.sqrt((2 + 1 / mean) / 40_000)


def test_a_number_of_arrivals_ends_at_the_last_chance_there_is():
    chance, mean = np.full(4, 1 - 2.0**-53), np.array([0.0, 0.01, 10.0, 700.0])
    found = poisson.count(chance, mean)
    assert found[0] == 0
    assert (found[1:] < 10 * mean[1:] + 20).all()


def test_streams_of_other_names_or_numbers_have_nothing_to_do_with_each_other():
    """NumPy takes the seeds 1 and [1, 0] for the same; 4 standard errors."""
    plain = np.random.default_rng(1).random(10_000)
    asked = [("rates", 1, 0), ("rates", 1), ("rates", 1, 1000), ("rates", 2, 0), ("hubs", 1, 0)]
    drawn = [rng.stream(*each).random(10_000) for each in asked[:1] + asked[2:]]
    assert np.array_equal(rng.stream(*asked[0]).random(10_000), drawn[0])
    for at, one in enumerate([plain, *drawn]):
        for other in [plain, *drawn][:at]:
            assert abs(np.corrcoef(one, other)[0, 1]) < 0.04


@pytest.mark.parametrize("seed", [-1, 2**64])
def test_what_is_no_seed_is_refused_wherever_chance_is_drawn(seed):
    for draw in (lambda: rng.seeded(seed, 0), lambda: rng.stream("rates", seed)):
        with pytest.raises(Refused, match=f"The seed is {seed}. Give a whole number from 0"):
            draw()
