"""What people say in Northmoor, drawn so that nobody says the same thing twice running."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from random import Random
from typing import Any

STARTS = re.compile(r"(^|[.!?] )([a-zà-ÿ])")
THEY = {
    "she": ("she", "her", "her", "herself"),
    "he": ("he", "him", "his", "himself"),
    "they": ("they", "them", "their", "themself"),
}


@cache
def told(name: str) -> dict[str, Any]:
    """One of the data files beside this one."""
    return tomllib.loads(resources.files("onedoor.demo").joinpath(name).read_text("utf-8"))


class Decks:
    """A shuffled deck of lines for each asker and kind; it is shuffled again when it runs out."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self._left: dict[tuple, list[Any]] = {}
        self._last: dict[tuple, Any] = {}

    def draw(self, asker: object, kind: str, lines: Sequence[Any]) -> Any:
        key = (asker, kind)
        left = self._left.get(key)
        if not left:
            left = self._left[key] = self.rng.sample(list(lines), len(lines))
            if len(left) > 1 and left[-1] == self._last.get(key):
                left[0], left[-1] = left[-1], left[0]
        line = self._last[key] = left.pop()
        return line


def pronoun_words(pronouns: str) -> dict[str, str]:
    they, them, their, themself = THEY[pronouns.split("/")[0]]
    return {
        "they": they, "them": them, "their": their, "themself": themself,
        "They": they.capitalize(), "Their": their.capitalize(),
    }  # fmt: skip


def filled(line: str, world: Mapping[str, str]) -> str:
    """The line in one young person's world, each sentence begun with a capital."""
    said = line.format_map(world)
    return STARTS.sub(lambda start: start[1] + start[2].upper(), said)
