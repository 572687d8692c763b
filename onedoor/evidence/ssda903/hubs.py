"""The council's own dated lists: its hubs, emergency beds, hub families and hosts of lodgings.

The return cannot see a hub. With these lists it can, and without them nothing is guessed.
"""

import csv
import io
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from onedoor.evidence.refusal import Refused
from onedoor.evidence.ssda903 import homes, spells

LISTS = ("hub", "emergency", "family", "lodgings")
FIELDS = ("name", "urn", "postcode", "from", "until", "beds")
LARGEST_FILE = 1024 * 1024
URN = re.compile(r"[A-Z0-9]{5,10}")
POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]{2}")


@dataclass(frozen=True, slots=True)
class Listed:
    """One home on one list, from its first to its last day (None for no end known).

    It is known by `urn`, its registration, or `postcode`, squeezed; one of them may be blank.
    `beds`: how many emergency beds it has, 0 on the other lists.
    """

    of_list: str
    name: str
    urn: str
    postcode: str
    since: date
    until: date | None
    beds: int


@dataclass(frozen=True, slots=True)
class Hubs:
    """Everything on the council's lists."""

    listed: tuple[Listed, ...]

    def of_list(self, name: str) -> tuple[Listed, ...]:
        return tuple(each for each in self.listed if each.of_list == name)


def read(path: Path | str) -> Hubs:
    """Read the lists from TOML ([[hub]], [[emergency]], [[family]], [[lodgings]]) or CSV (a column
    `list` that says the same).

    Each entry has name, urn or postcode, from, and may have until and (emergency) beds; dates are
    yyyy-mm-dd. Raises `Refused` with a sentence that names the entry.
    """
    at = Path(path)
    try:
        data = at.read_bytes()
    except OSError as wrong:
        raise Refused(f"{at} cannot be read: {wrong.strerror}.") from None
    return of_bytes(at.name, data)


def of_bytes(name: str, data: bytes) -> Hubs:
    """As `read`, from what is in a file of this name."""
    if len(data) > LARGEST_FILE:
        raise Refused(f"{name} was not read: it is larger than any list of hubs.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(f"{name} was not read: it is not text; save it as UTF-8.") from None
    if "\0" in text:
        raise Refused(f"{name} was not read: it has a NUL in it; save it as text again.")
    entries = _of_csv(name, text) if name.lower().endswith(".csv") else _of_toml(name, text)
    listed = tuple(_listed(f"{name}: {where}", of_list, row) for where, of_list, row in entries)
    if not listed:
        raise Refused(f"{name} was not read: it lists no hub, emergency bed, family or lodgings.")
    return Hubs(listed)


def with_hubs(rows: pl.DataFrame, hubs: Hubs) -> pl.DataFrame:
    """Episodes with `kind` told by the lists where they can tell, and as it was where not.

    A home is looked for on the day its episode began, by URN and, where the list or the row has
    none, by the postcode (PL_POST). `rows` are in order of child and start; all other columns stay
    as they are.
    """
    columns = rows.columns
    asked = rows.with_columns(
        pl.col("URN").str.to_uppercase().alias("urn"),
        pl.col("PL_POST").str.to_uppercase().str.replace_all(r"\s", "").alias("postcode"),
        spells.nights_of_stay().alias("nights"),
    )
    kind: pl.Expr = pl.col("kind")
    # From the last kind to the first, as in `homes`: the first that fits decides.
    for each in reversed([each for each in homes.kinds() if each.of_list]):
        listed = pl.any_horizontal(
            pl.lit(False), *(_is(home) for home in hubs.of_list(each.of_list))
        )
        short = pl.col("nights") <= each.days if each.days else pl.lit(True)
        told = (each.fits() & listed & short).fill_null(False)
        kind = pl.when(told).then(pl.lit(each.key)).otherwise(kind)
    return asked.with_columns(kind.alias("kind")).select(columns)


def _is(home: Listed) -> pl.Expr:
    known = pl.lit(False)
    if home.urn:
        known |= pl.col("urn") == home.urn
    if home.postcode:
        no_urn = (pl.col("urn") == "") | pl.lit(not home.urn)
        known |= no_urn & (pl.col("postcode") == home.postcode)
    begun = pl.col("decom") >= home.since
    return known & (begun if home.until is None else begun & (pl.col("decom") <= home.until))


Entry = tuple[str, str, dict[str, Any]]


def _of_toml(name: str, text: str) -> Iterable[Entry]:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise Refused(f"{name} was not read: it is not TOML ({wrong}).") from None
    for of_list, rows in data.items():
        if of_list not in LISTS or not isinstance(rows, list):
            raise Refused(
                f"{name} was not read: {of_list!r} is none of [[{']], [['.join(LISTS)}]]."
            )
        for number, row in enumerate(rows, 1):
            if not isinstance(row, dict):
                raise Refused(f"{name} was not read: entry {number} of {of_list} has no fields.")
            yield f"{of_list} {number}", of_list, row


def _of_csv(name: str, text: str) -> Iterable[Entry]:
    reader = csv.DictReader(io.StringIO(text, newline=""), restval="")
    try:
        for row in reader:
            said = {
                str(key).strip().lower(): value.strip()
                for key, value in row.items()
                if isinstance(value, str) and value.strip()
            }
            of_list = said.pop("list", "").lower()
            if not said and not of_list:
                continue
            where = f"line {reader.line_num}"
            if None in row:
                raise Refused(f"{name}: {where}: it has more values than there are columns.")
            if of_list not in LISTS:
                raise Refused(
                    f"{name}: {where}: the column list must say one of {', '.join(LISTS)}."
                )
            yield where, of_list, said
    except csv.Error as wrong:
        raise Refused(f"{name} was not read: it is not CSV ({wrong}).") from None


def _listed(where: str, of_list: str, row: dict[str, Any]) -> Listed:
    strange = sorted(set(row) - set(FIELDS))
    if strange:
        raise Refused(f"{where}: {', '.join(strange)} is none of {', '.join(FIELDS)}.")
    urn = str(row.get("urn", "")).strip().upper()
    postcode = re.sub(r"\s", "", str(row.get("postcode", "")).upper())
    if not urn and not postcode:
        raise Refused(f"{where}: give its urn or its postcode, so that it can be found.")
    if urn and not URN.fullmatch(urn):
        raise Refused(f"{where}: {urn!r} is not a registration number such as SC123456.")
    if postcode and not POSTCODE.fullmatch(postcode):
        raise Refused(f"{where}: {postcode!r} is not a whole postcode.")
    since, until = _day(where, row, "from"), _day(where, row, "until")
    if since is None:
        raise Refused(f"{where}: give the day it began, from = 2020-04-01.")
    if until is not None and until < since:
        raise Refused(f"{where}: it ends ({until}) before it began ({since}).")
    beds = _beds(where, of_list, row)
    return Listed(of_list, str(row.get("name", "")), urn, postcode, since, until, beds)


def _day(where: str, row: dict[str, Any], field: str) -> date | None:
    said = row.get(field)
    if said is None or type(said) is date:
        return said
    try:
        return date.fromisoformat(str(said).strip())
    except ValueError:
        raise Refused(f"{where}: {field} must be a day such as 2020-04-01, not {said}.") from None


def _beds(where: str, of_list: str, row: dict[str, Any]) -> int:
    said = str(row.get("beds", "")).strip()
    if of_list != "emergency":
        if said:
            raise Refused(f"{where}: beds belong to the list of emergency beds only.")
        return 0
    if not said.isascii() or not said.isdigit() or not 1 <= int(said) <= 50:
        raise Refused(f"{where}: say how many emergency beds it has, beds = 2.")
    return int(said)
