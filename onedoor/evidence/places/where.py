"""In or out of the responsible authority, on a day; and how far from home.

As the DfE counts it: a home is in when the upper-tier authority of its postcode is the responsible
one, and the distance is the straight line between the two postcodes in miles. What the DfE does not
do: both authorities are those of the day that is asked about, and what nobody can say is *unknown*.
"""

import re
from collections.abc import Iterable
from datetime import date

import polars as pl

from onedoor.evidence.places import authorities

IN, OUT, UNKNOWN = "in", "out", "unknown"

KILOMETRES_IN_A_MILE = 1.6093  # as in the DfE's formula
# The return writes 999.9 where it does not know the distance.
NOT_A_DISTANCE = 999.0

# PL_LA for a home that is in no English authority; CON (confidential) says nothing.
ELSEWHERE = ("SCO", "WAL", "NIR", "NUK")
# Codes of Scotland, Wales, Northern Ireland, the Channel Islands and Man. A council's name or N/A
# may begin with the same letters and says nothing.
ABROAD = re.compile(r"[SWNLM]\d{8}")
SAID = {"IN": IN, "OUT": OUT}


def answers(responsible: Iterable[str], seen: Iterable[str]) -> pl.DataFrame:
    """For each code seen and each era of the dated list, whether that is in: code, era, where.

    `responsible`: the codes of the council. `seen`: codes of districts or authorities, or PL_LA's
    letters for elsewhere. Rows that would say unknown are left out.
    """
    told = tuple(responsible)
    rows = []
    for era, day in enumerate(authorities.eras()):
        ours = authorities.responsible(told, day)
        for code in seen:
            where = _compared(ours, code, day)
            if where != UNKNOWN:
                rows.append((code, era, where))
    return pl.DataFrame(
        rows, {"code": pl.String, "era": pl.Int32, "where": pl.String}, orient="row"
    )


def _compared(ours: frozenset[str], code: str, day: date) -> str:
    if not ours:
        return UNKNOWN
    if code in ELSEWHERE or ABROAD.fullmatch(code):
        return OUT
    theirs = authorities.on(code, day)
    if not theirs:
        return UNKNOWN
    if len(ours) == len(theirs) == 1:
        return IN if ours == theirs else OUT
    # Of several that it may have been, it can only be sure that it was none of ours.
    return UNKNOWN if ours & theirs else OUT


def era(day: pl.Expr) -> pl.Expr:
    """Which era of the dated list a day is in, from 0; -1 before the list begins."""
    return (
        pl.sum_horizontal((day >= pl.lit(begun)).cast(pl.Int32) for begun in authorities.eras()) - 1
    )


def asked(rows: pl.DataFrame, responsible: tuple[str, ...], day: pl.Expr) -> pl.DataFrame:
    """`rows` with `where` (in, out or unknown) on `day` and `where_from`, the column that said so.

    `rows`: with `district` (of the postcode of the home; blank where not known), PL_LA and
    PL_LOCATION. The postcode is believed first, then PL_LA, then PL_LOCATION, which somebody else
    worked out and which needs no `responsible`.
    """
    seen = set(rows["district"].drop_nulls()) | set(rows["PL_LA"].drop_nulls()) - {""}
    known = answers(responsible, sorted(seen))
    rows = rows.with_columns(era(day).alias("era"))
    for column in ("district", "PL_LA"):
        rows = rows.join(
            known.rename({"code": column, "where": f"by_{column}"}),
            on=[column, "era"],
            how="left",
            maintain_order="left",
        )
    by_location = pl.col("PL_LOCATION").replace_strict(SAID, default=None, return_dtype=pl.String)
    where_from = (
        pl.when(pl.col("by_district").is_not_null())
        .then(pl.lit("PL_POST"))
        .when(pl.col("by_PL_LA").is_not_null())
        .then(pl.lit("PL_LA"))
        .when(by_location.is_not_null())
        .then(pl.lit("PL_LOCATION"))
        .otherwise(pl.lit(""))
    )
    return rows.with_columns(
        pl.coalesce("by_district", "by_PL_LA", by_location, pl.lit(UNKNOWN)).alias("where"),
        where_from.alias("where_from"),
    ).drop("era", "by_district", "by_PL_LA")


def miles() -> pl.Expr:
    """Miles between two homes on the British grid, to one decimal; blank where unknown.

    Of columns east, north, district and the same three with `home_` before, in metres. Blank
    when home is outside England, as the DfE has it, and when the other home is in Northern Ireland,
    whose grid is another.
    """
    east, north = (pl.col(each) - pl.col(f"home_{each}") for each in ("east", "north"))
    straight = (east.cast(pl.Float64) ** 2 + north.cast(pl.Float64) ** 2).sqrt()
    one_grid = pl.col("home_district").str.starts_with("E") & ~pl.col("district").str.starts_with(
        "N"
    )
    return pl.when(one_grid).then((straight / 1000 / KILOMETRES_IN_A_MILE).round(1))


def miles_given() -> pl.Expr:
    """PL_DISTANCE where the return brings one; blank for 999.9, which stands for unknown."""
    said = pl.col("PL_DISTANCE").cast(pl.Float64, strict=False)
    return pl.when(said.is_between(0, NOT_A_DISTANCE)).then(said)
