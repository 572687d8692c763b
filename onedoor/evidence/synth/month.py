"""One month of a council: who is where, the causes at work, and the log that is written."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onedoor.evidence.synth.chance import Reals, Whole
from onedoor.evidence.synth.log import NOBODY, Log
from onedoor.evidence.synth.mechanism import Mechanism
from onedoor.evidence.synth.people import MONTH, People

Flags = NDArray[np.bool_]

# One number for each question that is asked of chance in a month, by its place.
(CHANGE, WHICH, DAY, HOME, OUT, OWN, HOUSE, WAY, WATCHED, LAW, LAW_DAY, LAW_TOO, EDGE, EDGE_DAY,
 REASON, FIRST_STATUS) = range(16)  # fmt: skip
EVENTS = 16  # this and the ones after it: two for each kind of event
QUESTIONS = 22


@dataclass(slots=True, eq=False)
class Now:
    """Where each of N people is. `home` 0 is with their family; `status` is a legal status;
    `watched` is at the edge of care, since a day; `row` is the open row of the log.
    Days are since 1970."""

    home: Whole
    out: Flags
    settled: Flags
    status: Whole
    since: Whole
    entered: Whole
    watched: Flags
    watched_since: Whole
    row: Whole
    house: Whole


def nobody_yet(n: int) -> Now:
    def zeros() -> Whole:
        return np.zeros(n, dtype=np.int64)

    def no() -> Flags:
        return np.zeros(n, dtype=bool)

    return Now(
        home=zeros(), out=no(), settled=no(), status=zeros(), since=zeros(), entered=zeros(),
        watched=no(), watched_since=zeros(), row=np.full(n, NOBODY), house=zeros(),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Month:
    """One month: from the day `first` up to the day `after`. `effects`: each cause by its name."""

    first: int
    after: int
    people: People
    now: Now
    log: Log
    how: Mechanism
    effects: dict[str, float]

    def age(self, who: Whole) -> Reals:
        """Age on the first day, in months."""
        return np.asarray((self.first - self.people.born[who]) / MONTH)

    def day(self, u: Reals) -> Whole:
        return np.asarray(self.first + (u * (self.after - self.first)).astype(np.int64))

    def end(self, who: Whole, day: Whole, rec: Whole, reason: Whole) -> None:
        """End the open rows. `rec` counts `how.endings`, `reason` counts `how.reasons`; one more
        than the last is X1, and a change in name only; -1 is blank."""
        self.log.end(row=self.now.row[who], dec=day, rec=rec, reason=reason)

    def begin(self, who: Whole, day: Whole, rne: Whole) -> None:
        """Begin a row for each, from where they are now."""
        now = self.now
        now.row[who] = self.log.begin(
            who=who, decom=day, rne=rne, status=now.status[who], home=now.home[who],
            settled=now.settled[who].astype(np.int64), out=now.out[who].astype(np.int64),
            house=now.house[who],
        )  # fmt: skip

    def watch(self, who: Whole, day: Whole) -> None:
        """Somebody begins to keep an eye on them."""
        self.now.watched[who] = True
        self.now.watched_since[who] = day

    def watch_no_more(self, who: Whole, day: Whole) -> None:
        self.log.watch(who=who, since=self.now.watched_since[who], until=day)
        self.now.watched[who] = False

    @property
    def goes_on(self) -> Whole:
        return np.array(len(self.how.endings))

    @property
    def in_name_only(self) -> Whole:
        return np.array(len(self.how.reasons))
