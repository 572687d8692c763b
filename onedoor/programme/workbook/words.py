"""The sheets of words: what this is, its sources, what it cannot know, and where it comes from."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from onedoor.govuk import words
from onedoor.programme.workbook.sheet import Sheet

Said = Mapping[str, Any]


def clipped(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def about(sheet: Sheet, said: Said, on: date) -> None:
    sheet.title(said["title"])
    sheet.note("A forecast. Nothing has happened, and nothing may be quoted as saved.")
    sheet.row += 1
    for label, value in (
        ("Who is counted", said["population"]),
        ("Years", f"{said['years'][0]} to {said['years'][-1]}"),
        ("Pounds", f"Of {said['price_base']}, without inflation"),
        ("Whose money decides", said["perspective"]),
        ("Replications", said["n"]),
        ("Out by, because there are no more", said["mcse"]),
        ("Run", said["run"]),
        ("Workbook made on", words.day(on)),
    ):
        sheet.cells([label, value], ["", "£" if "Out by" in label else ""])
    sheet.row += 1
    sheet.heading("How to read it")
    for label, value in (
        ("Direct saving", "Less than is spent today, in the same prices. Below 0: a cost."),
        ("Growth avoided", "Less than would have been spent without the plan, beyond today."),
        ("Net saving", "The two together: with the plan against without it."),
        ("5 in 100 are below", "Of 100 possible futures, 5 come out below this figure."),
        ("Totals", "Are formulas. Change a mean or the discount rate, and they follow."),
        (
            "Prices and effects",
            "Are shown, and not linked: their doubt went through the simulation, so a changed "
            "price needs a new costing.",
        ),
    ):
        sheet.cells([label, value])


def sources(sheet: Sheet, said: Said) -> None:
    sheet.title("Sources")
    sheet.heads(["Source", "Of what"])
    found: dict[str, list[str]] = {}
    for source, what in _sources(said):
        found.setdefault(source, []).append(what)
    for source, whats in found.items():
        sheet.cells([source, clipped(", ".join(dict.fromkeys(whats)), 2_000)])


def _sources(said: Said) -> Iterator[tuple[str, str]]:
    yield said["deflator"]["source"], said["deflator"]["name"]
    yield said["discount"]["source"], said["discount"]["name"]
    for rate in said["rates"]:
        yield rate["source"], rate["item"]
    for effect in said["effects"]:
        yield effect["source"], effect["words"]
    for name, key in (("beds", "what"), ("awards", "words"), ("published", "words")):
        for row in said["tables"].get(name, {"rows": []})["rows"]:
            if row["source"]:
                yield row["source"], row[key]


def limits(sheet: Sheet, said: Said) -> None:
    sheet.title("What it cannot know")
    sheet.note("To be shown with any figure of this workbook.")
    sheet.row += 1
    for sentence in said["limits"]:
        sheet.cells([sentence])


def provenance(sheet: Sheet, said: Said) -> None:
    sheet.title("Where it comes from")
    sheet.note("The same code, inputs, plan and seed give the same figures under the same name.")
    sheet.row += 1
    for label, value in (
        ("Run", said["run"]),
        ("One Door", said["version"]),
        ("Seed", said["seed"]),
        ("Replications", said["n"]),
    ):
        sheet.cells([label, value])
    sheet.row += 1
    sheet.heads(["Input", "Its digest (SHA-256)"])
    for name, digest in sorted(said["inputs"].items()):
        sheet.cells([name, digest])
