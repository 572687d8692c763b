"""Episodes as they are lived, and times at the edge of care.

A row is begun, and ended later by its number.
"""

from dataclasses import dataclass, field

import numpy as np

from onedoor.evidence.synth.chance import Whole

# Why an episode begins, in the words of the return, by number.
RNE = ("S", "L", "P", "T", "B", "U")
STARTS, LEGAL, MOVES, SAME_CARER, MOVES_AND_LEGAL, SAME_AND_LEGAL = range(len(RNE))

NOBODY = -1

BEGUN = ("who", "decom", "rne", "status", "home", "settled", "out", "house")
ENDED = ("row", "dec", "rec", "reason")
WATCHED = ("who", "since", "until")


@dataclass(slots=True, eq=False)
class Log:
    """Columns of whole numbers, in pieces; `rows` is how many have begun."""

    rows: int = 0
    begun: list[Whole] = field(default_factory=list)
    ended: list[Whole] = field(default_factory=list)
    watched: list[Whole] = field(default_factory=list)

    def begin(self, **columns: Whole) -> Whole:
        """Begin an episode for each value; gives the numbers of the new rows."""
        n = len(columns["who"])
        self.begun.append(np.stack([np.broadcast_to(columns[name], n) for name in BEGUN]))
        self.rows += n
        return np.arange(self.rows - n, self.rows)

    def end(self, **columns: Whole) -> None:
        n = len(columns["row"])
        self.ended.append(np.stack([np.broadcast_to(columns[name], n) for name in ENDED]))

    def watch(self, **columns: Whole) -> None:
        """A time at the edge of care that is over; `until` -1 is one that is not."""
        n = len(columns["who"])
        self.watched.append(np.stack([np.broadcast_to(columns[name], n) for name in WATCHED]))

    def edge(self) -> dict[str, Whole]:
        return dict(zip(WATCHED, np.concatenate(self.watched, axis=1), strict=True))

    def columns(self) -> dict[str, Whole]:
        """All rows; `dec`, `rec` and `reason` are -1 where the episode is open."""
        begun = np.concatenate(self.begun, axis=1)
        found = dict(zip(BEGUN, begun, strict=True))
        ended = np.concatenate(self.ended, axis=1)
        for name, values in zip(ENDED[1:], ended[1:], strict=True):
            found[name] = np.full(self.rows, -1)
            found[name][ended[0]] = values
        return found
