"""Published claims about the model, each with what it is and what is wrong with it."""

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

from onedoor.evidence.money import asked

SaidAs = Literal["forecast", "outturn", "description"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One published figure. A forecast has its pounds in `forecast_pounds` and an outturn in
    `outturn_pounds`: they are never one field, so that neither is read as the other. `change` is a
    fraction; `values` what else was printed, under the names it has in the file."""

    id: str
    words: str
    said_as: SaidAs
    period: str
    population: str
    grade: str
    source: str
    change: float | None
    forecast_pounds: int | None
    outturn_pounds: int | None
    values: dict[str, Any]
    disagrees: tuple[str, ...]
    trap: str


@cache
def published() -> tuple[Figure, ...]:
    """Every figure, in the order of the file. None of them is a default of anything."""
    text = resources.files(__package__).joinpath("published.toml").read_text("utf-8")
    found = asked.tables(asked.parsed(text, "published.toml"), "figure", "published.toml")
    return tuple(_figure(each) for each in found)


def _figure(said: dict[str, Any]) -> Figure:
    pounds, kind = said.get("pounds"), said["said_as"]
    change = said.get("change")
    named = ("value", "high", "before", "after", "unit")
    values = {key: said[key] for key in named if key in said}
    if kind == "description" and pounds is not None:
        values["pounds"] = pounds
    return Figure(
        said["id"],
        said["words"],
        kind,
        said["period"],
        said["population"],
        said["grade"],
        said["source"],
        None if change is None else float(change),
        pounds if kind == "forecast" else None,
        pounds if kind == "outturn" else None,
        values,
        tuple(said.get("disagrees", ())),
        said.get("trap", ""),
    )
