"""What nights cost, exactly: whole pence from end to end, for stays that have been or are planned.

A night belongs to the day it begins; a stay from `start` to `end` has the nights from `start` up to
the night before `end`. A night of a price by the week is a seventh of it, which is no whole number
of pence, so each line carries the fraction it cannot show on to the next line: every line is within
a penny of its exact value, and all lines together are the exact whole, rounded once, half up.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from onedoor.evidence.money import years
from onedoor.evidence.money.rates.tariff import Piece, Tariff
from onedoor.evidence.refusal import Refused

Whole = NDArray[np.int64]

# Every unit has 1, 7, 365 or 366 nights, so every night's price is whole in this fraction of a
# penny and remainders add up without rounding.
PARTS = 7 * 365 * 366

LEDGER = pl.Schema(
    {
        "stay": pl.Int64(),
        "item": pl.String(),
        "payer": pl.String(),
        "class": pl.String(),
        "year": pl.String(),
        "first": pl.Date(),
        "nights": pl.Int64(),
        "price": pl.Int64(),
        "unit": pl.String(),
        "price_year": pl.String(),
        "low": pl.Int64(),
        "mode": pl.Int64(),
        "high": pl.Int64(),
    }
)


@dataclass(frozen=True, slots=True, eq=False)
class _Lines:
    piece: Piece
    year: str
    stay: Whole
    first: Whole
    nights: Whole


def ledger(stays: pl.DataFrame, tariff: Tariff, first: date, until: date) -> pl.DataFrame:
    """A line for each stay, price and financial year with a night in it.

    `stays`: columns item (key of a price), start and end (dates; a blank end is still going on).
    Nights from `first` up to `until`, not included, are priced. Gives `LEDGER`: `stay` is the row
    of `stays`, `price` the pence of one `unit`, and `low`, `mode` and `high` the line in pence, in
    prices of `price_year`.

    Raises `Refused` when a night that is needed has no price, or a stay ends before it starts.
    """
    if until <= first:
        raise Refused(f"There is no night from {first} up to {until}: give a later last day.")
    start, end = _clipped(stays, first, until)
    there = end > start
    parts = []
    items = stays["item"]
    for item in items.filter(pl.Series(there)).unique().sort().to_list():
        own = np.flatnonzero(there & (items == item).to_numpy())
        for payer in tariff.payers(item):
            parts += _paid(tariff, item, payer, own, start[own], end[own])
    return _priced(parts)


def totals(lines: pl.DataFrame, *by: str) -> pl.DataFrame:
    """The ledger added up by some of its columns (item, payer, class, year): nights and pence.
    The totals add up to the whole ledger, to the penny."""
    return lines.group_by(*by).agg(pl.col("nights", "low", "mode", "high").sum()).sort(*by)


def _clipped(stays: pl.DataFrame, first: date, until: date) -> tuple[Whole, Whole]:
    """Days since 1970 on which each stay starts and ends, inside the window."""
    backwards = stays.filter(pl.col("end") < pl.col("start"))
    if len(backwards):
        item, start, end = backwards.select("item", "start", "end").row(0)
        raise Refused(f"A stay in {item} ends on {end}, before it starts on {start}. Mend it.")
    bounds = [
        stays[name].fill_null(until).clip(first, until).cast(pl.Int32).to_numpy().astype(np.int64)
        for name in ("start", "end")
    ]
    return bounds[0], bounds[1]


def _paid(
    tariff: Tariff, item: str, payer: str, own: Whole, start: Whole, end: Whole
) -> list[_Lines]:
    """What one payer pays for these stays; raises `Refused` when a night of theirs has no price."""
    found = []
    for piece in tariff.known(item, payer, _day(start.min()), _day(end.max())):
        found += _lines(piece, own, start, end)
    missing = np.zeros(own.max() + 1, np.int64)
    missing[own] = end - start
    for each in found:
        missing[each.stay] -= each.nights
    for which in np.flatnonzero(missing[own])[:1]:
        tariff.pieces(item, payer, _day(start[which]), _day(end[which]))
    return found


def _lines(piece: Piece, own: Whole, start: Whole, end: Whole) -> list[_Lines]:
    """The nights of each stay that fall in the piece, apart by financial year."""
    found, first = [], piece.first
    while first <= piece.last:
        year = years.of(first)
        last = min(piece.last, years.ends(year))
        begins = np.maximum(start, _number(first))
        nights = np.minimum(end, _number(last) + 1) - begins
        some = nights > 0
        found.append(_Lines(piece, year, own[some], begins[some], nights[some]))
        first = years.next_day(last)
    return found


def _priced(parts: list[_Lines]) -> pl.DataFrame:
    parts = [each for each in parts if len(each.nights)]
    if not parts:
        return LEDGER.to_frame()
    nights = np.concatenate([each.nights for each in parts])
    counts = np.array([len(each.nights) for each in parts])
    inside = np.repeat([each.piece.nights_in_unit for each in parts], counts)

    def spread(values: list[str]) -> pl.Series:
        """One value for each part, as often as the part has lines."""
        names = pl.Series(values, dtype=pl.String)
        return names.gather(np.repeat(np.arange(len(parts)), counts))

    priced = {
        name: _carried(
            nights * np.repeat([getattr(each.piece.rate, name) for each in parts], counts), inside
        )
        for name in ("low", "mode", "high")
    }
    found = pl.DataFrame(
        {
            "stay": np.concatenate([each.stay for each in parts]),
            "item": spread([each.piece.rate.item for each in parts]),
            "payer": spread([each.piece.rate.payer for each in parts]),
            "class": spread([each.piece.rate.kind for each in parts]),
            "year": spread([each.year for each in parts]),
            "first": pl.Series(np.concatenate([each.first for each in parts]))
            .cast(pl.Int32)
            .cast(pl.Date),
            "nights": nights,
            "price": np.repeat([each.piece.rate.mode for each in parts], counts),
            "unit": spread([each.piece.rate.unit for each in parts]),
            "price_year": spread([each.piece.rate.price_year for each in parts]),
            **priced,
        }
    )
    return found.cast(LEDGER)


def _carried(pence: Whole, inside: Whole) -> Whole:
    """`pence` over `inside`, in whole pence, each line carrying its remainder on to the next."""
    whole, left = np.divmod(pence, inside)
    # Remainders are far below the largest integer even after millions of lines.
    run = np.cumsum(left * (PARTS // inside))
    shown = (2 * run + PARTS) // (2 * PARTS)
    carried: Whole = whole + np.diff(shown, prepend=0)
    return carried


def _number(day: date) -> int:
    return day.toordinal() - date(1970, 1, 1).toordinal()


def _day(number: np.int64) -> date:
    return date.fromordinal(int(number) + date(1970, 1, 1).toordinal())
