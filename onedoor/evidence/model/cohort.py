"""The plainest forecast: one cohort, the same rates for everybody, a number for each state.

It has no ages, no time in a state and no chance, so it is no forecast of ours: it is what the
sector's forecasters do, kept to be held against them and against `exact`.
"""

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]


def cohort(start: Reals, rates: Reals, arrivals: Reals, steps: int) -> Reals:
    """(steps, ..., S), the expected number in each of S states after each step.

    `start`: (S,). `rates`: (..., S, S+1), the share of a state that goes to each other state in a
    step, the last to *left*; where they add up to more than all, all go, in proportion. Many sets
    of rates may be given at once. `arrivals`: (S,), a step's arrivals, who are there at its end.
    """
    out = rates.sum(axis=-1, keepdims=True)
    share = np.divide(rates, out, where=out > 0, out=np.zeros_like(rates))
    gone = np.clip(out, 0, 1)
    step = gone * share[..., :-1] + np.eye(len(start)) * (1 - gone)
    found = np.empty((steps, *step.shape[:-2], len(start)))
    now = np.broadcast_to(np.asarray(start, float), (*step.shape[:-2], 1, len(start)))
    for at in range(steps):
        now = now @ step + arrivals
        found[at] = now[..., 0, :]
    return found
