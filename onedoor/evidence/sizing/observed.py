"""Who came and how long they stayed, from the council's own returns."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import polars as pl

from onedoor.evidence.refusal import Refused
from onedoor.evidence.sizing import bunching, judged
from onedoor.evidence.sizing.bunching import Bunching
from onedoor.evidence.sizing.chain import YEAR, Demand
from onedoor.evidence.sizing.loss import Coming
from onedoor.evidence.sizing.question import Record, Records
from onedoor.evidence.ssda903 import Reading, dates, homes, hubs, spells

FEWEST_ENDED = 5


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A demand as the returns show it: for planned stays and for stays in a crisis, with the
    record behind each (None where nobody came), how they came, and in words what was counted."""

    demand: Demand
    coming: Coming
    records: Records
    bunching: Bunching | None
    first: date
    last: date
    source: str


def seen(
    reading: Reading,
    *,
    planned: tuple[str, ...] | None = None,
    crisis: tuple[str, ...] | None = None,
    crisis_days: int | None = None,
    ages: tuple[int, int] = (12, 17),
    lists: hubs.Hubs | None = None,
) -> Seen:
    """Stays in homes of these kinds (keys of `ssda903.homes`) by young people of these ages.

    A return does not say which stay began in a crisis. Either a kind of home says so (`crisis`),
    or `crisis_days` does: a stay in any of the homes that ended within so many days counts as one.
    Every move into such a home counts as somebody who came, from another such home too. `lists`:
    the council's own, which tell hubs from its other homes; without them its own homes are counted.
    Raises `Refused` for kinds that do not exist, years with a gap, or nobody who came and left.
    """
    if not 0 <= ages[0] <= ages[1]:
        raise Refused(f"Ages {ages[0]} to {ages[1]} are not a band of ages. Write 12-17.")
    if crisis_days is not None and crisis_days < 1:
        raise Refused(
            f"A stay in a crisis of at most {crisis_days} days cannot be: give 1 or more."
        )
    if planned is None:
        told = lists is not None
        planned = judged.kinds("planned_homes" if told else "planned_homes_without_lists")
    crisis = judged.kinds("crisis_homes") if crisis is None else crisis
    first, last = _window(reading)
    if lists is not None:
        reading = replace(reading, episodes=hubs.with_hubs(reading.episodes, lists))
    stays = _stays(reading, planned + crisis, ages, first, last)
    until = last
    if crisis_days is None:
        in_crisis = pl.col("kind").is_in(list(crisis))
        records = tuple(
            _record(stays.filter(chosen), first, last, 0) for chosen in (~in_crisis, in_crisis)
        )
    else:
        # The stays of the last days may yet turn out to be short.
        until = last - timedelta(days=crisis_days)
        short = pl.col("end").is_not_null() & (pl.col("days") <= crisis_days)
        begun = stays.filter(pl.col("start") <= until)
        records = (
            _record(begun.filter(~short), first, until, crisis_days),
            _record(begun.filter(short), first, until, 0),
        )
    if records == (None, None):
        raise Refused(
            f"Nobody aged {ages[0]} to {ages[1]} came to a home of these kinds "
            f"({', '.join(planned + crisis)}) and left it again from {first} to {last}: name other "
            "kinds, or give the numbers themselves (--planned 9x120)."
        )
    came = stays.filter(pl.col("start").is_between(first, until))["start"].to_list()
    found = bunching.measure(came, first, until) if len(came) >= bunching.FEWEST else None
    batch = 1.0 if found is None else found.batch
    return Seen(
        _demand(*records),
        Coming(batch, batch, _spread(stays)),
        (records[0], records[1]),
        found,
        first,
        last,
        f"{_in_words(planned, crisis, crisis_days, ages, first, last)} {_together(found)}",
    )


def _window(reading: Reading) -> tuple[date, date]:
    years = reading.years
    if not years:
        raise Refused("No return was read, so nobody can be counted.")
    missing = sorted(set(range(years[0], years[-1] + 1)) - set(years))
    if missing:
        raise Refused(
            f"The return to {', '.join(map(str, missing))} is missing between the others, so "
            "arrivals cannot be counted over all of them: add it, or leave out those before it."
        )
    return dates.first_day(years[0]), dates.last_day(years[-1])


def _stays(
    reading: Reading, kinds: tuple[str, ...], ages: tuple[int, int], first: date, last: date
) -> pl.DataFrame:
    """Stays that touch the days, with an end only where they ended by the last of them.

    `days` is how long the stay was, or has been on that last day.
    """
    unknown = sorted(set(kinds) - set(homes.words()))
    if unknown and not set(kinds) & set(homes.words()):
        raise Refused(
            f"There is no kind of home {', '.join(unknown)}; there are: {', '.join(homes.words())}."
        )
    found = spells.stays(reading.episodes).filter(
        pl.col("kind").is_in(list(kinds)),
        pl.col("start") <= last,
        pl.col("end").is_null() | (pl.col("end") >= first),
        dates.age("dob", pl.col("start")).is_between(*ages),
    )
    ended = pl.when(pl.col("end") <= last).then(pl.col("end"))
    return found.with_columns(ended.alias("end")).with_columns(
        (pl.coalesce("end", pl.lit(last + timedelta(days=1))) - pl.col("start"))
        .dt.total_days()
        .alias("days")
    )


def _record(stays: pl.DataFrame, first: date, last: date, beyond: int) -> Record | None:
    """Arrivals, ends and days lived from `first` to `last`.

    With `beyond` only stays longer than that are here: their days up to it are certain, so ends and
    days are counted after it and it is added to the mean again.
    """
    arrivals = stays.filter(pl.col("start").is_between(first, last)).height
    at_risk = pl.max_horizontal(pl.col("start") + timedelta(days=beyond), pl.lit(first))
    until = pl.min_horizontal(
        pl.coalesce("end", pl.lit(last + timedelta(days=1))), pl.lit(last + timedelta(days=1))
    )
    lived = stays.select((until - at_risk).dt.total_days().clip(0).sum()).item()
    ended = stays.filter(pl.col("end").is_between(first, last))
    if not arrivals or not ended.height or not lived:
        return None
    days = ended["days"].to_numpy().astype(np.float64)
    mean = float(days.mean())
    variation = float(days.std(ddof=1) / mean) if len(days) >= FEWEST_ENDED and mean else 1.0
    window = (last - first).days + 1
    return Record(arrivals, window, len(days), lived + beyond * len(days), variation)


def _demand(planned: Record | None, crisis: Record | None) -> Demand:
    numbers = [
        (0.0, 0.0)
        if record is None
        else (record.arrivals / record.days * YEAR, record.lived / record.ended)
        for record in (planned, crisis)
    ]
    return Demand(*numbers[0], *numbers[1])


def _spread(stays: pl.DataFrame) -> float:
    days = stays.filter(pl.col("end").is_not_null(), pl.col("days") > 0)["days"].to_numpy()
    if len(days) < FEWEST_ENDED:
        return judged.number("spread")
    return float(min(3.0, np.log(days).std(ddof=1)))


def _together(found: Bunching | None) -> str:
    if found is None:
        return "Too few came to tell whether they come one by one."
    return (
        f"{found.arrivals} came; measured from the days on which they did, {found.batch:.2f} came "
        f"together on average (90% of belief: {found.low:.2f} to {found.high:.2f})."
    )


def _in_words(
    planned: tuple[str, ...],
    crisis: tuple[str, ...],
    crisis_days: int | None,
    ages: tuple[int, int],
    first: date,
    last: date,
) -> str:
    names = homes.words()
    planned, crisis = (tuple(key for key in kinds if key in names) for kinds in (planned, crisis))
    listed = ", ".join(names[key] for key in planned + crisis)
    told = (
        "in a crisis: " + (", ".join(names[key] for key in crisis) or "none of them")
        if crisis_days is None
        else f"in a crisis: any that ended within {crisis_days} days"
    )
    return (
        f"Returns from {dates.in_words(first)} to {dates.in_words(last)}: stays of young people "
        f"aged {ages[0]} to {ages[1]} when they moved in, in {listed}; {told}."
    )
