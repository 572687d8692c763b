"""The exact forecast of one set of rates: mean and full covariance, and no random number at all.

The timeline is that of `simulate`: the counts are those at the end of each month; everybody stays
or goes by the cell they are in at its beginning, then is a month older; whoever reaches the last
age of the grid has left; those who arrive in a month are there at its end with no time in the
state.

Everybody moves on their own, so those who are there on the first day give, for each of them, a
chance p of being in each place, and a covariance diag(p) - p p'. Those who arrive are Poisson, and
so are those of them in each state: independent, with a variance equal to the mean.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onedoor.evidence.model.draws import Draws
from onedoor.evidence.model.grid import TRACKED, Grid, Population

Reals = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """`mean`: (T, G, S), people at the end of each month, by group of age and state. `covariance`:
    (T, G*S, G*S), between all of them at the end of the same month."""

    mean: Reals
    covariance: Reals

    @property
    def total(self) -> Reals:
        """(T, G), people of each group."""
        return np.asarray(self.mean.sum(axis=-1))

    @property
    def sd(self) -> Reals:
        """(T, G), of the number of people of each group."""
        months, groups, states = self.mean.shape
        parts = self.covariance.reshape(months, groups, states, groups, states)
        return np.asarray(np.sqrt(np.einsum("tgsgu->tg", parts)))


@dataclass(frozen=True, slots=True, eq=False)
class _Step:
    """A month of one draw, for one band of age: chance to stay by months in the state (D, S), and
    to go to each state of those who do not (D, S, S)."""

    stay: Reals
    go: Reals


def expected(draws: Draws, population: Population, draw: int = 0) -> Reals:
    """(T, S), the mean number of people in each state at the end of each month."""
    return moments(draws, population, draw=draw, covariance=False).mean[:, 0]


def moments(
    draws: Draws,
    population: Population,
    *,
    draw: int = 0,
    groups: tuple[int, ...] = (0,),
    covariance: bool = True,
) -> Moments:
    """Mean and covariance under one draw's rates and levels. `groups`: first month of age of each
    of the G groups that are counted apart. Without `covariance` that part is all zero."""
    grid, months = draws.grid, draws.months
    steps = _steps(draws, draw)
    states, count = grid.shape[-1], len(groups)
    mean = np.zeros((months, count, states))
    both = np.zeros((months, count * states, count * states))
    for month, came in enumerate(_newcomers(draws, draw, steps, groups)):
        mean[month] = came
        np.fill_diagonal(both[month], came.ravel())
    if not covariance:
        for month, there in enumerate(_forward(grid, population, steps, months)):
            mean[month] += _grouped(there, grid.ages[0], groups)
        return Moments(mean, np.zeros_like(both))
    for month, (group, where, weight) in enumerate(_each(grid, population, steps, months, groups)):
        for at in range(count):
            mine = group == at
            chance, many = where[mine], weight[mine]
            mean[month, at] += many @ chance
            cut = slice(at * states, (at + 1) * states)
            both[month, cut, cut] += np.diag(many @ chance) - (chance * many[:, None]).T @ chance
    return Moments(mean, both)


def _steps(draws: Draws, draw: int) -> list[_Step]:
    """For each band of age, a month by the months already spent in the state."""
    bands = draws.grid.duration_band(np.arange(TRACKED + 1))
    found = []
    for stay, to in zip(draws.stay[draw], draws.to[draw], strict=True):
        by_time = stay[bands].astype(float)
        go = (1 - stay[..., None].astype(float)) * to[..., :-1]
        found.append(_Step(by_time, go))
    return found


def _after(step: _Step, there: Reals, bands: NDArray[np.int64]) -> Reals:
    """A month later: (N, TRACKED+1, S) to the same."""
    times = step.go.shape[0]
    edges = np.searchsorted(bands, np.arange(times))
    by_band = np.add.reduceat(there, edges, axis=1)
    later = np.empty_like(there)
    stayed = there * step.stay
    later[:, 1:] = stayed[:, :-1]
    later[:, -1] += stayed[:, -1]
    states = there.shape[-1]
    later[:, 0] = by_band.reshape(len(there), times * states) @ step.go.reshape(
        times * states, states
    )
    return later


def _forward(
    grid: Grid, population: Population, steps: list[_Step], months: int
) -> Iterator[Reals]:
    """Yields (ages, S) for each month: those there on the first day, by month of age."""
    there = np.zeros((grid.oldest - grid.ages[0], TRACKED + 1, grid.shape[-1]))
    np.add.at(
        there,
        (population.age - grid.ages[0], np.minimum(population.duration, TRACKED), population.state),
        1,
    )
    for _ in range(months):
        there = _older(grid, steps, there)
        yield there.sum(axis=1)


def _older(grid: Grid, steps: list[_Step], there: Reals) -> Reals:
    """Everybody a month on and a month older, by month of age: (ages, TRACKED+1, S)."""
    bands = grid.duration_band(np.arange(TRACKED + 1))
    later = np.zeros_like(there)
    for band, step in enumerate(steps):
        first, last = grid.ages[band] - grid.ages[0], grid.ages[band + 1] - grid.ages[0]
        last = min(last, len(there) - 1)
        if last > first:
            later[first + 1 : last + 1] = _after(step, there[first:last], bands)
    return later


def _newcomers(
    draws: Draws, draw: int, steps: list[_Step], groups: tuple[int, ...]
) -> Iterator[Reals]:
    """Yields (G, S) for each month: the mean of those who arrived since the first day."""
    grid = draws.grid
    ages = np.asarray(grid.ages)
    width = np.diff(ages)
    monthly = np.repeat(draws.arrivals[draw] / width[:, None], width, axis=0).astype(float)
    there = np.zeros((len(monthly), TRACKED + 1, grid.shape[-1]))
    for month in range(draws.months):
        there = _older(grid, steps, there)
        there[:, 0] += monthly * draws.level[draw, month]
        yield _grouped(there.sum(axis=1), grid.ages[0], groups)


def _grouped(by_age: Reals, youngest: int, groups: tuple[int, ...]) -> Reals:
    """(G, S) of (ages, S)."""
    edges = np.asarray(groups) - youngest
    return np.add.reduceat(by_age, np.maximum(edges, 0), axis=0)


def _each(
    grid: Grid, population: Population, steps: list[_Step], months: int, groups: tuple[int, ...]
) -> Iterator[tuple[NDArray[np.int64], Reals, NDArray[np.int64]]]:
    """Yields (group, chance of each state, how many alike) for those there on the first day. People
    of the same age, time and state have the same chances, so they are worked out once."""
    bands = grid.duration_band(np.arange(TRACKED + 1))
    alike, weight = np.unique(
        np.stack([population.age, np.minimum(population.duration, TRACKED), population.state]),
        axis=1,
        return_counts=True,
    )
    age, time, state = alike
    there = np.zeros((len(age), TRACKED + 1, grid.shape[-1]))
    there[np.arange(len(age)), time, state] = 1
    for _ in range(months):
        # Sorted by age, so that those of a band lie together and the oldest leave from the end.
        edges = np.searchsorted(age, grid.ages)
        for band, step in enumerate(steps):
            cut = slice(edges[band], edges[band + 1])
            there[cut] = _after(step, there[cut], bands)
        age = age + 1
        stays = np.searchsorted(age, grid.oldest)
        age, there, weight = age[:stays], there[:stays], weight[:stays]
        group = np.searchsorted(np.asarray(groups), age, side="right") - 1
        yield group, there.sum(axis=1), weight
