"""The tables of the return beside Header and Episodes: missing, reviews, health and leavers."""

from datetime import timedelta
from typing import Any

import numpy as np
import polars as pl

from onedoor.evidence.ssda903 import dates
from onedoor.evidence.synth import wording
from onedoor.evidence.synth.chance import Reals
from onedoor.evidence.synth.lived import Council

Told = dict[str, Any]


def of_year(council: Council, year: int, wanted: tuple[str, ...]) -> dict[str, pl.DataFrame]:
    """The wanted ones of these tables for a return year."""
    told, found = wording.told(), {}
    if "missing" in wanted:
        found["missing"] = missing(council, year)
    if "reviews" in wanted:
        found["reviews"] = reviews(council, year, told["reviews"])
    if "oc2" in wanted:
        found["oc2"] = oc2(council, year, told["oc2"])
    if "oc3" in wanted:
        found["oc3"] = oc3(council, year, told["oc3"])
    return found


def missing(council: Council, year: int) -> pl.DataFrame:
    """Missing (M) and away without authorisation (A), of those looked after, as written down."""
    first, last = dates.first_day(year), dates.last_day(year)
    rows = council.happened.filter(
        pl.col("what") == "missing",
        pl.col("written_down"),
        pl.col("home") != "family",
        pl.col("on") <= last,
        pl.col("until") >= first,
    )
    return _with_birth(council, rows).select(
        *_whose(),
        pl.when("away").then(pl.lit("A")).otherwise(pl.lit("M")).alias("MISSING"),
        pl.col("on").alias("MIS_START"),
        pl.when(pl.col("until") <= last).then("until").alias("MIS_END"),
    )


def reviews(council: Council, year: int, told: Told) -> pl.DataFrame:
    """The reviews that fell in the year, by the regulations' own rhythm."""
    first, last = dates.first_day(year), dates.last_day(year)
    periods = _periods(council).filter(
        pl.col("start") <= last, pl.col("end").is_null() | (pl.col("end") >= first)
    )
    later = [told["after"][1] + told["every"] * number for number in range(1, 40)]
    rows = (
        periods.with_columns(pl.lit([told["after"][0], told["after"][1], *later]).alias("after"))
        .explode("after")
        .with_columns((pl.col("start") + pl.duration(days="after")).alias("REVIEW"))
        .filter(
            pl.col("REVIEW").is_between(first, last),
            pl.col("end").is_null() | (pl.col("REVIEW") < pl.col("end")),
        )
    )
    rows = _with_birth(council, rows)
    codes, shares = list(told["participation"]), list(told["participation"].values())
    said = _drawn(council, year, 2, rows.height, codes, shares)
    young = dates.age("born", pl.col("REVIEW")) < 4
    return rows.with_columns(pl.Series("said", said, dtype=pl.String)).select(
        *_whose(),
        "REVIEW",
        pl.when(young).then(pl.lit("PN0")).otherwise("said").alias("REVIEW_CODE"),
    )


def oc2(council: Council, year: int, told: Told) -> pl.DataFrame:
    """Health and offending of those looked after for the whole year to 31 March."""
    first, last = dates.first_day(year), dates.last_day(year)
    there = _periods(council).filter(
        pl.col("start") < first, pl.col("end").is_null() | (pl.col("end") > last)
    )
    arrests = (
        council.happened.filter(pl.col("what") == "arrest", pl.col("on").is_between(first, last))
        .group_by("child")
        .agg(pl.len().alias("arrests"))
    )
    rows = _with_birth(council, there).join(arrests, on="child", how="left", maintain_order="left")
    u = _numbers(council, year, 3, 8, rows.height)
    need, on = rows["need"].to_numpy(), pl.lit(last)
    age = rows.select(dates.age("born", on).alias("age"))["age"].to_numpy()
    convicted = 1 - (1 - told["convicted_for_each_arrest"]) ** (
        rows["arrests"].fill_null(0).to_numpy()
    )
    misuse = told["substance_misuse"] * np.exp(told["substance_need"] * need)
    asked = (age >= 4) & (age <= 16)
    known = asked & (u[0] < told["sdq_known"])
    score = np.clip(
        np.round(told["sdq_middle"] + told["sdq_need"] * need + 6 * (u[1] - 0.5)), 0, 40
    )
    misused = (age >= 10) & (u[2] < misuse)
    yes = {
        "CONVICTED": (age >= 10) & (u[3] < convicted),
        "HEALTH_CHECK": u[4] < told["health_check"],
        "IMMUNISATIONS": u[5] < told["immunisations"],
        "TEETH_CHECK": u[6] < told["teeth_check"],
        "HEALTH_ASSESSMENT": u[7] < told["health_assessment"],
        "SUBSTANCE_MISUSE": misused,
        "INTERVENTION_RECEIVED": misused & (u[3] < 0.5),
        "INTERVENTION_OFFERED": misused & (u[3] >= 0.5),
    }
    blank = {
        "HEALTH_CHECK": age >= 5,
        "INTERVENTION_RECEIVED": ~misused,
        "INTERVENTION_OFFERED": ~misused | yes["INTERVENTION_RECEIVED"],
    }
    said = {
        name: np.where(blank.get(name, False), "", np.where(values, "1", "0"))
        for name, values in yes.items()
    }
    return rows.select(
        *_whose(),
        pl.Series("SDQ_SCORE", np.where(known, score.astype(int).astype(str), "")),
        pl.Series("SDQ_REASON", np.where(asked & ~known, "SDQ1", "")),
        *(pl.Series(name, values, dtype=pl.String) for name, values in said.items()),
        pl.lit(year).alias("YEAR"),
    )


def oc3(council: Council, year: int, told: Told) -> pl.DataFrame:
    """Those who turn 17 to 21 in the year and were looked after at 16 or 17."""
    first, last = dates.first_day(year), dates.last_day(year)
    over = pl.coalesce("dec", pl.lit(last))
    were = (
        council.episodes.filter(pl.col("decom") <= last)
        .join(council.people.select("child", "born"), on="child", maintain_order="left")
        .filter(over > dates.birthday("born", 16))
        .select("child")
        .unique(maintain_order=True)
    )
    turns = dates.age("born", pl.lit(last)).is_between(17, 21) & (
        dates.age("born", pl.lit(last)) > dates.age("born", pl.lit(first - timedelta(days=1)))
    )
    rows = _with_birth(council, were).filter(turns)
    in_touch, activ, accom = (
        pl.Series(
            name.upper(),
            _drawn(council, year, 4 + number, rows.height, list(told[name]), told[name].values()),
            dtype=pl.String,
        )
        for number, name in enumerate(("in_touch", "activ", "accom"))
    )
    activ = activ.replace(wording.written_in("ACTIV", year))
    touched = pl.col("IN_TOUCH") == "YES"
    return rows.with_columns(in_touch, activ, accom).select(
        *_whose(),
        "IN_TOUCH",
        *(
            pl.when(touched).then(name).otherwise(pl.lit("0")).alias(name)
            for name in ("ACTIV", "ACCOM")
        ),
        pl.lit(year).alias("YEAR"),
    )


def _whose() -> tuple[pl.Expr, pl.Expr]:
    return pl.col("child").alias("CHILD"), pl.col("born").alias("DOB")


def _with_birth(council: Council, rows: pl.DataFrame) -> pl.DataFrame:
    return rows.join(
        council.people.select("child", "born", "need"), on="child", maintain_order="left"
    )


def _periods(council: Council) -> pl.DataFrame:
    """Periods of care that touch the council's years: child, start, end."""
    rows = council.episodes.with_columns(
        (pl.col("rne") == "S").cum_sum().over("child").alias("number")
    )
    return rows.group_by("child", "number", maintain_order=True).agg(
        pl.col("decom").first().alias("start"), pl.col("dec").last().alias("end")
    )


def _numbers(council: Council, year: int, table: int, rows: int, n: int) -> Reals:
    return np.random.Generator(np.random.PCG64([council.seed, year, table])).random((rows, n))


def _drawn(
    council: Council, year: int, table: int, n: int, codes: list[str], shares: Any
) -> list[str]:
    weights = np.array(list(shares), dtype=float)
    upto = np.cumsum(weights) / weights.sum()
    which = np.searchsorted(upto, _numbers(council, year, table, 1, n)[0], side="right")
    return [codes[index] for index in which]
