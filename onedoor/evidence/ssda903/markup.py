"""The XML of the return to the same rows as its CSV: read as it comes, whatever its size.

A return in XML is EXPSSDA903 with a CHILD for each child; a CHILD has one HEADER, which also holds
the rows of most other tables, and an EPISODE for each episode. Nothing a file can say makes this
read another file or grow: a DOCTYPE, and so every entity, is refused, and depth, values and the
rows of one child are bounded.
"""

from dataclasses import dataclass, field
from typing import BinaryIO
from xml.parsers import expat

import polars as pl

from onedoor.evidence.refusal import Refused
from onedoor.evidence.ssda903 import ledger, tables
from onedoor.evidence.ssda903.packed import Packed
from onedoor.evidence.ssda903.text import LONGEST_VALUE, SPACES, Rows

ROOT = "EXPSSDA903"
DEEPEST = 8  # the return itself goes to five
MOST_ROWS = 5_000  # of one child; the schema allows about 1,150
MOST_UNKNOWN = 20
PIECE = 64 * 1024
# A tag that does not end within so much is no tag of a return; expat would keep all of it.
LONGEST_TAG = 1024 * 1024

OF_ELEMENT = {table.element: table for table in tables.every_table() if table.element}
# What stands in the HEADER itself and not in elements of its own.
IN_HEADER = tuple(
    table
    for table in tables.every_table()
    if table is tables.HEADER or (not table.element and not table.first_year)
)
# What rows of other tables take from the HEADER.
TAKEN = ("CHILD", "DOB", "SEX")


@dataclass(slots=True)
class _Row:
    table: tables.Table
    line: int
    values: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Child:
    header: _Row | None = None
    rows: list[_Row] = field(default_factory=list)


@dataclass(slots=True)
class _Leaf:
    name: str


# Where the parser stands: in the return, a child, a row, a value, or something not of the return.
_Place = str | _Child | _Row | _Leaf


def rows_of(name: str, stream: BinaryIO) -> list[Rows]:
    """The rows of one file, table by table. Raises Refused with a sentence that names the file."""
    walk = _Walk(name)
    fed = 0
    try:
        while piece := stream.read(PIECE):
            walk.parser.Parse(piece, False)
            fed += len(piece)
            if fed - walk.parser.CurrentByteIndex > LONGEST_TAG:
                walk.refuse("a tag that does not end stands here")
        walk.parser.Parse(b"", True)
    except Refused:
        raise
    except expat.ExpatError as wrong:
        why = expat.ErrorString(wrong.code)
        said = f"{name} was not read: from line {wrong.lineno} on it is not XML ({why})."
        raise Refused(said) from None
    except (LookupError, ValueError):
        raise Refused(
            f"{name} was not read: it says it is in an encoding we do not know; save it as UTF-8."
        ) from None
    return walk.found()


class _Walk:
    """One walk through a file."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.places: list[_Place] = []
        self.words: list[str] = []
        self.length = 0
        self.unknown: dict[str, None] = {}
        self.gathered = {table: Packed(table.names) for table in tables.every_table()}
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.parser.StartDoctypeDeclHandler = self.doctype

    def refuse(self, why: str) -> None:
        line = self.parser.CurrentLineNumber
        raise Refused(f"{self.name} was not read: line {line}: {why}, which no return has.")

    def doctype(self, *_: object) -> None:
        self.refuse("a DOCTYPE stands here")

    def text(self, words: str) -> None:
        self.length += len(words)
        if self.length > LONGEST_VALUE:
            self.refuse(f"a value of more than {LONGEST_VALUE:,} characters stands here")
        self.words.append(words)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.strip().upper()
        self._no_words()
        if len(self.places) == DEEPEST:
            self.refuse("elements stand too deep in each other")
        above = self.places[-1] if self.places else None
        for name in attributes:
            if above is not None:
                self._pass_over(f"{tag}@{name}")
        self.places.append(self._place(tag, above))

    def _place(self, tag: str, above: _Place | None) -> _Place:
        line = self.parser.CurrentLineNumber
        if above is None:
            if tag != ROOT:
                raise Refused(
                    f"{self.name} was not read: it is XML whose outermost element is {tag[:40]}; "
                    f"that of an SSDA903 return is {ROOT}."
                )
            return ROOT
        if above == ROOT and tag == "CHILD":
            return _Child()
        if tag in (ROOT, "CHILD") or isinstance(above, _Leaf):
            self.refuse(f"{tag[:40]} stands inside another element")
        if isinstance(above, _Child | _Row) and tag in OF_ELEMENT:
            return _Row(OF_ELEMENT[tag], line)
        if isinstance(above, _Row):
            return _Leaf(tag)
        self._pass_over(tag)
        return ""

    def end(self, _: str) -> None:
        place = self.places.pop()
        if isinstance(place, _Leaf):
            self._value(place.name)
        elif place == "":
            self._forget()
        else:
            self._no_words()
        if isinstance(place, _Row):
            self._row(place)
        if isinstance(place, _Child):
            self._child(place)

    def _value(self, name: str) -> None:
        row = self.places[-1]
        assert isinstance(row, _Row)
        if name in row.values:
            self.refuse(f"a second {name[:40]} in one {row.table.element}")
        row.values[name] = "".join(self.words)
        self._forget()

    def _forget(self) -> None:
        self.words.clear()
        self.length = 0

    def _no_words(self) -> None:
        if self.places and self.places[-1] != "" and "".join(self.words).strip(SPACES):
            self.refuse("words stand between elements")
        self._forget()

    def _pass_over(self, name: str) -> None:
        if len(self.unknown) < MOST_UNKNOWN:
            self.unknown[name[:40]] = None

    def _row(self, row: _Row) -> None:
        child = next(place for place in reversed(self.places) if isinstance(place, _Child))
        if row.table is not tables.HEADER:
            child.rows.append(row)
        elif child.header is None:
            child.header = row
        else:
            self.refuse("a second HEADER in one CHILD")
        if len(child.rows) > MOST_ROWS:
            self.refuse(f"more than {MOST_ROWS:,} rows of one CHILD")

    def _child(self, child: _Child) -> None:
        header = child.header or _Row(tables.HEADER, 0)
        taken = {name: header.values.get(name, "") for name in TAKEN}
        taken["CHILD"] = header.values.get("CHILDID", "")
        for table in IN_HEADER:
            own = _own(table, header.values)
            flagged = header.values.get(table.flag, "").strip(SPACES) == "1"
            if flagged or _says(own):
                self._add(table, header.line, taken | own)
        for row in child.rows:
            own = _own(row.table, row.values)
            if _says(own):
                self._add(row.table, row.line, taken | own)
        self._unknown_of(header.values, IN_HEADER)
        for row in child.rows:
            self._unknown_of(row.values, (row.table,))

    def _add(self, table: tables.Table, line: int, values: dict[str, str]) -> None:
        self.gathered[table].add(line, [values.get(name, "") for name in table.names])

    def _unknown_of(self, values: dict[str, str], of: tuple[tables.Table, ...]) -> None:
        for name in values.keys() - _elements(of):
            self._pass_over(name)

    def found(self) -> list[Rows]:
        kept = [table for table, packed in self.gathered.items() if packed.count]
        if not kept:
            raise Refused(f"{self.name} was not read: it is a return without a child.")
        return [self._rows(table, first=table is kept[0]) for table in kept]

    def _rows(self, table: tables.Table, *, first: bool) -> Rows:
        packed = self.gathered[table]
        frame = packed.frame().select(pl.lit(self.name).alias("file"), "line", *table.names)
        unknown = tuple(self.unknown) if first else ()
        return Rows(self.name, table, frame, ledger.NO_LINES, packed.count, unknown)


def _own(table: tables.Table, values: dict[str, str]) -> dict[str, str]:
    """The values of a row by their columns' names, but for those taken from the HEADER."""
    found = {
        column.name: values[column.element or column.name]
        for column in table.columns
        if (column.element or column.name) in values
    }
    found |= {name: values[name] for name in tables.EXTRA if name in values}
    if table is tables.HEADER:
        return found
    return {name: value for name, value in found.items() if name not in TAKEN}


def _says(values: dict[str, str]) -> bool:
    return any(value.strip(SPACES) for name, value in values.items() if name not in tables.EXTRA)


def _elements(of: tuple[tables.Table, ...]) -> set[str]:
    named = {column.element or column.name for table in of for column in table.columns}
    return named | set(tables.EXTRA)
