"""How many young people there will be, where, month by month: with how sure that is.

from onedoor.evidence import forecast, ssda903

ahead = forecast.forecast(ssda903.read("returns/"), ages=(12, 17), months=60)
ahead.table("by_home").rows      # a polars frame
ahead.people                     # every replication: (R, T, S)
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onedoor.evidence import places, provenance
from onedoor.evidence.forecast import drawn, limits, quantiles, suffice
from onedoor.evidence.model import fit, prior, simulate
from onedoor.evidence.model.fit import Fit
from onedoor.evidence.model.simulation import Simulation
from onedoor.evidence.model.states import StateMap
from onedoor.evidence.provenance import Provenance
from onedoor.evidence.refusal import Refused
from onedoor.evidence.ssda903 import Reading, hubs
from onedoor.evidence.table import Table

__all__ = ["Forecast", "forecast", "of_fit"]

OLDEST = 17  # the last whole year before the 18th birthday, on which everybody leaves
LONGEST = 120  # months
MOST = 100_000  # replications: every one is kept, and more would fill the memory


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """What may come, from the day after `last`.

    `tables`: in_all, by_home, in_a_family, arrivals, places. `ages`: whole years, both counted.
    `months`: the last day of each of the T months. `states`: keys of the S kinds of home. `people`:
    (R, T, S), young people of these ages at the end of each month, one replication for each of R
    sets of rates. `now`: (S,), how many there are on `last`. `n` is R; `mcse` is the most that the
    mean number in all of any month is out by because there are only R replications (standard
    error).
    """

    ages: tuple[int, int]
    last: date
    months: tuple[date, ...]
    states: tuple[str, ...]
    now: NDArray[np.int64]
    people: NDArray[np.int16]
    tables: tuple[Table, ...]
    limits: tuple[str, ...]
    provenance: Provenance
    n: int
    seed: int
    mcse: float
    fit: Fit
    simulation: Simulation

    def table(self, name: str) -> Table:
        return next(table for table in self.tables if table.name == name)

    def picture(self, name: str) -> str:
        """SVG of the table `in_all` (a fan) or `by_home` (now, and at the end)."""
        table = self.table(name)
        if name == "in_all":
            return drawn.in_all(table, self.last, float(self.now.sum()))
        now = dict(zip(self.states, map(int, self.now), strict=True))
        return drawn.by_home(table, self.last, now)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "ages": list(self.ages),
            "last": self.last.isoformat(),
            "months": len(self.months),
            "n": self.n,
            "seed": self.seed,
            "mcse": round(self.mcse, 3),
            "tables": {table.name: table.as_dict() for table in self.tables},
            "limits": list(self.limits),
            "provenance": {
                "run": self.provenance.run,
                "version": self.provenance.version,
                "inputs": self.provenance.inputs,
                "parameters": self.provenance.parameters,
            },
        }


def forecast(
    reading: Reading,
    *,
    ages: tuple[int, int] = (12, 17),
    months: int = 60,
    replications: int = 1000,
    seed: int = 1,
    map: str | StateMap = "all_care",
    kappa: float = prior.KAPPA,
    own_years: bool = False,
    authority: str | None = None,
    lists: hubs.Hubs | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Forecast:
    """The forecast of a council from its returns, if things go on as they have.

    `ages`: whole years, both counted, up to 17. `months`: how many, up to 120. `replications`:
    1,000 for a look, 10,000 for a figure to publish. `map`: the kinds of home that are told apart.
    `kappa`: person-months that the prior of a rate weighs. `own_years`: good and bad years of
    arrivals are believed only where these returns show them; intervals are then narrower, and too
    narrow for most councils (`entries.toml`). Homes are inside or outside as `places` tells them:
    `authority` says whose returns these are where they do not (column LA). `lists`
    (`ssda903.hubs`) tell hubs from other homes. Raises `Refused` where these are out of bounds, or
    the returns hold too little.
    """
    _check(ages, months, replications)
    placed = places.told_apart(reading, authority, lists=lists)
    reading = placed.reading
    found = fit.fit(reading, map=map, kappa=kappa, own_years=own_years, limits=placed.limits)
    origin = provenance.of(
        seed=seed,
        inputs={
            "episodes": reading.episodes,
            "header": reading.header,
            "lists": lists,
            "map": found.careers.map,
        },
        parameters={
            "years": reading.years,
            "ages": ages,
            "months": months,
            "replications": replications,
            "map": found.careers.map.name,
            "kappa": kappa,
            "own_years": own_years,
            "authority": placed.authority,
            "inside_or_outside_by": placed.said_by,
        },
    )
    return of_fit(
        found, origin, ages=ages, months=months, replications=replications, progress=progress
    )


def of_fit(
    found: Fit,
    origin: Provenance,
    *,
    ages: tuple[int, int],
    months: int,
    replications: int,
    progress: Callable[[int, int], object] | None = None,
) -> Forecast:
    """The forecast of a model that is fitted already; `origin` says from what, and its seed."""
    seed = origin.seed if origin.seed is not None else 1
    edges, mine = _groups(ages, found.grid.oldest)
    ran = _simulated(found, months, replications, seed, edges, progress)
    people = ran.occupied[:, :, mine]
    age = found.population.age // 12
    now = np.bincount(
        found.population.state[(age >= ages[0]) & (age <= ages[1])],
        minlength=len(found.grid.states),
    )
    ends = quantiles.month_ends(found.careers.last, months)
    kinds = tuple(found.careers.map.state(key) for key in found.grid.states)
    tables = (
        *quantiles.tables(people, ran, kinds, ends, ages, found.careers.last),
        suffice.places(people, kinds, ends, ages, found.careers.last),
    )
    return Forecast(
        ages,
        found.careers.last,
        ends,
        found.grid.states,
        now.astype(np.int64),
        people,
        tables,
        limits.of(found, kinds, replications, months),
        origin,
        replications,
        seed,
        quantiles.mcse(people.sum(axis=2, dtype=np.int32)),
        found,
        ran,
    )


def _check(ages: tuple[int, int], months: int, replications: int) -> None:
    if not 0 <= ages[0] <= ages[1]:
        raise Refused(f"Ages {ages[0]} to {ages[1]} are not a band of ages. Write 12-17.")
    if ages[1] > OLDEST:
        raise Refused(
            f"Ages to {ages[1]} cannot be forecast: the return follows nobody past the 18th "
            f"birthday. Ask for ages up to {OLDEST}."
        )
    if not 1 <= months <= LONGEST:
        raise Refused(f"{months} months cannot be forecast. Ask for 1 to {LONGEST}.")
    if not 2 <= replications <= MOST:
        raise Refused(f"{replications:,} replications cannot be made. Ask for 2 to {MOST:,}.")


def _groups(ages: tuple[int, int], oldest: int) -> tuple[tuple[int, ...], int]:
    """First months of age of the groups counted apart, and which of them is asked for."""
    edges = sorted({0, ages[0] * 12, (ages[1] + 1) * 12} - {oldest})
    return tuple(edges), edges.index(ages[0] * 12)


def _simulated(
    found: Fit,
    months: int,
    replications: int,
    seed: int,
    edges: tuple[int, ...],
    progress: Callable[[int, int], object] | None,
) -> Simulation:
    # A block at a time, so that the rates of all of them are never held at once.
    parts = []
    for first in range(0, replications, fit.BLOCK):
        several = min(fit.BLOCK, replications - first)
        rates = found.draws(months, several, seed, first)
        parts.append(
            simulate.simulate(rates, found.population, seed=seed, groups=edges, number=first)
        )
        if progress is not None:
            progress(first + several, replications)
    return simulate.together(parts)
