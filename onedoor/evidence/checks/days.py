"""Whether the dates of an episode belong to the year of the return."""

from datetime import date

import polars as pl

from onedoor.evidence.checks.facts import Facts, found
from onedoor.evidence.checks.listed import Rule
from onedoor.evidence.ssda903 import ledger

CHILDREN_ACT_1989_IN_FORCE = date(1991, 10, 14)


def less_than_a_day(rule: Rule, facts: Facts) -> pl.DataFrame:
    rows = facts.episodes.filter(pl.col("dec_given") == pl.col("decom"))
    return found(rows, "DEC", ledger.day("dec_given"))


def ends_after_the_year(rule: Rule, facts: Facts) -> pl.DataFrame:
    rows = facts.episodes.filter(pl.col("dec_given") > facts.last_day)
    return found(rows, "DEC", ledger.day("dec_given"))


def starts_after_the_year(rule: Rule, facts: Facts) -> pl.DataFrame:
    rows = facts.episodes.filter(pl.col("decom") > facts.last_day)
    return found(rows, "DECOM", ledger.day("decom"))


def before_the_act(rule: Rule, facts: Facts) -> pl.DataFrame:
    rows = facts.episodes.filter(pl.col("decom") < CHILDREN_ACT_1989_IN_FORCE)
    return found(rows, "DECOM", ledger.day("decom"))


def born_after_the_year(rule: Rule, facts: Facts) -> pl.DataFrame:
    rows = facts.header.filter(pl.col("dob") > facts.last_day)
    return found(rows, "DOB", ledger.day("dob"))


ASKED = {
    "before_the_act": before_the_act,
    "born_after_the_year": born_after_the_year,
    "ends_after_the_year": ends_after_the_year,
    "less_than_a_day": less_than_a_day,
    "starts_after_the_year": starts_after_the_year,
}
