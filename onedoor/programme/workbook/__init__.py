"""A costing as a workbook: every input with its unit and source, and totals that recalculate.

from onedoor.programme import workbook
data = workbook.written(made.as_dict(), on=date(2026, 11, 27))

The same costing and day give the same bytes on any machine.
"""

import io
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

import xlsxwriter

from onedoor.programme.workbook import inputs, money, words
from onedoor.programme.workbook.sheet import Look, Sheet

Said = Mapping[str, Any]

# What is shown as it is counted, without totals: sheet, and the tables on it.
COUNTED = {
    "What it hangs on": (
        (40, 52, *[22] * 4),
        ("payback", "returned", "break_even", "what_moves_it"),
    ),
    "The hubs": ((14, 44, 14, 14, 18, 18, 18, 12, 12, 14, 40), ("shape",)),
    "Beds in use": ((24, *[18] * 8), ("turned_away", "how_full")),
    "How many places": ((60, 32, *[18] * 9), ("sizing", "needed", "other_hubs", "curve")),
    "Published elsewhere": ((50, 12, 12, 14, 14, 36, 8, 20, 60), ("published",)),
    "Assumed effects": ((60, *[14] * 4, 24, 70), ("assumed",)),
    "Assumed beds": ((24, 80, 10, 14, 14, 60), ("beds",)),
    "Checklist": ((10, 60, 100), ("checklist",)),
}
SAFE = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}


def written(said: Said, *, on: date) -> bytes:
    """The workbook (xlsx) of a costing as `Costing.as_dict` gives it, made on a day."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, SAFE)
    book.set_properties(
        {"title": words.clipped(said["title"], 200), "created": datetime.combine(on, time(), UTC)}
    )
    book.set_calc_mode("auto")
    look = Look(book)

    def sheet(name: str, wide: tuple[int, ...]) -> Sheet:
        return Sheet(book.add_worksheet(name), look, wide)

    words.about(sheet("About", (34, 100)), said, on)
    money.saving(sheet("Saving", (38, *[16] * 15)), said)
    money.by_payer(sheet("Years by payer", (22, 12, *[15] * (len(said["years"]) + 1))), said)
    money.spread(sheet("By payer, how sure", (12, 14, 12, *[16] * 14)), said)
    money.spent(sheet("Spending", (36, 34, 14, 14, 14, *[18] * 5, 40)), said)
    for name, (wide, asked) in COUNTED.items():
        tables = [each for each in asked if each in said["tables"]]
        if not tables:  # a plan without beds
            continue
        page = sheet(name, wide)
        for each in tables:
            page.table(said["tables"][each])
    columns = (44, 16, *[14] * 7, 20, 20, 40, 14, 40)
    inputs.assumptions(sheet("Assumptions", columns), said)
    inputs.plan(sheet("The plan", (110,)), said)
    words.sources(sheet("Sources", (90, 60)), said)
    words.limits(sheet("What it cannot know", (110,)), said)
    words.provenance(sheet("Where it comes from", (34, 100)), said)
    book.close()
    return out.getvalue()
