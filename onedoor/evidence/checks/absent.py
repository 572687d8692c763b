"""Whether missing episodes, and orders that deprive of liberty, fit the episodes of care."""

from collections.abc import Callable
from functools import wraps

import polars as pl

from onedoor.evidence.checks.facts import FOUND, Facts, found
from onedoor.evidence.checks.listed import Rule
from onedoor.evidence.ssda903 import ledger

NOT_UNDER_AN_ORDER = ("K1", "K3", "P1", "R5")

Question = Callable[[Rule, Facts], pl.DataFrame]


def _where_missing_is_known(question: Question) -> Question:
    """A return without a Missing table has nothing to ask."""

    @wraps(question)
    def asked(rule: Rule, facts: Facts) -> pl.DataFrame:
        return FOUND.to_frame() if facts.missing.is_empty() else question(rule, facts)

    return asked


@_where_missing_is_known
def missing_overlaps(rule: Rule, facts: Facts) -> pl.DataFrame:
    ordered = facts.missing.filter(pl.col("mis_start").is_not_null()).sort("child", "mis_start")
    ended = pl.col("mis_end").shift(1).over("child")
    has_one_before = pl.col("mis_start").shift(1).over("child").is_not_null()
    rows = ordered.with_columns(ended.alias("ended"), has_one_before.alias("again")).filter(
        "again", pl.col("ended").is_null() | (pl.col("mis_start") < pl.col("ended"))
    )
    return found(rows, "MIS_START", ledger.day("mis_start"))


@_where_missing_is_known
def missing_after_the_year(rule: Rule, facts: Facts) -> pl.DataFrame:
    late = facts.missing.filter(pl.col("mis_start") > facts.last_day)
    outside = facts.missing.filter(~pl.col("mis_end").is_between(facts.first_day, facts.last_day))
    return pl.concat(
        [
            found(late, "MIS_START", ledger.day("mis_start")),
            found(outside, "MIS_END", ledger.day("mis_end")),
        ]
    )


@_where_missing_is_known
def missing_outside_care(rule: Rule, facts: Facts) -> pl.DataFrame:
    looked_after = _while_in_care(facts).select("missing_row").unique()
    rows = _numbered(facts).join(looked_after, on="missing_row", how="anti")
    return found(rows, "MIS_START", ledger.day("mis_start"))


@_where_missing_is_known
def missing_never_ended(rule: Rule, facts: Facts) -> pl.DataFrame:
    left = (
        facts.episodes.group_by("child", maintain_order=True)
        .agg(pl.col("dec_given").last())
        .filter(pl.col("dec_given").is_not_null())
    )
    rows = facts.missing.filter(
        pl.col("mis_end").is_null() & pl.col("mis_start").is_not_null()
    ).join(left, on="child", how="semi")
    return found(rows, "MIS_END", ledger.day("mis_start"))


def missing_not_carried_over(rule: Rule, facts: Facts) -> pl.DataFrame:
    """Found in last year's return, which left the episode open."""
    if facts.missing_before.is_empty():
        return FOUND.to_frame()
    still_open = facts.missing_before.filter(
        pl.col("mis_end").is_null() & pl.col("mis_start").is_not_null()
    )
    if not facts.missing.is_empty():
        still_open = still_open.join(facts.missing, on=["child", "mis_start"], how="anti")
    here = facts.episodes.select("child").unique()
    rows = still_open.join(here, on="child", how="semi")
    return found(rows, "MIS_START", ledger.day("mis_start"))


def deprived_in_the_wrong_place(rule: Rule, facts: Facts) -> pl.DataFrame:
    if facts.dolo.is_empty():
        return FOUND.to_frame()
    orders = facts.dolo.select("child", "dolo_start", "dolo_end")
    at_the_time = (pl.col("decom") < pl.col("dolo_end").fill_null(facts.last_day)) & (
        pl.col("dec").is_null() | (pl.col("dec") > pl.col("dolo_start"))
    )
    rows = (
        facts.episodes.filter(pl.col("PLACE").is_in(NOT_UNDER_AN_ORDER))
        .join(orders, on="child", how="inner")
        .filter(at_the_time)
        .unique(["file", "line"], maintain_order=True)
    )
    return found(rows, "PLACE", pl.col("PLACE"))


def _numbered(facts: Facts) -> pl.DataFrame:
    known = facts.missing.filter(pl.col("mis_start").is_not_null())
    return known.with_row_index("missing_row")


def _while_in_care(facts: Facts) -> pl.DataFrame:
    """Missing episodes that start on a day of an episode of the same child, its last day too."""
    stays = facts.episodes.select("child", "decom", "dec")
    return (
        _numbered(facts)
        .select("child", "mis_start", "missing_row")
        .join(stays, on="child", how="inner")
        .filter(
            pl.col("mis_start") >= pl.col("decom"),
            pl.col("dec").is_null() | (pl.col("mis_start") <= pl.col("dec")),
        )
    )


ASKED = {
    "deprived_in_the_wrong_place": deprived_in_the_wrong_place,
    "missing_after_the_year": missing_after_the_year,
    "missing_never_ended": missing_never_ended,
    "missing_not_carried_over": missing_not_carried_over,
    "missing_outside_care": missing_outside_care,
    "missing_overlaps": missing_overlaps,
}
