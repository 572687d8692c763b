"""Questions whose particulars are data: ages, lengths, pairs, and the reader's own lines."""

import polars as pl

from onedoor.evidence.checks.facts import Facts, found
from onedoor.evidence.checks.listed import Rule
from onedoor.evidence.ssda903 import dates, ledger


def what_the_reader_said(rule: Rule, facts: Facts) -> pl.DataFrame:
    """The lines of the ledger that the reader wrote for the same reason."""
    lines = facts.lines.filter(pl.col("rule").is_in(rule.ledger))
    if rule.columns:
        lines = lines.filter(pl.col("column").is_in(rule.columns))
    return lines.select("file", "line", "column", "value", pl.lit("").alias("other"))


def age(rule: Rule, facts: Facts) -> pl.DataFrame:
    """A code that an age does not allow, at the start or the end of the episode."""
    on = pl.col("decom") if rule.at == "start" else pl.col("dec_given")
    years = dates.age("dob", on)
    wrong = pl.lit(False)
    if rule.least is not None:
        wrong |= years < rule.least
    if rule.under is not None:
        wrong |= years >= rule.under
    rows = facts.episodes.filter(pl.col(rule.column).is_in(rule.codes) & wrong)
    words = pl.format("aged {} on {}", years, on.dt.strftime("%d/%m/%Y"))
    return found(rows, rule.column, pl.col(rule.column), words)


def longest(rule: Rule, facts: Facts) -> pl.DataFrame:
    """An episode that may last only so many days, up to the end of the return's year."""
    days = (pl.col("dec").fill_null(facts.last_day) - pl.col("decom")).dt.total_days()
    rows = facts.episodes.filter(pl.col(rule.column).is_in(rule.codes) & (days > rule.days))
    return found(rows, "DEC", ledger.day("dec_given"), days.cast(pl.String))


def pair(rule: Rule, facts: Facts) -> pl.DataFrame:
    """Two codes of one episode that do not go together. Blanks have rules of their own."""
    second = pl.col(rule.other)
    wrong = ~second.is_in(rule.only) if rule.only else second.is_in(rule.never)
    rows = facts.episodes.filter(pl.col(rule.column).is_in(rule.codes) & wrong)
    return found(rows, rule.column, pl.col(rule.column), second)


ASKED = {
    "age": age,
    "longest": longest,
    "pair": pair,
    "what_the_reader_said": what_the_reader_said,
}
