"""The code lists of the return, each with the years it was in use and where it comes from."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

# The returns these lists cover, by the March in which they end.
FIRST_YEAR = 2017
LAST_YEAR = 2027


@dataclass(frozen=True, slots=True)
class Code:
    code: str
    words: str
    first_year: int = 0
    last_year: int = 9999
    group: str = ""
    means: str = ""
    same_carer: str = ""
    counted: str = "yes"


@dataclass(frozen=True, slots=True)
class CodeList:
    name: str
    title: str
    source: str
    note: str
    codes: tuple[Code, ...]

    def words(self) -> dict[str, str]:
        return {code.code: code.words for code in self.codes}

    def of_group(self, group: str) -> tuple[str, ...]:
        return tuple(code.code for code in self.codes if code.group == group)


@cache
def code_list(name: str) -> CodeList:
    """One list by its column name, for example `code_list("PLACE")`."""
    text = resources.files(__name__).joinpath(f"{name.lower()}.toml").read_text("utf-8")
    data = tomllib.loads(text)
    codes = tuple(Code(**row) for row in data["code"])
    return CodeList(data["list"], data["title"], data["source"], data.get("note", ""), codes)


def same_carer() -> tuple[str, ...]:
    """Reasons for a new episode that leave the young person in the same home."""
    return tuple(code.code for code in code_list("RNE").codes if code.same_carer == "yes")


def not_counted() -> tuple[str, ...]:
    """Legal statuses (short breaks) that do not count as looked after."""
    return tuple(code.code for code in code_list("LS").codes if code.counted == "no")
