"""The files the DfE publishes, as `files.toml` tells them."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Value:
    """A column of numbers. `means`: cells that look like numbers and stand for a mark."""

    column: str
    unit: str
    words: str
    means: dict[str, str]


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of file. `where`: pairs of words of the breakdown and the unit that they bring."""

    measure: str
    title: str
    source: str
    breakdown: tuple[str, ...]
    values: tuple[Value, ...]
    where: tuple[tuple[str, str], ...]
    needs: tuple[str, ...]
    lacks: tuple[str, ...]

    def own_columns(self) -> set[str]:
        return {*self.breakdown, *(value.column for value in self.values)}

    def is_of(self, columns: set[str]) -> bool:
        """Whether a file of these columns is of this kind: all of its own, and no other's."""
        return (
            columns >= self.own_columns() | {"time_period", "geographic_level"} | set(self.needs)
            and columns <= self.own_columns() | set(layouts().identity)
            and not columns & set(self.lacks)
        )


@dataclass(frozen=True, slots=True)
class Layouts:
    """Everything the file of layouts holds. `marks`: what each stands for."""

    files: tuple[Layout, ...]
    identity: tuple[str, ...]
    levels: dict[str, str]
    marks: dict[str, str]
    licence: str


@cache
def layouts() -> Layouts:
    text = resources.files(__package__).joinpath("files.toml").read_text("utf-8")
    data = tomllib.loads(text)
    files = tuple(
        Layout(
            each["measure"],
            each["title"],
            each.get("source", data["source"]),
            tuple(each["breakdown"]),
            tuple(
                Value(
                    value["column"], value["unit"], value.get("words", ""), value.get("means", {})
                )
                for value in each["value"]
            ),
            tuple((where["has"], where["unit"]) for where in each.get("where", ())),
            tuple(each.get("needs", ())),
            tuple(each.get("lacks", ())),
        )
        for each in data["file"]
    )
    return Layouts(files, tuple(data["identity"]), data["level"], data["mark"], data["licence"])


def of_columns(columns: set[str]) -> Layout | None:
    """The kind of file that has these columns, in small letters; None where none has."""
    return next((each for each in layouts().files if each.is_of(columns)), None)


def nearest(columns: set[str]) -> tuple[Layout, set[str], set[str]]:
    """The kind of file these columns are most like, what it lacks, and what it has too much."""
    identity = set(layouts().identity)
    like = max(layouts().files, key=lambda each: len(each.own_columns() & columns))
    wanted = like.own_columns() | {"time_period", "geographic_level"} | set(like.needs)
    return like, wanted - columns, columns - like.own_columns() - identity
