"""The kind of home an episode was in, as far as the return alone can say."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

import polars as pl


@dataclass(frozen=True, slots=True)
class Kind:
    key: str
    words: str
    note: str
    rules: tuple[dict[str, tuple[str, ...]], ...]


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
        )
        for each in tomllib.loads(text)["kind"]
    )


def words() -> dict[str, str]:
    return {kind.key: kind.words for kind in kinds()}


def kind_of_home(rows: pl.DataFrame) -> pl.Series:
    """For each row, the key of the first kind whose rule fits PLACE, PLACE_PROVIDER and LS."""
    column = {"place": "PLACE", "provider": "PLACE_PROVIDER", "ls": "LS"}
    answer: pl.Expr = pl.lit("unknown")
    # Built from the last kind to the first, so that the first that fits decides.
    for kind in reversed(kinds()):
        for rule in kind.rules:
            fits = pl.all_horizontal(
                pl.col(column[part]).is_in(list(codes)) for part, codes in rule.items()
            )
            answer = pl.when(fits).then(pl.lit(kind.key)).otherwise(answer)
    asked = rows.select(column.values())
    distinct = asked.unique().with_columns(answer.alias("kind"))
    return asked.join(distinct, on=list(column.values()), how="left", maintain_order="left")["kind"]
