"""The cells the model counts in: states, bands of age and of time in a state.

Time goes in months. Somebody is in one state, has an exact age in months and has been in the state
for a number of whole months. Rates hold for a cell (band of age, band of time in the state, state).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]

# Months of time in a state that are told apart; the last means "this or longer".
TRACKED = 12


@dataclass(frozen=True, slots=True)
class Grid:
    """`states`: keys of the live states, S of them; index S is *left*.

    `ages`: first month of age of each of the A bands, and last the month at whose beginning
    everybody has left (216: the 18th birthday). `durations`: first month in the state of each of
    the D bands. Somebody younger than `ages[0]` is not in the model.
    """

    states: tuple[str, ...]
    ages: tuple[int, ...] = (0, 12, 60, 120, 144, 168, 192, 216)
    durations: tuple[int, ...] = (0, 3, 6, 12)

    def __post_init__(self) -> None:
        if list(self.ages) != sorted(set(self.ages)) or len(self.ages) < 2:
            raise ValueError(f"bands of age must rise: {self.ages}")
        if self.durations[0] != 0 or list(self.durations) != sorted(set(self.durations)):
            raise ValueError(f"bands of time must rise from 0: {self.durations}")
        if self.durations[-1] > TRACKED:
            raise ValueError(f"a band of time may begin at {TRACKED} months at the latest")
        if len(set(self.states)) != len(self.states) or not self.states:
            raise ValueError("states must differ, and there must be one")

    @property
    def shape(self) -> tuple[int, int, int]:
        """(A, D, S)."""
        return len(self.ages) - 1, len(self.durations), len(self.states)

    @property
    def oldest(self) -> int:
        """The age in months at whose beginning everybody has left."""
        return self.ages[-1]

    def state(self, key: str) -> int:
        return self.states.index(key)

    def age_band(self, months: Whole) -> Whole:
        """The band of each age in months; -1 below the first, A from `oldest` on."""
        return np.searchsorted(np.asarray(self.ages), months, side="right") - 1

    def duration_band(self, months: Whole) -> Whole:
        """The band of each whole number of months in a state."""
        return np.searchsorted(np.asarray(self.durations), months, side="right") - 1


@dataclass(frozen=True, slots=True, eq=False)
class Population:
    """Who is there on the first day: N people by age (months), months in their state (at most
    `TRACKED`) and state (index). Arrays of shape (N,). Nothing says who anybody is."""

    age: Whole
    duration: Whole
    state: Whole

    def __post_init__(self) -> None:
        if not len(self.age) == len(self.duration) == len(self.state):
            raise ValueError("a population needs an age, a time and a state for each person")

    def __len__(self) -> int:
        return len(self.age)
