"""The rules as data: what each asks, of which years, and where it comes from."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

Severity = Literal["error", "query"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `ask` names the question in code; what the question needs stands beside it.

    `dfe`: its numbers in the department's specification. `first`, `last`: the March of the first
    and last return it is asked of.
    """

    key: str
    dfe: tuple[str, ...]
    severity: Severity
    what: str
    mend: str
    ask: str
    first: int = 0
    last: int = 9999
    ledger: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    column: str = ""
    codes: tuple[str, ...] = ()
    at: str = ""
    least: int | None = None
    under: int | None = None
    days: int = 0
    other: str = ""
    never: tuple[str, ...] = ()
    only: tuple[str, ...] = ()

    def asked_of(self, year: int) -> bool:
        return self.first <= year <= self.last


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, in the order in which they are asked."""
    text = resources.files(__package__).joinpath("rules.toml").read_text("utf-8")
    return tuple(_rule(key, fields) for key, fields in tomllib.loads(text).items())


def _rule(key: str, fields: dict[str, Any]) -> Rule:
    lists = {name: tuple(value) for name, value in fields.items() if isinstance(value, list)}
    return Rule(key=key, **{**fields, **lists})
