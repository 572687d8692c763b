"""A council's own model, from its returns: who is there, how they move, and how many will come."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from onedoor.evidence.model import careers, entries, exposure, posterior, prior, rng
from onedoor.evidence.model.careers import Careers
from onedoor.evidence.model.draws import Draws
from onedoor.evidence.model.entries import Belief
from onedoor.evidence.model.exposure import Counts
from onedoor.evidence.model.grid import TRACKED, Grid, Population
from onedoor.evidence.model.prior import Prior
from onedoor.evidence.model.states import StateMap
from onedoor.evidence.refusal import Refused
from onedoor.evidence.ssda903 import Reading

# First months of age of the bands. From 12 on nearly every year is its own, because so much
# changes there: homes, arrivals, and at 16 supported accommodation.
AGES = (0, 12, 60, 120, 144, 168, 180, 192, 204, 216)
BLOCK = 1000  # draws that are made at once


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """`population` is who is there on `careers.last`; `belief` is about how many will come."""

    careers: Careers
    grid: Grid
    counts: Counts
    prior: Prior
    population: Population
    belief: Belief
    kappa: float
    own_years: bool
    noted: tuple[str, ...]

    def mean(self, months: int) -> Draws:
        """One draw: the mean of what is believed, for so many months."""
        level = entries.middle(self.belief, months) / self._monthly
        return posterior.mean(self.counts, self.prior, level, self.kappa)

    def draws(self, months: int, count: int, seed: int, number: int = 0) -> Draws:
        """Draws `number` to `number + count`, the same for the same seed however they are cut into
        parts, so long as each part begins at a multiple of `BLOCK`."""
        if number % BLOCK:
            raise ValueError(f"a part begins at a multiple of {BLOCK}, not at {number}")
        parts = []
        for first in range(number, number + count, BLOCK):
            by = rng.stream("rates", seed, first)
            several = min(BLOCK, number + count - first)
            level = entries.levels(self.belief, months, several, by) / self._monthly
            parts.append(posterior.draws(self.counts, self.prior, level, by=by, kappa=self.kappa))
        return parts[0] if len(parts) == 1 else _joined(parts)

    @property
    def _monthly(self) -> float:
        return max(float(self.counts.arrivals.sum()), 1e-9) / self.counts.months


def fit(
    reading: Reading,
    *,
    map: str | StateMap = "all_care",
    ages: tuple[int, ...] = AGES,
    kappa: float = prior.KAPPA,
    own_years: bool = False,
    limits: tuple[str, ...] = (),
) -> Fit:
    """The model of a council from its returns.

    `map`: the states (`states`). `ages`: first months of age of the bands. `kappa`: person-months
    that the prior of a cell weighs. `own_years`: good and bad years of arrivals are believed only
    where these returns show them, and not because councils have them. `limits`: why it is unknown
    of some homes whether they are inside, noted where a state hangs on it. Raises `Refused` when
    nobody was looked after on the last day, or nobody came in the years read.
    """
    found = careers.careers(reading, map, limits)
    return of_careers(found, ages=ages, kappa=kappa, own_years=own_years)


def of_careers(
    found: Careers,
    *,
    ages: tuple[int, ...] = AGES,
    kappa: float = prior.KAPPA,
    own_years: bool = False,
) -> Fit:
    """The model of careers that are at hand already."""
    if not kappa > 0:
        raise Refused(f"A prior must weigh more than no months at all, not {kappa:g}.")
    if not found.states:
        raise Refused("Nobody was looked after in these returns, so there is nothing to forecast.")
    grid = Grid(found.states, ages)
    seen = exposure.monthly(found)
    there, older = _there(found, grid, seen)
    if not len(there):
        raise Refused(
            f"Nobody younger than 18 was looked after on {found.last:%d/%m/%Y}, the last day of "
            "these returns. Check that the last return is whole."
        )
    counts = exposure.steps(found, grid, seen)
    if not counts.arrivals.sum():
        raise Refused(
            f"Nobody started to be looked after from {found.first:%d/%m/%Y} to "
            f"{found.last:%d/%m/%Y}, so nothing says how many will. Check that the returns are "
            "whole."
        )
    noted = found.noted
    if older:
        noted = (*noted, f"{older} already 18 on the last day are left out.")
    return Fit(
        found,
        grid,
        counts,
        prior.prior(counts, kappa),
        there,
        entries.believe(entries.years(counts.by_month), entries.kinds(own_years)),
        kappa,
        own_years,
        noted,
    )


def _there(found: Careers, grid: Grid, seen: pl.DataFrame) -> tuple[Population, int]:
    """Who is there on the last day, and how many are there who are too old for the grid."""
    last = exposure.month(found.last)
    here = seen.filter(pl.col("until") == last)
    age = last - here["born"].to_numpy()
    young = (age >= grid.ages[0]) & (age < grid.oldest)
    time = np.minimum(last - here["since"].to_numpy(), TRACKED)
    people = Population(age[young], time[young], here["state"].to_numpy()[young])
    return people, int((age >= grid.oldest).sum())


def _joined(parts: list[Draws]) -> Draws:
    return Draws(
        parts[0].grid,
        *(
            np.concatenate([getattr(each, name) for each in parts])
            for name in ("stay", "to", "same", "arrivals", "level")
        ),
    )
