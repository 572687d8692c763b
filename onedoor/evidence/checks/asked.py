"""Ask every rule of every return. A rule that cannot be asked stops the run: silence is no pass."""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from onedoor.evidence.checks import absent, carried, days, facts, listed, sequence, told, where
from onedoor.evidence.checks.listed import Rule
from onedoor.evidence.ssda903 import Reading, ledger

Question = Callable[[Rule, facts.Facts], pl.DataFrame]

QUESTIONS: dict[str, Question] = {
    **told.ASKED,
    **sequence.ASKED,
    **days.ASKED,
    **where.ASKED,
    **carried.ASKED,
    **absent.ASKED,
}

LINES = pl.Schema(
    {
        "year": pl.Int32(),
        "rule": pl.String(),
        "dfe": pl.String(),
        "severity": pl.String(),
        "file": pl.String(),
        "line": pl.Int64(),
        "column": pl.String(),
        "value": pl.String(),
        "what": pl.String(),
        "mend": pl.String(),
    }
)


class BrokenRule(RuntimeError):  # noqa: N818 - it is the rule that is broken
    """A rule could not be asked: the run is worth nothing until it can. The cause is chained."""


@dataclass(frozen=True, slots=True, eq=False)
class Checked:
    """What the rules found.

    `lines`: one for each row and rule that it breaks (`LINES`), in order of year, file and line.
    `asked`: for each year the keys of the rules that were asked. `of`: for each year how many
    episodes they were asked of.
    """

    lines: pl.DataFrame
    asked: dict[int, tuple[str, ...]]
    of: dict[int, int]

    @property
    def errors(self) -> int:
        """How many lines break a count; the others are worth a look and may be right."""
        return self.lines.filter(severity="error").height

    def counts(self) -> pl.DataFrame:
        """year, rule, dfe, severity, rows, of (episodes of that return): most rows first."""
        of = pl.DataFrame(
            {"year": list(self.of), "of": list(self.of.values())},
            schema={"year": pl.Int32, "of": pl.Int64},
        )
        return (
            self.lines.group_by("year", "rule", "dfe", "severity")
            .agg(pl.len().cast(pl.Int64).alias("rows"))
            .join(of, on="year", how="left")
            .sort(["year", "rows", "rule"], descending=[False, True, False])
        )


def check(reading: Reading) -> Checked:
    """Every rule of every return of the reading, each asked only of the years it holds for.

    Raises `BrokenRule` with the rule's name when one cannot be asked.
    """
    parts, asked = [LINES.to_frame()], {}
    said = facts.lines_by_year(reading) if reading.returns else reading.lines
    for one in reading.returns:
        known = facts.of(reading, one, said)
        of_year = [rule for rule in listed.rules() if rule.asked_of(one.year)]
        asked[one.year] = tuple(rule.key for rule in of_year)
        parts += [_lines(rule, known) for rule in of_year]
    lines = pl.concat(parts).sort("year", "file", "line", "rule", maintain_order=True)
    return Checked(lines, asked, {one.year: one.episodes.height for one in reading.returns})


def _lines(rule: Rule, known: facts.Facts) -> pl.DataFrame:
    try:
        rows = QUESTIONS[rule.ask](rule, known)
        return rows.select(
            pl.lit(known.year, dtype=pl.Int32).alias("year"),
            pl.lit(rule.key).alias("rule"),
            pl.lit(", ".join(rule.dfe)).alias("dfe"),
            pl.lit(rule.severity).alias("severity"),
            *("file", "line", "column", "value"),
            ledger.filled(rule.what, pl.col("value"), pl.col("other")).alias("what"),
            ledger.filled(rule.mend, pl.col("value"), pl.col("other")).alias("mend"),
        ).cast(LINES)
    except Exception as cause:
        raise BrokenRule(
            f"The rule {rule.key} could not be asked of the return to {known.year}, so nothing "
            "is said about that return. Please report it: this is a fault of the program."
        ) from cause
