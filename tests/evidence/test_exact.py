"""The exact forecast, against one chance at a time and against the simulation of the same rates."""

import dataclasses

import numpy as np
import pytest

from onedoor.evidence.model import exact, simulate
from onedoor.evidence.model.draws import Draws
from onedoor.evidence.model.grid import Grid, Population
from tests.evidence import slow_months

GRID = Grid(("foster", "home", "lodging"), (150, 156, 168, 180), (0, 2, 5))
NAMES = ("stay", "to", "same", "arrivals", "level")


def invented(seed, months=20, people=30, count=1):
    by = np.random.default_rng(seed)
    a, d, s = GRID.shape
    to = by.random((count, a, d, s, s + 1))
    to[:, :, :, np.arange(s), np.arange(s)] = 0
    to /= to.sum(axis=-1, keepdims=True)
    given = (
        by.uniform(0.6, 0.95, (count, a, d, s)),
        to,
        by.uniform(0, 0.1, (count, a, d, s)),
        by.uniform(0, 0.4, (count, a, s)),
        by.uniform(0.5, 2, (count, months)),
    )
    draws = Draws(GRID, *(each.astype(np.float32) for each in given))
    population = Population(
        by.integers(150, 180, people), by.integers(0, 13, people), by.integers(0, s, people)
    )
    return draws, population


@pytest.mark.parametrize("edges", [(150,), (150, 168), (150, 160, 175)])
def test_mean_and_covariance_are_those_of_one_chance_at_a_time(edges):
    draws, population = invented(1)
    found = exact.moments(draws, population, groups=edges)
    mean, both = slow_months.moments(draws, population, edges)
    states = len(GRID.states)
    keys = [(group, state) for group in range(len(edges)) for state in range(states)]
    for month in range(draws.months):
        for at, key in enumerate(keys):
            assert found.mean[month][key] == pytest.approx(mean[month][key], abs=1e-9)
            for also, other in enumerate(keys):
                expected = both[month][key, other]
                assert found.covariance[month, at, also] == pytest.approx(expected, abs=1e-9)


def test_the_mean_alone_is_the_same_mean():
    draws, population = invented(2, count=3)
    for draw in range(3):
        alone = exact.expected(draws, population, draw)
        whole = exact.moments(draws, population, draw=draw, groups=(150, 168))
        assert np.allclose(alone, whole.mean.sum(axis=1), rtol=1e-12)


def test_nobody_is_left_once_all_have_come_of_age_and_nobody_comes():
    draws, population = invented(3, months=30)
    population.age[0] = GRID.ages[0]  # the youngest, who comes of age last
    empty = dataclasses.replace(draws, arrivals=np.zeros_like(draws.arrivals))
    found = exact.moments(empty, population)
    assert found.total[28] > 0
    assert found.total[29] == 0


def test_the_simulation_of_the_same_rates_has_this_mean_and_this_spread():
    draws, population = invented(4, months=24, people=60)
    count = 4000
    many = Draws(GRID, *(np.repeat(getattr(draws, name), count, axis=0) for name in NAMES))
    ran = simulate.simulate(many, population, seed=7, groups=(150, 168), fast=False)
    found = exact.moments(draws, population, groups=(150, 168))
    spread = np.sqrt(np.einsum("tii->ti", found.covariance)).reshape(found.mean.shape)
    z = (ran.mean() - found.mean) / (spread / np.sqrt(count))
    assert np.sqrt((z**2).mean()) == pytest.approx(1, abs=0.25)
    assert np.abs(z).max() < 5
    totals = ran.occupied.sum(axis=-1, dtype=np.int64)
    assert np.allclose(totals.std(axis=0), found.sd, rtol=0.06)
    flat = ran.occupied[:, -1].reshape(count, -1).astype(float)
    among = np.sqrt(np.outer(*[np.diag(found.covariance[-1])] * 2))
    off = (np.cov(flat.T) - found.covariance[-1]) / among
    assert np.abs(off).max() < 6 / np.sqrt(count)
