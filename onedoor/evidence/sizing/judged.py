"""What is taken for granted where nobody said otherwise, from `judgement.toml`."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def _all() -> dict[str, dict[str, Any]]:
    text = resources.files(__package__).joinpath("judgement.toml").read_text("utf-8")
    return tomllib.loads(text)


def number(name: str) -> float:
    return float(_all()[name]["value"])


def whole(name: str) -> int:
    return int(_all()[name]["value"])


def sizes() -> tuple[int, ...]:
    return tuple(_all()["sizes"]["value"])


def kinds(name: str) -> tuple[str, ...]:
    """Keys of kinds of home, by the name of the entry."""
    return tuple(_all()[name]["value"])


def why(name: str) -> str:
    return str(_all()[name]["why"])
