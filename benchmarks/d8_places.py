"""In or out of authority: right across the boundary changes (D8), and quick for a large return.

python -m benchmarks.d8_places

The peer is asked with every code its council has had, and is right where one of them is right. It
knows no dates, so it is only held to the rows that are in or out and not to those nobody can know.
"""

import json
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
    rows = pl.read_csv(BY_HAND, infer_schema=False).fill_null("")
    with tempfile.TemporaryDirectory() as kept:
        cache = Path(kept)
        right = by_hand(rows, cache)
        peer.verdict(f"D8, of {len(right)} told by hand", sum(right), 100, "right", at_least=True)
        build = peer.cpu(lambda: postcodes.make(cache / "another"), 1)
        peer.verdict("Build the list of postcodes, once", build, 9, "s of CPU")
        many = invented(postcodes.listed(cache))
        codes = authorities.find("North Yorkshire")
        day = pl.col("decom")
        ours = peer.cpu(lambda: readings.with_places(many, looked_up(many, cache), codes, day))
        peer.verdict(f"Join and distance, {many.height:,} episodes", ours, 0.2, "s of CPU")
        print(f"Most memory held, the build included: {peer.peak():,.0f} MB")
        theirs = of_peer(rows, many, cache)
    known = [row["expected"] != "unknown" for row in rows.iter_rows(named=True)]
    in_north_yorkshire = [
        row["expected"] == "in" and "North Yorkshire" in row["found"]
        for row in rows.iter_rows(named=True)
    ]
    for what, held in (("known", known), ("in North Yorkshire", in_north_yorkshire)):
        we, they = (
            sum(a for a, h in zip(who, held, strict=True) if h) for who in (right, theirs[0])
        )
        print(f"Of {sum(held)} {what}: ours {we} right, peer {they}")
    print(f"Peer, the same episodes: {theirs[1]:.2f} s, {theirs[1] / ours:.1f} times ours")


def by_hand(rows: pl.DataFrame, cache: Path) -> list[bool]:
    """Which of the hundred told by hand are right."""
    rows = rows.with_columns(postcodes.squeezed("postcode").alias("postcode"))
    there = postcodes.look_up(rows["postcode"], cache)
    rows = rows.join(there, on="postcode", how="left", maintain_order="left")
    rows = rows.with_columns(pl.lit("").alias("PL_LA"), pl.lit("").alias("PL_LOCATION"))
    right = []
    for row in rows.iter_rows(named=True):
        day = pl.lit(date.fromisoformat(row["on"]))
        one = pl.DataFrame([row], schema_overrides={"district": pl.String})
        said = where.asked(one, authorities.find(row["authority"]), day)["where"].item()
        right.append(said == row["expected"])
    return right


def of_peer(rows: pl.DataFrame, many: pl.DataFrame, cache: Path) -> tuple[list[bool], float]:
    """Which of the hundred the peer has right, and its seconds for the many episodes."""
    asked = cache / "asked.json"
    hundred = [
        (row["postcode"], authorities.find(row["authority"])) for row in rows.iter_rows(named=True)
    ]
    posts = {"home": many["HOME_POST"].to_list(), "there": many["PL_POST"].to_list()}
    asked.write_text(json.dumps({"rows": hundred, **posts}))
    needs = ["csc-validator-be-903==0.1.17", "setuptools<81"]
    said = peer.ask("peers/validator_places.py", str(asked), needs=needs)
    right = [
        row["expected"].upper() in answers
        for row, answers in zip(rows.iter_rows(named=True), said["answers"], strict=True)
    ]
    return right, said["cpu"]


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
