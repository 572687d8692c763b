"""What went in: every price, effect and bed with its unit, price year and source, and the plan."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from onedoor.programme.workbook.sheet import Sheet

Said = Mapping[str, Any]

PRICES = (
    *("Price", "For one", "5% are below (£)", "Price (£)", "5% are above (£)", "Prices of"),
    *("Payer", "Class", "Basis", "From", "To", "Source", "Looked up", "Our judgement"),
)
# Keys of the plan that have a block of their own above.
SHOWN = {"rate", "rate_files", "said", "title"}


def assumptions(sheet: Sheet, said: Said) -> None:
    sheet.title("Assumptions")
    sheet.note("Effects and beds are assumptions too, each in a sheet of its own.")
    sheet.row += 1
    _frame(sheet, said)
    _prices(sheet, said["rates"])
    _rest(sheet, said["plan"])


def _frame(sheet: Sheet, said: Said) -> None:
    sheet.heading("The frame")
    sheet.heads(["What", "Value"])
    discount, deflator = said["discount"], said["deflator"]
    # Change the rate in this cell, and every discounted sum follows.
    sheet.names(1, "discount_rate")
    sheet.cells(["Discount rate, a year, real", float(discount["per_year"])], ["", "chance"])
    for label, value in (
        ("Source of the discount rate", discount["source"]),
        ("All pounds are of", said["price_base"]),
        ("By the deflator", deflator["name"]),
        ("Source of the deflator", deflator["source"]),
        ("First year", said["first_year"]),
        ("Years", len(said["years"])),
        ("Whose money decides", said["perspective"]),
        ("Who is counted", said["population"]),
        ("Replications", said["n"]),
        ("Seed", said["seed"]),
    ):
        sheet.cells([label, value], ["", "" if isinstance(value, int) else "plain"])
    sheet.row += 1


def _prices(sheet: Sheet, rates: list[dict[str, Any]]) -> None:
    sheet.heading("Prices")
    sheet.note(
        "Pounds of the price year beside them; the range is of what the average price may turn "
        "out to be, not of single stays."
    )
    sheet.heads(PRICES, numbers=(2, 3, 4))
    for rate in rates:
        until = rate["valid_to"]
        sheet.cells(
            [
                *(rate["item"], rate["unit"]),
                *(rate[key] / 100 for key in ("low", "mode", "high")),
                *(rate[key] for key in ("price_year", "payer", "class", "basis")),
                date.fromisoformat(rate["valid_from"]),
                date.fromisoformat(until) if until else "until further notice",
                *(rate["source"], date.fromisoformat(rate["retrieved"]), rate["judgement"]),
            ],
            ["", "", "£p", "£p", "£p"],
        )
    sheet.row += 1


def _rest(sheet: Sheet, text: str) -> None:
    rows = list(_flat(text))
    if not rows:
        return
    sheet.heading("Everything else the plan says")
    sheet.note("Hubs, posts, places, homes, what is paid once, how often things happen.")
    sheet.heads(["Where in the plan", "Value"])
    for where, value in rows:
        sheet.cells([where, value], ["", "plain" if isinstance(value, str) else ""])
    sheet.row += 1


def _flat(text: str) -> Iterator[tuple[str, Any]]:
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError:  # a plan that came from pages has no file
        return
    for key, value in values.items():
        if key not in SHOWN:
            yield from _each(key, value)


def _each(where: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inside in value.items():
            yield from _each(f"{where}: {key}", inside)
    elif isinstance(value, list) and any(isinstance(each, dict) for each in value):
        for number, inside in enumerate(value, 1):
            yield from _each(f"{where} {number}", inside)
    elif isinstance(value, list):
        yield where, ", ".join(str(each) for each in value)
    else:
        yield where, value


def plan(sheet: Sheet, said: Said) -> None:
    """The plan as it was written, line by line, so that it can be run again."""
    sheet.title("The plan, as it was written")
    if not said["plan"].strip():
        sheet.note("It was not written as a file: all its figures are in the sheet Assumptions.")
    for line in said["plan"].splitlines():
        sheet.text(0, line, "plain")
        sheet.row += 1
