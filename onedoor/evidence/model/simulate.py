"""The simulation: every young person, one at a time, month by month, once for each draw.

The timeline, which `exact` follows too:

- `population` is there on the first day, with whole months of age and in the state. Month t runs
  from t to t + 1; what is counted for it is what is so at its end.
- Whoever is `grid.oldest - 1` months old at the beginning of a month leaves in it, on the birthday.
- Everybody else stays or goes by the chances of the cell (band of age, band of time in the state,
  state) they are in at the *beginning* of the month. Then they are a month older. Who stays has
  been there a month longer (counted up to `TRACKED`); who has moved has been there for 0.
- The number who arrive in a cell (a, s) in month t is Poisson with mean `arrivals[a, s] *
  level[t]`. They are there at its end, with time 0 in the state and an age that is, at that end,
  any month of the band alike. Whether they stay is asked first in the next month. Nobody arrives
  and leaves within a month: `arrivals` are those who are still there at its end.

Places, where there are limits: who stays, who leaves and who comes of age is settled first. Then
those who need another state and those who arrive are placed one after the other, beginning at a
random one of them (first those who were here, in their order, then those who arrive, cell by cell).
Each takes the state they need, or else the first state on its route with room, which is counted in
`displaced`. A place stays somebody's until they have another: the bed of a person who is placed
later is not yet free. A person who finds nothing stays where they are (`waited`; also where the
route leads to the state they are in); somebody who arrives and finds nothing at all is counted in
`nowhere`. So no limit is ever passed, except by those who were there when it was lowered, and none
of them has to go.
"""

import importlib.util
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import ArrayLike

from onedoor.evidence.model import given, kernel_block, kernel_numpy, schedule
from onedoor.evidence.model.draws import Draws
from onedoor.evidence.model.grid import Population
from onedoor.evidence.model.schedule import Schedule
from onedoor.evidence.model.simulation import Simulation, together

__all__ = ["Draws", "Population", "Schedule", "Simulation", "simulate", "together"]

MEMORY = 200e6  # bytes of rates that one block may copy


def simulate(
    rates: Draws | Schedule,
    population: Population,
    *,
    seed: int,
    caps: ArrayLike | None = None,
    routes: ArrayLike | None = None,
    groups: tuple[int, ...] = (0,),
    number: int = 0,
    block: int = 1000,
    threads: int | None = None,
    fast: bool | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Simulation:
    """One replication for each of the R draws, for as many months as they have levels.

    `caps`: (S,) or (T, S), most people in each state, -1 for no limit. `routes`: (S, k), where
    those go who find a state full, in order, padded with -1. `groups`: first month of age of each
    group that is counted apart; each runs to the next. `number`: the number of the first
    replication: draws made and simulated in parts, each with its own number, give the same figures
    as all at once (`together`). Nor do `block` (replications at a time, which bounds the memory),
    `threads` (default: one for each processor) or `fast` (compiled: default where numba is
    installed) change any figure. `progress` is called with replications done and R.

    Refused where anything does not fit the grid, a chance is none, a level of arrivals is too large
    for one cell (700 a month), or more than 32,000 young people would be there at once.
    """
    path = schedule.of(rates)
    asked = kernel_block.Asked(
        seed=seed,
        number=number,
        caps=given.caps(caps, path),
        routes=given.routes(routes, path.grid),
        groups=given.groups(groups, path.grid),
    )
    given.check_population(population, path.grid)
    block = min(block, _most_that_fit(path))
    parts = []
    for first in range(0, len(path), block):
        last = min(first + block, len(path))
        cut = kernel_block.cut(path, population, first, last, asked)
        given.check_block(cut)
        counts = _counts(cut, fast, threads)
        parts.append(
            Simulation(
                *(path.grid, groups, seed, number + first),
                *(counts.occupied, counts.events, counts.asked),
            )
        )
        if progress:
            progress(last, len(path))
    return together(parts)


def compiled() -> bool:
    """Whether the compiled twin can be used here."""
    return importlib.util.find_spec("numba") is not None


def _counts(
    block: kernel_block.Block, fast: bool | None, threads: int | None
) -> kernel_block.Counts:
    if not (compiled() if fast is None else fast):
        return kernel_numpy.run(block)
    from onedoor.evidence.model import kernel_numba  # the extra `fast`, loaded only when used

    counts = kernel_block.Counts.none(block)
    size, workers = len(block.keys), threads or _processors()
    edges = np.linspace(0, size, min(workers, size) + 1).astype(int)
    pieces = list(zip(edges[:-1], edges[1:], strict=True))
    if len(pieces) == 1:
        kernel_numba.run(block, counts, 0, size)
        return counts
    with ThreadPoolExecutor(len(pieces)) as pool:
        list(pool.map(lambda piece: kernel_numba.run(block, counts, *piece), pieces))
    return counts


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):  # what this process may use, not what the machine has
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _most_that_fit(path: Schedule) -> int:
    each = sum(rates.to.nbytes + 2 * rates.stay.nbytes for rates in path.draws) / max(len(path), 1)
    return max(1, int(MEMORY / each)) if each else 1
