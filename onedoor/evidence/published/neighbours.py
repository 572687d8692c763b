"""Statistical neighbours: the ten councils that the DfE holds each council most like."""

import polars as pl

from onedoor.evidence.places import authorities
from onedoor.evidence.refusal import Refused

SCHEMA = pl.Schema(
    {
        "code": pl.String(),
        "name": pl.String(),
        "rank": pl.Int64(),
        "neighbour": pl.String(),
        "neighbour_name": pl.String(),
        "closeness": pl.String(),
    }
)
HOW_MANY = 10
COLUMNS = {
    *("old_la_code", "la_name"),
    *(f"sn_{rank}{end}" for rank in range(1, HOW_MANY + 1) for end in ("", "p")),
}


def is_of(columns: set[str]) -> bool:
    return columns >= COLUMNS


def tidied(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Rows of SCHEMA, nearest first, with the ONS codes of today. Raises `Refused`."""
    numbers = [f"sn_{rank}" for rank in range(1, HOW_MANY + 1)]
    asked = pl.concat(frame[column].rename("number") for column in ["old_la_code", *numbers])
    codes, names = {}, {}
    for number in asked.unique().sort():
        try:
            codes[number] = authorities.find(number)[-1]
        except Refused as refused:
            raise Refused(f"{name} was not read: {refused.sentence}") from None
        names[number] = authorities.name_of([codes[number]])
    ranks = [
        frame.select(
            pl.col("old_la_code").replace_strict(codes).alias("code"),
            pl.col("la_name").alias("name"),
            pl.lit(rank, dtype=pl.Int64).alias("rank"),
            pl.col(f"sn_{rank}").replace_strict(codes).alias("neighbour"),
            pl.col(f"sn_{rank}").replace_strict(names).alias("neighbour_name"),
            pl.col(f"sn_{rank}p").alias("closeness"),
        )
        for rank in range(1, HOW_MANY + 1)
    ]
    return pl.concat(ranks).sort("code", "rank").cast(SCHEMA)
