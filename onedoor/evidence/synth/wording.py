"""How a return writes what is true: its file of wording, and the codes of each year."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from onedoor.evidence.ssda903 import codes


@cache
def told() -> dict[str, Any]:
    text = resources.files(__package__).joinpath("returns.toml").read_text("utf-8")
    return tomllib.loads(text)


def written_in(name: str, year: int) -> dict[str, str]:
    """For each code that is written otherwise in that year's return, what is written."""
    in_use = {
        code.code
        for code in codes.code_list(name).codes
        if code.first_year <= year <= code.last_year
    }
    known = {code.code for code in codes.code_list(name).codes}
    found = {}
    for code, others in told()["also_written"].items():
        if code in known and code not in in_use:
            found[code] = next(other for other in others if other in in_use)
    return found
