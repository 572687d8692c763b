"""From stays to careers: who was in which state from when until when, and where they went next.

A run is time in one state without a break: one home or several of the same kind. A temporary place
(hospital, holiday, seven days or fewer) is part of the run around it. Time is watched from the
first day of the first return to the 31 March of the last; returns before a missing year are left
out, because who came and went in that year was not seen.
"""

from dataclasses import dataclass
from datetime import date

import polars as pl

from onedoor.evidence.model import states
from onedoor.evidence.model.states import StateMap
from onedoor.evidence.refusal import Refused
from onedoor.evidence.ssda903 import Reading, codes, dates, spells

STILL_THERE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Careers:
    """`states`: the states seen, S of them, in the order of their map; index S is *left*.

    `first` and `last` are the days watched, both counted. `runs`, in order of person and start:
    person, dob, state (index), start, end (blank while still there after `last`), since_known
    (whether `start` is really when the state was entered, or only no later than), new (begins a
    period of care), next (index of the next state; S for left; `STILL_THERE`). `moves`: one row
    for each move to another home of the same state: dob, state, since_known, start (of the run),
    on. `noted`: what was set aside, in sentences.
    """

    map: StateMap
    states: tuple[str, ...]
    first: date
    last: date
    runs: pl.DataFrame
    moves: pl.DataFrame
    noted: tuple[str, ...]


def careers(
    reading: Reading, map: str | StateMap = "all_care", limits: tuple[str, ...] = ()
) -> Careers:
    """The careers of everybody in a reading, in the states of a map or of its name.

    Inside or outside the authority comes from a column `where` of the episodes (`places`), where
    they have one. `limits`: why that is unknown of some homes, in sentences; noted where a state
    hangs on it. Raises `Refused` when no return was read.
    """
    if not reading.returns:
        raise Refused("No episode could be counted, so there are no rates. See what was not read.")
    chosen = states.states(map) if isinstance(map, str) else map
    years = _watched(reading.years)
    first, last = dates.first_day(years[0]), dates.last_day(years[-1])
    stays = spells.stays(reading.episodes)
    noted = _set_aside(reading.years, years)
    if stays.filter(chosen.hangs_on_where("kind"), where="unknown").height:
        noted = (*noted, *limits)
    return of_stays(stays, chosen, first, last, noted)


def of_stays(
    stays: pl.DataFrame, map: StateMap, first: date, last: date, noted: tuple[str, ...] = ()
) -> Careers:
    """The careers of stays (`spells.STAYS`, with `where` or not) watched between two days."""
    found = _folded(_ended(stays, last), map, first)
    seen = set(found["key"])
    keys = tuple(key for key in map.keys if key in seen)
    index = pl.col("key").replace_strict(
        keys, list(range(len(keys))), default=None, return_dtype=pl.Int64
    )
    found = found.with_columns(index.alias("state"))
    return Careers(map, keys, first, last, _runs(found, len(keys)), _moves(found), noted)


def _watched(years: tuple[int, ...]) -> tuple[int, ...]:
    """The last years without a gap between them."""
    begins = max((at for at in range(1, len(years)) if years[at] > years[at - 1] + 1), default=0)
    return years[begins:]


def _set_aside(years: tuple[int, ...], watched: tuple[int, ...]) -> tuple[str, ...]:
    if len(years) == len(watched):
        return ()
    return (
        f"Returns before {watched[0]} are not used for rates: a year is missing after them, and "
        "who came and went in it was not seen.",
    )


def _ended(stays: pl.DataFrame, last: date) -> pl.DataFrame:
    """Stays begun by the last day. One that an earlier return left open, and that no later return
    shows, ended on the 31 March of that return."""
    lost = pl.col("end").is_null() & (pl.col("year") < last.year)
    end = pl.when(lost).then(pl.date(pl.col("year"), 3, 31)).otherwise(pl.col("end"))
    end = pl.max_horizontal(end, pl.when(end.is_not_null()).then("start"))
    return stays.filter(pl.col("start") <= last).with_columns(
        pl.when(end <= last).then(end).alias("end")
    )


def _folded(stays: pl.DataFrame, map: StateMap, first: date) -> pl.DataFrame:
    """Stays with the key of their state (a temporary one has that of the stay before, or else of
    the stay after), the number of their run, and whether the start of the run is known."""
    where = pl.col("where") if "where" in stays.columns else pl.lit("unknown")
    rows = stays.with_columns(where.alias("where"), (pl.col("kind") == "temporary").alias("short"))
    key = pl.when(~pl.col("short")).then(map.of("kind", "where"))
    # The key is worked out before it is filled: inside `over` it would be once for each period.
    rows = rows.with_columns(key.alias("key"))
    around = pl.col("key").forward_fill().backward_fill().over("period")
    rows = rows.with_columns(around.fill_null(map.keys[-1]))
    same_period = (pl.col("period") == pl.col("period").shift()).fill_null(False)
    again = (pl.col("key") == pl.col("key").shift()) & same_period
    rows = rows.with_columns((~again.fill_null(False)).cum_sum().alias("run"))
    # Before the first day only the start of care is sure: of a move, the homes before it and
    # their kind were not seen.
    unseen = pl.col("RNE").is_in(codes.same_carer()) & ~same_period
    sure = (pl.col("RNE") == "S") | ((pl.col("start") >= first) & ~unseen)
    return rows.with_columns(sure.first().over("run").alias("since_known"))


def _runs(found: pl.DataFrame, left: int) -> pl.DataFrame:
    runs = found.group_by("run", maintain_order=True).agg(
        pl.col("child", "dob", "period", "state", "start", "since_known").first(),
        pl.col("end").last(),
    )
    new = (pl.col("period") != pl.col("period").shift()).fill_null(True)
    following = pl.when(~new.shift(-1)).then(pl.col("state").shift(-1))
    return runs.select(
        (pl.col("child") != pl.col("child").shift()).fill_null(True).cum_sum().alias("person"),
        *("dob", "state", "start", "end", "since_known"),
        new.alias("new"),
        pl.when(pl.col("end").is_null())
        .then(STILL_THERE)
        .otherwise(following.fill_null(left))
        .alias("next"),
    )


def _moves(found: pl.DataFrame) -> pl.DataFrame:
    same = pl.col("run") == pl.col("run").shift()
    # To a temporary place and back is no move: the return does not say whether it was the same
    # home that somebody came back to.
    real = ~pl.col("short") & ~pl.col("short").shift()
    rows = found.with_columns(
        pl.col("start").first().over("run").alias("since"), (same & real).alias("moved")
    )
    return rows.filter("moved").select(
        "dob", "state", "since_known", pl.col("since").alias("start"), pl.col("start").alias("on")
    )
