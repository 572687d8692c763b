"""Nothing is lost: every row that came in is kept, refused with a line, or folded with a line."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Account:
    """Counts of rows of one table.

    `rows_in` = `kept` + `refused` + `folded`, where `kept` are rows of their own return;
    `superseded` of the kept rows also stand in a later return, which wins in the history.
    Blank lines are not rows.
    """

    table: str
    rows_in: int
    kept: int
    refused: int
    folded: int
    superseded: int

    def __post_init__(self) -> None:
        if self.rows_in != self.kept + self.refused + self.folded:
            raise AssertionError(f"rows of {self.table} are not all accounted for: {self}")
        if not 0 <= self.superseded <= self.kept:
            raise AssertionError(f"more rows of {self.table} superseded than kept: {self}")
