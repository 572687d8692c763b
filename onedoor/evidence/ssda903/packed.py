"""Rows that come one by one, kept as Python text only until there are enough to pack away."""

from collections.abc import Sequence

import polars as pl

# Python text of a row takes ten times the room that it has in a frame.
PACK = 5_000


class Packed:
    """Rows of text, each with the line it is on, in the order in which they came."""

    def __init__(self, columns: Sequence[str]) -> None:
        self.schema = dict.fromkeys(columns, pl.String)
        self.rows: list[Sequence[str]] = []
        self.lines: list[int] = []
        self.packed: list[pl.DataFrame] = []
        self.count = 0

    def add(self, line: int, row: Sequence[str]) -> None:
        self.rows.append(row)
        self.lines.append(line)
        self.count += 1
        if len(self.rows) == PACK:
            self._pack()

    def _pack(self) -> None:
        columns = zip(*self.rows, strict=True) if self.rows else ((),) * len(self.schema)
        frame = pl.DataFrame(dict(zip(self.schema, columns, strict=True)), schema=self.schema)
        self.packed.append(frame.with_columns(pl.Series("line", self.lines, dtype=pl.Int64)))
        self.rows.clear()
        self.lines.clear()

    def frame(self) -> pl.DataFrame:
        """All rows, with `line` last."""
        self._pack()
        return pl.concat(self.packed)
