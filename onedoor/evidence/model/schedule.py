"""Rates that change with the months: draws at a few months, and the line between them."""

from dataclasses import dataclass

from onedoor.evidence.model.draws import Draws
from onedoor.evidence.model.grid import Grid
from onedoor.evidence.refusal import Refused


@dataclass(frozen=True, slots=True, eq=False)
class Schedule:
    """`draws[k]` are the draws that hold in month `at[k]` (months count from 0).

    Up to `at[0]` the first hold and from `at[-1]` on the last; in a month between two, each chance
    of a month (of staying, and of going to each state) and each expected number of arrivals is on
    the straight line between them. A sudden change is two draws at neighbouring months. `level` is
    that of the first draws: a schedule changes rates, never trend or good and bad years.
    """

    at: tuple[int, ...]
    draws: tuple[Draws, ...]

    def __post_init__(self) -> None:
        if not self.draws or len(self.at) != len(self.draws):
            raise Refused(
                f"A schedule has {len(self.at)} months and {len(self.draws)} draws. Give one month "
                "for each, and at least one."
            )
        if list(self.at) != sorted(set(self.at)):
            raise Refused(f"The months of a schedule are {self.at}. Give months that rise.")
        first = self.draws[0]
        for month, each in zip(self.at, self.draws, strict=True):
            if (each.grid, len(each), each.months) != (first.grid, len(first), first.months):
                raise Refused(
                    f"The draws of month {month} differ from the first in their grid, their number "
                    "or their months. Make all draws of a schedule from the same."
                )

    def __len__(self) -> int:
        return len(self.draws[0])

    @property
    def grid(self) -> Grid:
        return self.draws[0].grid

    @property
    def months(self) -> int:
        return self.draws[0].months

    def only(self, first: int, last: int) -> "Schedule":
        """The schedule of the draws from `first` up to `last`, not included."""
        return Schedule(self.at, tuple(each.only(first, last) for each in self.draws))

    def line(self, month: int) -> tuple[int, float]:
        """(k, w): in `month` the rates are (1 - w) times those of draws k plus w times those of
        draws k + 1; w is 0 where one of the draws holds alone."""
        if month >= self.at[-1]:
            return len(self.at) - 1, 0.0
        after = sum(at <= month for at in self.at)
        if after == 0:
            return 0, 0.0
        begun, done = self.at[after - 1], self.at[after]
        return after - 1, (month - begun) / (done - begun)


def of(rates: "Draws | Schedule") -> Schedule:
    """A schedule of draws that never change, or the schedule itself."""
    return rates if isinstance(rates, Schedule) else Schedule((0,), (rates,))
