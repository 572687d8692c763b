"""The Episodes table: every episode with its codes, and what each year's return knew of it."""

from typing import Any

import polars as pl

from onedoor.evidence.ssda903 import dates
from onedoor.evidence.synth import wording
from onedoor.evidence.synth.addresses import Addresses
from onedoor.evidence.synth.lived import Council
from onedoor.evidence.synth.mechanism import Mechanism

COLUMNS = (
    *("CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "DEC", "REC"),
    *("REASON_PLACE_CHANGE", "HOME_POST", "PL_POST", "URN"),
)


def coded(council: Council, how: Mechanism, where: Addresses) -> pl.DataFrame:
    """Every episode with what does not change from year to year."""
    homes = how.told["home"]
    early = {each["key"]: each["place"][0] for each in homes}
    settled = {each["key"]: each["place"][1] for each in homes}
    home = pl.col("home")
    return council.episodes.join(
        council.people.select("child", "CIN"), on="child", how="left", maintain_order="left"
    ).select(
        pl.col("child").alias("CHILD"),
        pl.col("decom").alias("DECOM"),
        pl.col("rne").alias("RNE"),
        pl.col("status").alias("LS"),
        "CIN",
        pl.when("settled")
        .then(home.replace_strict(settled))
        .otherwise(home.replace_strict(early))
        .alias("PLACE"),
        _provider(homes).alias("PLACE_PROVIDER"),
        pl.col("dec").alias("DEC"),
        pl.col("rec").alias("REC"),
        pl.col("reason").alias("REASON_PLACE_CHANGE"),
        where.home(pl.col("child").str.tail(7).cast(pl.Int64)).alias("HOME_POST"),
        where.placed(pl.col("house"), pl.col("out")).alias("PL_POST"),
        pl.when("out").then(pl.lit("OUT")).otherwise(pl.lit("IN")).alias("PL_LOCATION"),
        "home",
        _urn().alias("URN"),
    )


def _provider(homes: list[dict[str, Any]]) -> pl.Expr:
    """The provider of each home, by the number of the house, in the shares of its kind."""
    answer: pl.Expr = pl.lit("")
    for each in homes:
        left, whole = 0.0, sum(each["providers"].values())
        for provider, share in each["providers"].items():
            # Those from here on; the next provider takes the end of them.
            here = (pl.col("home") == each["key"]) & (pl.col("house") >= 1000 * left / whole)
            answer = pl.when(here).then(pl.lit(provider)).otherwise(answer)
            left += share
    return answer


def _urn() -> pl.Expr:
    houses = wording.told()["houses"]
    answer: pl.Expr = pl.lit("")
    for number, (key, count) in enumerate(
        (key, count) for key, count in houses.items() if isinstance(count, int)
    ):
        which = 9_900_000 + 1_000 * number + pl.col("house") * count // 1000 + 1
        answer = pl.when(pl.col("home") == key).then(which.cast(pl.String)).otherwise(answer)
    return answer


def of_year(episodes: pl.DataFrame, year: int) -> pl.DataFrame:
    """The episodes that touch the year, as they stood when it ended: nobody knew what came."""
    first, last = dates.first_day(year), dates.last_day(year)
    over = (pl.col("DEC") <= last).fill_null(False)
    since = wording.told()["houses"]["registered_since"]
    too_early = pl.col("home").is_in([key for key, from_year in since.items() if year < from_year])
    rows = episodes.filter(
        pl.col("DECOM") <= last, pl.col("DEC").is_null() | (pl.col("DEC") >= first)
    )
    return rows.with_columns(
        pl.col("PLACE").replace(wording.written_in("PLACE", year)),
        pl.when(over).then("DEC").alias("DEC"),
        pl.when(over).then(pl.col("REC").replace(wording.written_in("REC", year))).alias("REC"),
        pl.when(over).then("REASON_PLACE_CHANGE").alias("REASON_PLACE_CHANGE"),
        pl.when(~too_early).then("URN").alias("URN"),
    )
