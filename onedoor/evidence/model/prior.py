"""What is believed about a cell before its own counts: the council's own pattern, and England's.

The monthly rate of leaving a state is taken as the product of an effect of age, one of time in the
state and one of the state, fitted to the council's own counts. A state with few months behind it
leans on the published national rate of its type of home. Nothing is published about where people
go, so that leans on where the council's own people of that age go: a flat guess over so many
destinations would keep people in care who leave it.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onedoor.evidence.model.exposure import Counts

Reals = NDArray[np.float64]

# Person-months that a prior weighs where several councils do not say otherwise (our judgement).
KAPPA = 30.0
# Moves that where people of an age go weighs, against where those of the same state go (ours too).
LEAN = 10.0
ROUNDS = 50


@dataclass(frozen=True, slots=True, eq=False)
class Prior:
    """`leave`: (A, D, S), monthly rate of leaving the state. `to`: (A, S, S+1), where to; rows sum
    to 1. `same`: (A, D, S), monthly rate of moving to another home of the state."""

    leave: Reals
    to: Reals
    same: Reals


@cache
def national() -> Mapping[str, float]:
    """The monthly rate in England of leaving a home, for each state that a type of home stands for.

    Source: `national.toml`.
    """
    return {
        state: (each["ended"] - each.get("status", 0)) / (12 * each["stock"])
        for each in _read()["type"]
        for state in each["states"]
    }


def england() -> date:
    """The last day of the year that the rates of England are those of."""
    dated = _read()["dated"]
    assert isinstance(dated, date)
    return dated


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("national.toml").read_text("utf-8"))


def prior(counts: Counts, kappa: float = KAPPA, rates: Mapping[str, float] | None = None) -> Prior:
    """The prior of one council. `rates`: monthly rates of leaving a home by state (England's where
    none are given); a state that they do not name leans on the council as a whole."""
    left, stayed = counts.moves.sum(axis=-1), counts.same
    known = national() if rates is None else rates
    homes = np.array([known.get(each, np.nan) for each in counts.grid.states])
    all_moves = max(float(left.sum() + stayed.sum()), 1.0)
    return Prior(
        _product(left, counts.exposure, homes * (left.sum() / all_moves), kappa),
        _destinations(counts),
        _product(stayed, counts.exposure, homes * (stayed.sum() / all_moves), kappa),
    )


def _product(events: NDArray[np.int64], exposure: Reals, lean: Reals, kappa: float) -> Reals:
    """Rates age x time x state that fit the sums of the events; each state leans on `lean`, each
    age and time on the whole, with the weight of `kappa` person-months."""
    whole = (events.sum() + 0.5) / max(exposure.sum(), 1.0)
    lean = np.where(np.isfinite(lean) & (lean > 0), lean, whole)
    age, time = np.ones(events.shape[0]), np.ones(events.shape[1])
    state = lean.copy()
    for _ in range(ROUNDS):
        expected = np.einsum("ads,a,d->s", exposure, age, time)
        state = (events.sum(axis=(0, 1)) + kappa * lean) / (expected + kappa)
        expected = np.einsum("ads,d,s->a", exposure, time, state)
        age = (events.sum(axis=(1, 2)) + kappa * whole) / (expected + kappa * whole)
        expected = np.einsum("ads,a,s->d", exposure, age, state)
        time = (events.sum(axis=(0, 2)) + kappa * whole) / (expected + kappa * whole)
    return np.asarray(np.einsum("a,d,s->ads", age, time, state))


def _destinations(counts: Counts) -> Reals:
    """(A, S, S+1): where people of an age go from a state, leaning on where all of that age go."""
    moves = counts.moves.sum(axis=1).astype(float)
    states = moves.shape[1]
    everywhere = moves.sum(axis=(0, 1)) + 0.5
    of_age = moves.sum(axis=1) + LEAN * everywhere / everywhere.sum()
    lean = np.repeat(of_age[:, None, :], states, axis=1)
    # Nobody moves to the state they are in: that is staying.
    lean[:, np.arange(states), np.arange(states)] = 0
    lean /= lean.sum(axis=-1, keepdims=True)
    found = moves + LEAN * lean
    return np.asarray(found / found.sum(axis=-1, keepdims=True))
