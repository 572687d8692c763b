"""In or out of authority: right across the boundary changes (D8), and quick for a large return.

python -m benchmarks.d8_places
"""

import sys
import tempfile
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks import peer
from onedoor.evidence.places import authorities, postcodes, readings, where

EPISODES = 27_641
BY_HAND = Path(__file__).resolve().parent.parent / "tests/evidence/places_by_hand.csv"


def main() -> None:
    if postcodes.version() is None:
        sys.exit(postcodes.NOT_HERE)
    with tempfile.TemporaryDirectory() as kept:
        cache = Path(kept)
        by_hand(cache)
        build = peer.cpu(lambda: postcodes.listed(cache / "another").collect(), 1)
        peer.verdict("Build the list of postcodes, once", build, 9, "s of CPU")
        rows = invented(postcodes.listed(cache))
        codes = authorities.find("North Yorkshire")
        peer.verdict(
            f"Join and distance, {rows.height:,} episodes",
            peer.cpu(
                lambda: readings.with_places(rows, looked_up(rows, cache), codes, pl.col("decom"))
            ),
            0.2,
            "s of CPU",
        )
        print(f"Most memory held, the build included: {peer.peak():,.0f} MB")


def by_hand(cache: Path) -> None:
    """How many of the hundred told by hand are right."""
    rows = pl.read_csv(BY_HAND, infer_schema=False).fill_null("")
    rows = rows.with_columns(postcodes.squeezed("postcode").alias("postcode"))
    there = postcodes.look_up(rows["postcode"], cache)
    rows = rows.join(there, on="postcode", how="left", maintain_order="left")
    rows = rows.with_columns(pl.lit("").alias("PL_LA"), pl.lit("").alias("PL_LOCATION"))
    right = 0
    for row in rows.iter_rows(named=True):
        day = pl.lit(date.fromisoformat(row["on"]))
        one = pl.DataFrame([row], schema_overrides={"district": pl.String})
        said = where.asked(one, authorities.find(row["authority"]), day)["where"].item()
        right += said == row["expected"]
    peer.verdict(f"D8, of {rows.height} told by hand", right, rows.height, "right", at_least=True)


def looked_up(rows: pl.DataFrame, cache: Path) -> pl.DataFrame:
    asked = pl.concat([rows["HOME_POST"], rows["PL_POST"].rename("HOME_POST")])
    return postcodes.look_up(asked.str.replace_all(" ", ""), cache)


def invented(listed: pl.LazyFrame) -> pl.DataFrame:
    """So many episodes of nobody, between postcodes drawn from the list."""
    chance = np.random.default_rng(8)
    every = listed.select("postcode").collect()["postcode"]
    home, there = (every.gather(chance.integers(0, every.len(), EPISODES)) for _ in range(2))
    days = chance.integers(0, 3650, EPISODES)
    decom = pl.select((pl.lit(date(2016, 4, 1)) + pl.duration(days=pl.Series(days))).alias("decom"))
    blank = pl.lit("")
    return decom.with_columns(
        pl.lit(None, dtype=pl.Date).alias("dec"),
        home.alias("HOME_POST"),
        there.alias("PL_POST"),
        *(blank.alias(name) for name in ("PL_LA", "PL_LOCATION", "PL_DISTANCE")),
    )


if __name__ == "__main__":
    main()
