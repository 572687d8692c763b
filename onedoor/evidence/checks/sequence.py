"""Whether the episodes of a child follow each other: moves and lengths are counted from this."""

import polars as pl

from onedoor.evidence.checks.facts import Facts, found
from onedoor.evidence.checks.listed import Rule
from onedoor.evidence.ssda903 import ledger

TEMPORARY = ("T0", "T1", "T2", "T3", "T4")
GOES_ON = ("L", "P", "T", "U", "B")
HOME = ("PLACE", "PL_POST", "URN", "PLACE_PROVIDER")
LEFT_FOR_GOOD = ("E2",)


def first_is_a_start(rule: Rule, facts: Facts) -> pl.DataFrame:
    begun = pl.col("decom") >= facts.first_day
    rows = facts.episodes.filter("first", begun, pl.col("RNE") != "S")
    if facts.before is not None:
        rows = rows.join(facts.before.select("child").unique(), on="child", how="anti")
    return found(rows, "RNE", pl.col("RNE"))


def start_without_leaving(rule: Rule, facts: Facts) -> pl.DataFrame:
    rows = facts.episodes.filter(_at_once(), pl.col("RNE") == "S")
    return found(rows, "RNE", pl.col("RNE"))


def back_is_a_start(rule: Rule, facts: Facts) -> pl.DataFrame:
    left = ~pl.col("REC_before").is_in(["", "X1"])
    rows = facts.episodes.filter(~pl.col("first"), left, pl.col("RNE") != "S")
    return found(rows, "RNE", pl.col("RNE"), pl.col("REC_before"))


def gap_in_care(rule: Rule, facts: Facts) -> pl.DataFrame:
    apart = (pl.col("dec_before") != pl.col("decom")).fill_null(False)
    rows = facts.episodes.filter(~pl.col("first"), pl.col("RNE").is_in(GOES_ON), apart)
    return found(rows, "DECOM", pl.col("RNE"), ledger.day("dec_before"))


def legal_change_only(rule: Rule, facts: Facts) -> pl.DataFrame:
    said = _says(same_law="LS is as before", other_home="the home is another")
    rows = facts.episodes.filter(_at_once(), pl.col("RNE") == "L", _same_law() | ~_same_home())
    return found(rows, "RNE", said)


def home_change_only(rule: Rule, facts: Facts) -> pl.DataFrame:
    said = (
        pl.when(_same_law())
        .then(pl.lit("the home is as before"))
        .otherwise(pl.lit("LS is another"))
    )
    rows = facts.episodes.filter(
        _at_once(), pl.col("RNE").is_in(["P", "T"]), ~_same_law() | _same_home()
    )
    return found(rows, "RNE", pl.col("RNE"), said)


def both_changed(rule: Rule, facts: Facts) -> pl.DataFrame:
    said = (
        pl.when(_same_law())
        .then(pl.lit("LS is as before"))
        .otherwise(pl.lit("the home is as before"))
    )
    rows = facts.episodes.filter(
        _at_once(), pl.col("RNE").is_in(["B", "U"]), _same_law() | _same_home()
    )
    return found(rows, "RNE", pl.col("RNE"), said)


def nothing_after_the_end(rule: Rule, facts: Facts) -> pl.DataFrame:
    rows = facts.episodes.filter(~pl.col("first"), pl.col("REC_before").is_in(LEFT_FOR_GOOD))
    return found(rows, "DECOM", pl.col("REC_before"))


def change_needs_a_reason(rule: Rule, facts: Facts) -> pl.DataFrame:
    moved = (pl.col("REC") == "X1") & pl.col("RNE_next").is_in(["P", "B", "T", "U"])
    lasting = ~pl.col("PLACE").is_in(TEMPORARY) & ~pl.col("PLACE_next").is_in(TEMPORARY)
    rows = facts.episodes.filter(moved, lasting, pl.col("REASON_PLACE_CHANGE") == "")
    return found(rows, "REASON_PLACE_CHANGE")


def reason_on_an_open_episode(rule: Rule, facts: Facts) -> pl.DataFrame:
    rows = facts.episodes.filter(pl.col("dec_given").is_null(), pl.col("REASON_PLACE_CHANGE") != "")
    return found(rows, "REASON_PLACE_CHANGE", pl.col("REASON_PLACE_CHANGE"))


def period_starts_for_a_short_time(rule: Rule, facts: Facts) -> pl.DataFrame:
    rows = facts.episodes.filter(pl.col("PLACE").is_in(TEMPORARY), ~pl.col("RNE").is_in(["P", "B"]))
    return found(rows, "PLACE", pl.col("PLACE"))


def period_ends_for_a_short_time(rule: Rule, facts: Facts) -> pl.DataFrame:
    rows = facts.episodes.filter(pl.col("PLACE").is_in(TEMPORARY), ~pl.col("REC").is_in(["", "X1"]))
    return found(rows, "PLACE", pl.col("PLACE"))


def back_from_a_short_time(rule: Rule, facts: Facts) -> pl.DataFrame:
    """Asked of the episode after a temporary one: the child is back where they were before it."""
    two_before = pl.when(~pl.col("first").shift(1) & ~pl.col("first")).then(
        pl.col("PLACE_before").shift(1)
    )
    rows = facts.episodes.with_columns(two_before.alias("was")).filter(
        pl.col("PLACE_before").is_in(TEMPORARY),
        pl.col("was").is_not_null(),
        ~pl.col("was").is_in(TEMPORARY),
        ~pl.col("PLACE").is_in(TEMPORARY),
        pl.col("was") != pl.col("PLACE"),
    )
    return found(rows, "PLACE", pl.col("PLACE"), pl.col("was"))


def _at_once() -> pl.Expr:
    return (pl.col("dec_before") == pl.col("decom")).fill_null(False)


def _same_law() -> pl.Expr:
    return pl.col("LS") == pl.col("LS_before")


def _same_home() -> pl.Expr:
    return pl.all_horizontal(pl.col(c) == pl.col(f"{c}_before") for c in HOME)


def _says(*, same_law: str, other_home: str) -> pl.Expr:
    return pl.when(_same_law()).then(pl.lit(same_law)).otherwise(pl.lit(other_home))


ASKED = {
    "back_from_a_short_time": back_from_a_short_time,
    "back_is_a_start": back_is_a_start,
    "both_changed": both_changed,
    "change_needs_a_reason": change_needs_a_reason,
    "first_is_a_start": first_is_a_start,
    "gap_in_care": gap_in_care,
    "home_change_only": home_change_only,
    "legal_change_only": legal_change_only,
    "nothing_after_the_end": nothing_after_the_end,
    "period_ends_for_a_short_time": period_ends_for_a_short_time,
    "period_starts_for_a_short_time": period_starts_for_a_short_time,
    "reason_on_an_open_episode": reason_on_an_open_episode,
    "start_without_leaving": start_without_leaving,
}
