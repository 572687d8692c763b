"""A reading of the return with each home placed: in, out or unknown, and miles from home."""

from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from onedoor.evidence.places import authorities, postcodes, where
from onedoor.evidence.refusal import Refused
from onedoor.evidence.ssda903 import Reading, dates, hubs

NOBODY_SAID = (
    "Inside or outside where the return itself does not say so: that needs to know which authority "
    "this is (authority)."
)
SEVERAL = (
    "Inside or outside where the return itself does not say so: its column LA names several "
    "authorities ({names}), so say which one this is (authority)."
)
NOT_AN_AUTHORITY = (
    "Inside or outside where the return itself does not say so: its column LA says {name}, "
    "which is no English authority, so say which one this is (authority)."
)


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """`reading`: its frames of episodes with three columns more.

    `kind`: as before, or what the council's own lists say. `where`: in, out or unknown. In the
    history it is asked on the day an episode began; in the frame of one return, on the 31 March of
    that return, or the day an episode ended if earlier. `where_from`: the column that said so,
    blank where none did. `miles`: from home, to one decimal, blank where unknown. `codes`: of the
    responsible authority, none where nobody knows.
    `limits`: sentences on why something is unknown.
    """

    reading: Reading
    codes: tuple[str, ...]
    limits: tuple[str, ...]

    @property
    def authority(self) -> str:
        """The name of the responsible authority; blank where nobody knows."""
        return authorities.name_of(self.codes) if self.codes else ""

    @property
    def said_by(self) -> tuple[str, ...]:
        """The columns that say of any home whether it is inside or outside."""
        return tuple(sorted(set(self.reading.episodes["where_from"]) - {""}))


def placed(
    reading: Reading,
    authority: str | None = None,
    *,
    lists: hubs.Hubs | None = None,
    cache: Path | None = None,
) -> Placed:
    """Place every episode of a reading.

    `authority`: the responsible one, by name, ONS code or DfE number; otherwise the column LA says,
    where it names one. `lists`: the council's own, which tell hubs from other homes. `cache`: where
    the list of postcodes is kept. Raises `Refused` when `authority` is none.
    """
    codes, limits = _responsible(reading, authority)
    try:
        found = _look_up(reading, cache)
    except Refused as refused:
        found = postcodes.SCHEMA.to_frame()
        limits = (*limits, refused.sentence)
    return _with_found(reading, found, codes, limits, lists)


def told_apart(
    reading: Reading,
    authority: str | None = None,
    *,
    lists: hubs.Hubs | None = None,
    cache: Path | None = None,
) -> Placed:
    """The same homes inside and outside as `placed` says, for whoever asks nothing of miles.

    Where nobody is responsible a postcode cannot say which of the two it is, so the list of them is
    not read: that would take longer than all the rest, and where it cannot be had nothing is lost.
    """
    codes, limits = _responsible(reading, authority)
    if codes:
        return placed(reading, authority, lists=lists, cache=cache)
    return _with_found(reading, postcodes.SCHEMA.to_frame(), codes, limits, lists)


def _with_found(
    reading: Reading,
    found: pl.DataFrame,
    codes: tuple[str, ...],
    limits: tuple[str, ...],
    lists: hubs.Hubs | None,
) -> Placed:
    def seen(rows: pl.DataFrame, day: pl.Expr) -> pl.DataFrame:
        rows = rows if lists is None else hubs.with_hubs(rows, lists)
        return with_places(rows, found, codes, day)

    returns = tuple(
        replace(each, episodes=seen(each.episodes, _last_seen(each.year)))
        for each in reading.returns
    )
    history = seen(reading.episodes, pl.col("decom"))
    return Placed(replace(reading, returns=returns, episodes=history), codes, limits)


def _last_seen(year: int) -> pl.Expr:
    return pl.min_horizontal(pl.col("dec"), pl.lit(dates.last_day(year)))


def _responsible(
    reading: Reading, authority: str | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if authority is not None:
        return authorities.find(authority), ()
    named = sorted(set(reading.episodes["LA"]) - {""})
    if not named:
        return (), (NOBODY_SAID,)
    try:
        found = {authorities.find(name) for name in named}
    except Refused:
        return (), (NOT_AN_AUTHORITY.format(name=", ".join(named)[:100]),)
    if len(found) > 1:
        return (), (SEVERAL.format(names=", ".join(named)[:100]),)
    return found.pop(), ()


def _look_up(reading: Reading, cache: Path | None) -> pl.DataFrame:
    frames = (reading.episodes, *(each.episodes for each in reading.returns))
    asked = pl.concat(
        frame.select(postcodes.squeezed(column).alias("postcode"))
        for frame in frames
        for column in ("HOME_POST", "PL_POST")
    )["postcode"]
    asked = asked.filter(asked != "")
    return postcodes.look_up(asked, cache) if asked.len() else postcodes.SCHEMA.to_frame()


def with_places(
    rows: pl.DataFrame, found: pl.DataFrame, codes: tuple[str, ...], day: pl.Expr
) -> pl.DataFrame:
    """Episodes with `where`, `where_from` and `miles` beside them, in the order they came.

    `found`: the postcodes as `postcodes.look_up` knows them. `codes`: of the responsible authority.
    `day`: the day that is asked about, of each row.
    """
    columns = rows.columns
    said = [pl.col(name).str.to_uppercase() for name in ("PL_LA", "PL_LOCATION")]
    asked = rows.select("decom", "dec", "PL_DISTANCE", *said)
    for column, prefix in (("PL_POST", ""), ("HOME_POST", "home_")):
        there = found.select(pl.all().name.prefix(prefix))
        key = f"{prefix}postcode"
        asked = asked.with_columns(rows.select(postcodes.squeezed(column).alias(key))[key])
        asked = asked.join(there, on=key, how="left", maintain_order="left")
    asked = where.asked(asked, codes, day)
    answer = asked.select(
        "where", "where_from", pl.coalesce(where.miles(), where.miles_given()).alias("miles")
    )
    return rows.select(columns).hstack(answer)
