"""From replications to tables: the mean and the quantiles, with no more digits than they bear."""

import math
from calendar import monthrange
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from onedoor.evidence.model.simulation import Simulation
from onedoor.evidence.model.states import State
from onedoor.evidence.table import Column, Table

CUTS = {"q05": 0.05, "q25": 0.25, "q50": 0.5, "q75": 0.75, "q95": 0.95}
SPREAD = (
    Column("mean", "Mean", "young people"),
    Column("q05", "5 in 100 are below", "young people"),
    Column("q25", "A quarter are below", "young people"),
    Column("q50", "Half are below", "young people"),
    Column("q75", "Three quarters are below", "young people"),
    Column("q95", "95 in 100 are below", "young people"),
    Column("mcse", "Monte-Carlo error of the mean", "young people"),
)
IF_IT_GOES_ON = (
    "What a new decision would change: this is what comes if things go on as they have.",
    "Places that are full: everybody is taken to find the kind of home that they need.",
)

Numbers = NDArray[np.int32] | NDArray[np.int16] | NDArray[np.float64]


def month_ends(last: date, months: int) -> tuple[date, ...]:
    """The last day of each of so many months after a day."""
    found = []
    for ahead in range(1, months + 1):
        year, month = divmod(last.year * 12 + last.month - 1 + ahead, 12)
        found.append(date(year, month + 1, monthrange(year, month + 1)[1]))
    return tuple(found)


def mcse(numbers: Numbers) -> float:
    """The largest standard error, over months, of the mean of (R, T)."""
    return float((numbers.std(axis=0, ddof=1) / math.sqrt(len(numbers))).max())


def tables(
    people: NDArray[np.int16],
    ran: Simulation,
    kinds: tuple[State, ...],
    ends: tuple[date, ...],
    ages: tuple[int, int],
    last: date,
) -> tuple[Table, ...]:
    """The tables of a forecast; `people` (R, T, S) are those of the ages asked for."""
    who = f"Young people aged {ages[0]} to {ages[1]} on the day, looked after on the day."
    when = f"The last day of each month to {ends[-1]:%B %Y}, from returns to {last:%B %Y}."
    return (
        _in_all(people, ends, who, when),
        _by_home(people, kinds, ends, who, when),
        _in_a_family(people, kinds, ends, ages, last),
        _arrivals(ran, ends, last),
    )


def _in_all(people: NDArray[np.int16], ends: tuple[date, ...], who: str, when: str) -> Table:
    rows = pl.DataFrame({"month": range(1, len(ends) + 1), "on": ends}).hstack(
        spread(people.sum(axis=2, dtype=np.int32))
    )
    columns = (Column("month", "Months ahead"), Column("on", "On"), *SPREAD)
    return Table("in_all", "Looked after, in all", columns, rows, who, when, IF_IT_GOES_ON)


def _by_home(
    people: NDArray[np.int16],
    kinds: tuple[State, ...],
    ends: tuple[date, ...],
    who: str,
    when: str,
) -> Table:
    flat = people.reshape(len(people), -1)
    each = len(kinds)
    rows = pl.DataFrame(
        {
            "month": np.repeat(np.arange(1, len(ends) + 1), each),
            "on": [day for day in ends for _ in kinds],
            "state": [kind.key for kind in kinds] * len(ends),
            "words": [kind.words for kind in kinds] * len(ends),
        }
    ).hstack(spread(flat))
    columns = (
        Column("month", "Months ahead"),
        Column("on", "On"),
        Column("state", "Kind of home (key)"),
        Column("words", "Kind of home"),
        *SPREAD,
    )
    return Table(
        "by_home", "Looked after, by kind of home", columns, rows, who, when, IF_IT_GOES_ON
    )


def _in_a_family(
    people: NDArray[np.int16],
    kinds: tuple[State, ...],
    ends: tuple[date, ...],
    ages: tuple[int, int],
    last: date,
) -> Table:
    nights = np.array([day.day for day in ends], float)
    family = np.array([kind.family for kind in kinds])
    rows = []
    for first in range(0, len(ends), 12):
        cut = slice(first, first + 12)
        spent = people[:, cut].sum(axis=2) @ nights[cut]
        at_home = people[:, cut][:, :, family].sum(axis=2) @ nights[cut]
        share = np.divide(at_home, spent, out=np.full(len(spent), np.nan), where=spent > 0)
        share = share[np.isfinite(share)]
        if share.size > 1:  # of one there is no spread
            until = ends[min(first + 11, len(ends) - 1)]
            rows.append({"until": until, **spread(share[:, None], most=4).row(0, named=True)})
    words = {each.key: each.words for each in SPREAD}
    columns = (
        Column("until", "Twelve months to"),
        *(Column(key, words[key], "share of nights, 0 to 1") for key in words),
    )
    names = ", ".join(kind.words.lower() for kind in kinds if kind.family)
    return Table(
        "in_a_family",
        "Share of nights in a family",
        columns,
        pl.DataFrame(rows, schema={"until": pl.Date, **dict.fromkeys(words, pl.Float64)}),
        f"Nights in care of young people aged {ages[0]} to {ages[1]}: those there at the end of a "
        f"month stand for its nights. Futures with no such night are left out. In a family means: "
        f"{names}.",
        f"Each twelve months from {last:%B %Y}; the last may be fewer.",
        ("Whether a family was the right home.", *IF_IT_GOES_ON),
    )


def _arrivals(ran: Simulation, ends: tuple[date, ...], last: date) -> Table:
    came = np.add.reduceat(ran.arrived.astype(np.int32), np.arange(0, len(ends), 12), axis=1)
    untils = [ends[min(first + 11, len(ends) - 1)] for first in range(0, len(ends), 12)]
    rows = pl.DataFrame({"until": untils}).hstack(spread(came))
    return Table(
        "arrivals",
        "Starting to be looked after, all ages",
        (Column("until", "Twelve months to"), *SPREAD),
        rows,
        "Children and young people of all ages who start and are still there at a month's end.",
        f"Each twelve months from {last:%B %Y}; the last may be fewer.",
        ("Those who start and leave within a month.", *IF_IT_GOES_ON),
    )


def spread(numbers: Numbers, most: int = 2) -> pl.DataFrame:
    """Mean, quantiles and error of each column of (R, N). The mean has no more digits than its
    Monte-Carlo error bears, and at most so many; whole numbers have whole quantiles."""
    mean = numbers.mean(axis=0, dtype=np.float64)
    error = numbers.std(axis=0, ddof=1, dtype=np.float64) / math.sqrt(len(numbers))
    cuts = np.quantile(numbers, list(CUTS.values()), axis=0, method="inverted_cdf")
    found = {"mean": [bear(*pair, most) for pair in zip(mean, error, strict=True)]}
    whole = numbers.dtype.kind == "i"
    for key, row in zip(CUTS, cuts, strict=True):
        found[key] = [
            float(number) if whole else bear(number, its, most)
            for number, its in zip(row, error, strict=True)
        ]
    found["mcse"] = [float(f"{each:.1g}") for each in error]
    return pl.DataFrame(found)


def bear(number: float, error: float, most: int) -> float:
    """The number, rounded to the digits that its error bears: the last is the first of the error,
    and no more than `most` stand behind the point."""
    if not error > 0:
        return round(float(number), most)
    return round(float(number), min(most, -math.floor(math.log10(error))))
