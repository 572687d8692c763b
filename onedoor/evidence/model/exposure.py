"""How often it happened, and for how long it could have: counts for each cell of the grid.

Two ways to count the same careers. `days` is exact: every run is split on the day of each birthday
that ends a band of age and of each month of stay that ends a band of time, and what happened is
counted in the band of the last night before it. `steps` looks once a month, on the last day, as the
model does: how many were somewhere at the end of a month, and where at the end of the next.

Neither counts what follows the last birthday of the grid, nor leaving on that day: that is a date
and no chance. Time in a state whose start was not seen counts only where it is long enough to be in
the last band whatever the start was.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from onedoor.evidence.model.careers import STILL_THERE, Careers
from onedoor.evidence.model.grid import Grid, Whole

DAYS_IN_A_MONTH = 365.25 / 12

# Later than any day: where a last band of time ends.
NEVER = np.iinfo(np.int32).max


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """What happened and for how long, by band of age, band of time in the state, and state.

    `moves`: (A, D, S, S+1), moves to another state, the last *left*. `same`: (A, D, S), moves to
    another home of the same state, by exact days whichever way the rest is counted. `exposure`:
    (A, D, S), person-months: by `days`, days over 30.4375; by `steps`, months begun in the cell in
    which leaving was not a matter of the date. `arrivals`: (A, S), and `months` in which they came.
    `by_month`: (months,), arrivals of each month of the watch, oldest first (steps only).
    """

    grid: Grid
    moves: Whole
    same: Whole
    exposure: NDArray[np.float64]
    arrivals: Whole
    months: float
    by_month: Whole
    by: Literal["days", "months"]


def days(careers: Careers, grid: Grid) -> Counts:
    """Counts on exact days. Raises nothing; a state that nobody was in has no exposure."""
    runs, first, last = careers.runs, _day(careers.first), _day(careers.last)
    state = runs["state"].to_numpy()
    known = runs["since_known"].to_numpy()
    start = _days(runs["start"])
    gone = runs["end"].is_not_null().to_numpy()
    end = np.where(gone, _days(runs["end"].fill_null(careers.last)), last)
    birthdays = _later(runs["dob"], grid.ages)
    since = _later(runs["start"], grid.durations)
    exposure = _overlaps(
        grid, state, known, np.maximum(start, first), np.minimum(end, last), birthdays, since
    )
    night = np.maximum(end - 1, start)
    counted = gone & (end > first) & (end < birthdays[-1])
    cell = _cells(grid, night, birthdays, since, known)
    moves = _tally(grid, counted, cell, state, runs["next"].to_numpy())
    new = runs["new"].to_numpy() & (start >= first) & (start < birthdays[-1])
    return Counts(
        grid,
        moves,
        _same(careers, grid),
        exposure / DAYS_IN_A_MONTH,
        _arrivals(grid, new, _band(start, birthdays), state),
        (last - first + 1) / DAYS_IN_A_MONTH,
        np.zeros(0, np.int64),
        "days",
    )


def steps(careers: Careers, grid: Grid, seen: pl.DataFrame | None = None) -> Counts:
    """Counts from one month's end to the next, as the model goes. `seen`: `monthly(careers)`, where
    it is at hand already."""
    seen = monthly(careers) if seen is None else seen
    state, born = seen["state"].to_numpy(), seen["born"].to_numpy()
    since, until = seen["since"].to_numpy(), seen["until"].to_numpy()
    known = seen["since_known"].to_numpy()
    first, last = month(careers.first) - 1, month(careers.last)
    birthdays = [born + months for months in grid.ages]
    in_state = [since + months for months in grid.durations]
    # Whoever reaches the last birthday within the month has left by its end, whatever happens.
    end = np.minimum(np.minimum(until + 1, last), birthdays[-1] - 1)
    exposure = _overlaps(grid, state, known, np.maximum(since, first), end, birthdays, in_state)
    counted = (until >= first) & (until < end)
    cell = _cells(grid, until, birthdays, in_state, known)
    new = seen["new"].to_numpy() & (since > first) & (since < birthdays[-1])
    new &= since >= birthdays[0]
    return Counts(
        grid,
        _tally(grid, counted, cell, state, seen["next"].to_numpy()),
        _same(careers, grid),
        exposure,
        _arrivals(grid, new, _band(since, birthdays), state),
        float(last - first),
        np.bincount(since[new] - first - 1, minlength=last - first).astype(np.int64),
        "months",
    )


def monthly(careers: Careers) -> pl.DataFrame:
    """Runs as they show on the last day of each month: person, state, born, since, until (months,
    numbered by `month`; until is the last one they show on), since_known, new and next.

    A run that begins and ends between two of those days does not show; runs of the same state on
    both sides of it are one.
    """
    rows = careers.runs.select(
        *("person", "state", "since_known"),
        _month("dob").alias("born"),
        _month("start").alias("since"),
        pl.when(pl.col("next") == STILL_THERE)
        .then(month(careers.last))
        .otherwise(_month("end") - 1)
        .alias("until"),
    ).filter(pl.col("until") >= pl.col("since"))
    follows = (pl.col("person") == pl.col("person").shift()) & (
        pl.col("since") == pl.col("until").shift() + 1
    )
    again = follows & (pl.col("state") == pl.col("state").shift())
    rows = rows.with_columns(
        follows.fill_null(False).alias("follows"), (~again.fill_null(False)).cum_sum().alias("run")
    )
    rows = rows.group_by("run", maintain_order=True).agg(
        pl.exclude("until").first(), pl.col("until").last()
    )
    following = pl.when(pl.col("follows").shift(-1)).then(pl.col("state").shift(-1))
    left = len(careers.states)
    return rows.select(
        *("person", "state", "born", "since", "until", "since_known"),
        (~pl.col("follows")).alias("new"),
        following.fill_null(left).alias("next"),
    )


def month(day: date) -> int:
    """The number of a month, such that the next has the next number."""
    return day.year * 12 + day.month - 1


def _month(column: str) -> pl.Expr:
    return pl.col(column).dt.year().cast(pl.Int64) * 12 + pl.col(column).dt.month() - 1


def _day(day: date) -> int:
    return (day - date(1970, 1, 1)).days


def _days(column: pl.Series) -> Whole:
    return column.cast(pl.Int32).cast(pl.Int64).to_numpy()


def _later(column: pl.Series, months: tuple[int, ...]) -> list[Whole]:
    """The days so many months later; the first of the next month where there is no such day."""
    day = _days(column)
    in_month = day.astype("M8[D]").astype("M8[M]")
    month = in_month.astype(np.int64)
    since_first = day - _first(month)
    return [np.minimum(_first(month + at) + since_first, _first(month + at + 1)) for at in months]


def _first(month: Whole) -> Whole:
    """The first day of each month, counted from January 1970, as days are."""
    return month.astype("M8[M]").astype("M8[D]").astype(np.int64)


def _overlaps(
    grid: Grid,
    state: Whole,
    known: NDArray[np.bool_],
    start: Whole,
    end: Whole,
    birthdays: list[Whole],
    since: list[Whole],
) -> NDArray[np.float64]:
    """(A, D, S): how much of each run lies in each cell."""
    bands, times, states = grid.shape
    found = np.zeros(grid.shape)
    for time in range(times):
        whose = slice(None) if time == times - 1 else known
        low = np.maximum(start, since[time])[whose]
        high = end[whose] if time == times - 1 else np.minimum(end, since[time + 1])[whose]
        some = np.flatnonzero(high > low)
        low, high, there = low[some], high[some], state[whose][some]
        for band in range(bands):
            begins, ends = birthdays[band][whose][some], birthdays[band + 1][whose][some]
            length = np.minimum(high, ends) - np.maximum(low, begins)
            found[band, time] = np.bincount(there, np.maximum(length, 0), states)
    return found


def _band(at: Whole, edges: list[Whole]) -> Whole:
    """For each row the band whose edges it lies between: -1 before the first."""
    found = np.full(len(at), -1)
    for edge in edges:
        found += at >= edge
    return found


def _cells(
    grid: Grid, at: Whole, birthdays: list[Whole], since: list[Whole], known: NDArray[np.bool_]
) -> tuple[Whole, Whole]:
    """The bands of age and of time of each row; of age -1 where it does not count."""
    age, time = _band(at, birthdays), _band(at, since)
    unsure = ~known & (time < len(grid.durations) - 1)
    return np.where(unsure | (age >= grid.shape[0]), -1, age), time


def _tally(
    grid: Grid, counted: NDArray[np.bool_], cell: tuple[Whole, Whole], state: Whole, to: Whole
) -> Whole:
    age, time = cell
    rows = counted & (age >= 0) & (to >= 0)
    shape = (*grid.shape, grid.shape[-1] + 1)
    at = np.ravel_multi_index((age[rows], time[rows], state[rows], to[rows]), shape)
    return np.bincount(at, minlength=int(np.prod(shape))).reshape(shape).astype(np.int64)


def _same(careers: Careers, grid: Grid) -> Whole:
    moves, found = careers.moves, np.zeros(grid.shape, np.int64)
    on = _days(moves["on"])
    birthdays = _later(moves["dob"], grid.ages)
    since = _later(moves["start"], grid.durations)
    known = moves["since_known"].to_numpy()
    age, time = _cells(grid, np.maximum(on - 1, since[0]), birthdays, since, known)
    rows = (age >= 0) & (on > _day(careers.first)) & (on <= _day(careers.last))
    np.add.at(found, (age[rows], time[rows], moves["state"].to_numpy()[rows]), 1)
    return found


def _arrivals(grid: Grid, new: NDArray[np.bool_], age: Whole, state: Whole) -> Whole:
    found = np.zeros((grid.shape[0], grid.shape[-1]), np.int64)
    rows = new & (age >= 0)
    np.add.at(found, (age[rows], state[rows]), 1)
    return found
