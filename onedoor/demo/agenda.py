"""What is still to happen, in the order of the clock. Whatever lies past the end never happens."""

import heapq
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
Happening = Callable[[datetime], None]


class Agenda:
    def __init__(self, until: datetime) -> None:
        self.until = until
        self._heap: list[tuple[datetime, int, Happening]] = []
        self._turn = count()  # two things at one moment happen in the order they were planned

    def on(self, at: datetime, what: Happening) -> None:
        if at <= self.until:
            heapq.heappush(self._heap, (at, next(self._turn), what))

    def live(self, told: Callable[[date], None] = lambda day: None) -> None:
        """Let everything happen, day after day. `told` hears each day begin."""
        today = date.min
        while self._heap:
            at, _, what = heapq.heappop(self._heap)
            if at.date() != today:
                today = at.date()
                told(today)
            what(at)


def clock(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), LONDON)


def some_time(rng: Random, day: date, first: int = 8, last: int = 19) -> datetime:
    """A moment of that day at which people are about."""
    return clock(day, rng.randint(first, last), rng.randrange(60))


def days_after(day: date, fewest: int, most: int, rng: Random) -> date:
    return day + timedelta(days=rng.randint(fewest, most))
