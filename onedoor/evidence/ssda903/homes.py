"""The kind of home an episode was in, as far as the return alone can say."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

import polars as pl

Certainty = Literal["high", "medium", "low", "none"]
COLUMN = {"place": "PLACE", "provider": "PLACE_PROVIDER", "ls": "LS"}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of home and how it is told.

    `certainty`: how sure the answer is where it is given. `needs`: what a council must add for it
    to be surer. `of_list`: the council's own list that alone can say it, blank where the return
    can; `otherwise` is then what it is called without the list, and `days` (0 for any) the longest
    stay that it can be.
    """

    key: str
    words: str
    note: str
    rules: tuple[dict[str, tuple[str, ...]], ...]
    certainty: Certainty
    needs: str
    of_list: str
    otherwise: str
    days: int

    def fits(self) -> pl.Expr:
        """Whether a row has the codes of one of the rules; nobody where there are none."""
        return pl.any_horizontal(
            pl.lit(False),
            *(
                pl.all_horizontal(
                    pl.col(COLUMN[part]).is_in(list(codes)) for part, codes in rule.items()
                )
                for rule in self.rules
            ),
        )


@cache
def kinds() -> tuple[Kind, ...]:
    """Every kind of home, in the order in which its rules are asked."""
    text = resources.files(__package__).joinpath("homes.toml").read_text("utf-8")
    return tuple(
        Kind(
            each["key"],
            each["words"],
            each.get("note", ""),
            tuple({part: tuple(codes) for part, codes in rule.items()} for rule in each["rules"]),
            each["certainty"],
            each.get("needs", ""),
            each.get("list", ""),
            each.get("otherwise", ""),
            each.get("days", 0),
        )
        for each in tomllib.loads(text)["kind"]
    )


def words() -> dict[str, str]:
    return {kind.key: kind.words for kind in kinds()}


def kind_of_home(rows: pl.DataFrame) -> pl.Series:
    """For each row, the key of the first kind whose rule fits PLACE, PLACE_PROVIDER and LS."""
    answer: pl.Expr = pl.lit("unknown")
    # Built from the last kind to the first, so that the first that fits decides.
    for kind in reversed(kinds()):
        if kind.rules and not kind.of_list:
            answer = pl.when(kind.fits()).then(pl.lit(kind.key)).otherwise(answer)
    asked = rows.select(COLUMN.values())
    distinct = asked.unique().with_columns(answer.alias("kind"))
    return asked.join(distinct, on=list(COLUMN.values()), how="left", maintain_order="left")["kind"]
