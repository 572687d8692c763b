"""Rates and people that nobody measured: only their shapes and sizes are like a council's."""

import numpy as np

from onedoor.evidence.model.draws import Draws
from onedoor.evidence.model.grid import TRACKED, Grid, Population

ADOLESCENT = (144, 168, 192, 216)


def grid(states=12, ages=ADOLESCENT):
    return Grid(tuple(f"kind {number}" for number in range(states)), ages=ages)


def rates(
    replications, months, *, states=12, ages=ADOLESCENT, arrive=8.0, alike=False, uneven=0.2, seed=1
):
    """Draws with about one in eleven who do not stay each month; `alike`: all draws the same."""
    dice = np.random.default_rng(seed)
    cells = grid(states, ages)
    a, d, s = cells.shape
    made = 1 if alike else replications
    stay = 0.85 + 0.12 * dice.random((made, a, d, s))
    to = dice.gamma(0.7, size=(made, a, d, s, s + 1))
    to[..., range(s), range(s)] = 0
    to[..., s] += 0.3
    to /= to.sum(axis=-1, keepdims=True)
    arrivals = dice.random((made, a, s))
    arrivals *= arrive / arrivals.sum(axis=(1, 2), keepdims=True)
    level = np.exp(uneven * dice.standard_normal((replications, months)))
    same = 0.05 * dice.random((made, a, d, s))
    many = [
        np.broadcast_to(each.astype(np.float32), (replications, *each.shape[1:]))
        for each in (stay, to, same, arrivals)
    ]
    return Draws(cells, *many, level.astype(np.float32))


def people(count, cells, seed=2):
    dice = np.random.default_rng(seed)
    return Population(
        dice.integers(cells.ages[0], cells.oldest, count),
        dice.integers(0, TRACKED + 1, count),
        dice.integers(0, len(cells.states), count),
    )
