"""The council as it is: the baseline that later numbers are held against."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onedoor.evidence import places
from onedoor.evidence.baseline import drawn, endings, flows, lengths, stock
from onedoor.evidence.ssda903 import Reading, Refused, hubs, spells, summary
from onedoor.evidence.table import Column, Table

__all__ = ["Baseline", "Column", "Table", "baseline"]

BEFORE_YOU_USE_IT = (
    "Counts are exact and not suppressed: they stay inside the council.",
    "The return is pseudonymous and a year old by the time it is whole: this is a picture of the "
    "council, never a record of a young person.",
)


@dataclass(frozen=True, slots=True, eq=False)
class Baseline:
    """Six tables and where they come from.

    `tables`: looked_after, starts_and_ends, length_of_stay, why_stays_end, moves, in_or_out.
    `ages` are whole years, both counted. `years` are the Marches in which returns end. `authority`
    is the council's name, blank where nobody knows it. `reading` has each home's kind and place as
    the tables count them.
    """

    ages: tuple[int, int]
    years: tuple[int, ...]
    authority: str
    tables: tuple[Table, ...]
    reading: Reading

    def table(self, name: str) -> Table:
        return next(table for table in self.tables if table.name == name)

    def picture(self, name: str) -> str:
        """The picture of one table: SVG for a page or a printed paper."""
        return drawn.picture(self.table(name))

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON or a template."""
        return {
            "ages": list(self.ages),
            "years": list(self.years),
            "authority": self.authority,
            "tables": {table.name: table.as_dict() for table in self.tables},
            **summary.as_dict(self.reading),
            "limits": list(BEFORE_YOU_USE_IT),
        }


def baseline(
    reading: Reading,
    ages: tuple[int, int] = (12, 17),
    *,
    authority: str | None = None,
    lists: hubs.Hubs | None = None,
    cache: Path | None = None,
) -> Baseline:
    """The baseline of a council from its returns, for young people of these ages (whole years).

    `authority`: the council, by name, ONS code or DfE number, where the return does not name it
    (column LA); without it inside or outside is unknown but where the return says so. `lists`: its
    own lists of hubs (`ssda903.hubs`); without them no hub is guessed. `cache`: where the list of
    postcodes is kept. Raises `Refused` when the ages are not a band, no episode could be counted or
    the authority is none.
    """
    if not 0 <= ages[0] <= ages[1] <= 25:
        raise Refused(f"Ages {ages[0]} to {ages[1]} are not a band of ages from 0 to 25.")
    if not reading.returns:
        raise Refused("No episode could be counted, so there is no baseline.")
    placed = places.placed(reading, authority, lists=lists, cache=cache)
    reading = placed.reading
    stays = spells.stays(reading.episodes)
    tables = (
        stock.looked_after(reading, ages),
        flows.starts_and_ends(reading, stays, ages),
        lengths.length_of_stay(reading, stays, ages),
        endings.why_stays_end(reading, stays, ages),
        flows.moves(reading, stays, ages),
        stock.in_or_out(reading, ages, placed.limits),
    )
    return Baseline(ages, reading.years, placed.authority, tables, reading)
