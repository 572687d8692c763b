"""Whether a return begins where last year's ended. Without last year's there is nothing to ask."""

import polars as pl

from onedoor.evidence.checks.facts import FOUND, Facts, found
from onedoor.evidence.checks.listed import Rule
from onedoor.evidence.ssda903 import codes, ledger

SAME = ("RNE", "LS", "PLACE", "PLACE_PROVIDER")


def open_last_year(rule: Rule, facts: Facts) -> pl.DataFrame:
    rows = _beside_last_year(facts)
    if rows is None:
        return FOUND.to_frame()
    rows = rows.filter(pl.col("decom") != pl.col("decom_last"))
    return found(rows, "DECOM", ledger.day("decom"), ledger.day("decom_last"))


def not_carried_over(rule: Rule, facts: Facts) -> pl.DataFrame:
    rows = _beside_last_year(facts)
    if rows is None:
        return FOUND.to_frame()
    rows = rows.filter(pl.col("decom") == pl.col("decom_last"))
    return pl.concat(
        found(
            rows.filter(
                pl.col(column) != pl.col(f"{column}_last"),
                # A code whose list ended with last year's return has to become another.
                ~pl.col(f"{column}_last").is_in(_gone(column, facts.year)),
            ),
            column,
            pl.col(column),
            pl.col(f"{column}_last"),
        )
        for column in SAME
    )


def _gone(column: str, year: int) -> list[str]:
    return [code.code for code in codes.code_list(column).codes if code.last_year < year]


def _beside_last_year(facts: Facts) -> pl.DataFrame | None:
    """Each child's first episode of this return beside the one that was open in the last."""
    if facts.before is None:
        return None
    left_open = facts.before.filter(pl.col("dec_given").is_null()).group_by("child").last()
    columns = ["decom", *SAME]
    return facts.episodes.filter("first").join(
        left_open.select("child", *(pl.col(c).alias(f"{c}_last") for c in columns)),
        on="child",
        how="inner",
        maintain_order="left",
    )


ASKED = {"not_carried_over": not_carried_over, "open_last_year": open_last_year}
