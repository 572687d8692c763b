"""What a reading gives back: each return, the history over them, and the ledger."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import polars as pl

from onedoor.evidence.ssda903 import ledger
from onedoor.evidence.ssda903.account import Account

Outcome = Literal["read", "refused"]


@dataclass(frozen=True, slots=True)
class File:
    """One file of the folder: what it is, how many rows came in, and a sentence when not read.

    `table` names the tables of an XML file one after another, with commas.
    """

    name: str
    outcome: Outcome
    table: str
    rows: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Return:
    """One year's return, mended on its own. `year` is the March in which it ends."""

    year: int
    header: pl.DataFrame
    episodes: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read from a folder.

    `header`: one row for each child. `episodes`: one row for each child and start date over all
    returns, in order. `tables`: the other ten tables by a short name (reviews, uasc, oc2, oc3, ad1,
    placed, permanence, missing, social_workers, dolo), each in the columns of `any_table.schema`,
    with the rows of every return: leave out those that are `superseded` to see each event once. A
    table without a file is empty. `lines`: the ledger (`ledger.SCHEMA`). `accounts`: where each
    row went, Header and Episodes first, then each other table that had a file.
    """

    returns: tuple[Return, ...]
    header: pl.DataFrame
    episodes: pl.DataFrame
    tables: Mapping[str, pl.DataFrame]
    lines: pl.DataFrame
    files: tuple[File, ...]
    accounts: tuple[Account, ...]
    notices: tuple[str, ...]

    @property
    def refused_files(self) -> tuple[File, ...]:
        return tuple(file for file in self.files if file.outcome == "refused")

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(each.year for each in self.returns)

    def each_line(self) -> Iterator[ledger.Line]:
        return ledger.each(self.lines)

    def counts_by_rule(self) -> dict[str, int]:
        """How many lines of each rule, most first."""
        counted = self.lines.group_by("rule").len().sort(["len", "rule"], descending=[True, False])
        return dict(zip(counted["rule"], counted["len"], strict=True))
