"""How many of each kind of place that is people, so that all of them suffice together."""

from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from onedoor.evidence.model.states import State
from onedoor.evidence.sizing import joint
from onedoor.evidence.table import Column, Table

ASSURANCE = 0.9  # the share of futures in which they are to suffice: our judgement, as in sizing

COLUMNS = (
    Column("until", "Twelve months to"),
    Column("state", "Kind of home (key)"),
    Column("words", "Kind of home"),
    Column("places", "Places, so that all kinds suffice", "places"),
    Column("alone", "Places, sized by itself", "places"),
    Column("suffice", "All suffice in", "share of futures, 0 to 1"),
    Column("suffice_alone", "All suffice if each is sized by itself", "share of futures, 0 to 1"),
    Column("mcse", "Monte-Carlo error of that share", "share of futures, 0 to 1"),
)


def places(
    people: NDArray[np.int16],
    kinds: tuple[State, ...],
    ends: tuple[date, ...],
    ages: tuple[int, int],
    last: date,
) -> Table:
    """The table `places`; `people` are (R, T, S) of the ages asked for."""
    sought = [at for at, kind in enumerate(kinds) if kind.sought and people[:, :, at].any()]
    rows = []
    for first in range(0, len(ends) if sought else 0, 12):
        cut = people[:, first : first + 12][:, :, sought]
        found = joint.size(cut, ASSURANCE)
        until = ends[min(first + 11, len(ends) - 1)]
        for at, its, alone in zip(sought, found.places, found.alone, strict=True):
            rows.append(
                (
                    *(until, kinds[at].key, kinds[at].words, int(its), int(alone)),
                    *(found.attained, found.attained_alone, float(f"{found.mcse:.1g}")),
                )
            )
    kind = [pl.Date, pl.String, pl.String, pl.Int64, pl.Int64, pl.Float64, pl.Float64, pl.Float64]
    schema = dict(zip((each.key for each in COLUMNS), kind, strict=True))
    return Table(
        "places",
        "Places that are people, sized together",
        COLUMNS,
        pl.DataFrame(rows, schema=schema, orient="row"),
        f"Futures: replications in which nobody aged {ages[0]} to {ages[1]} lacks a place of any "
        "of these kinds at any month's end of the year. The fewest places for "
        f"{ASSURANCE:.0%} of them.",
        f"Each twelve months from {last:%B %Y}; the last may be fewer.",
        (
            "Younger children who need the same families: these are places for the ages asked for.",
            "Which family, host or flat would suit whom; and short stays between month ends.",
        ),
    )
