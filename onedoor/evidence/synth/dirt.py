"""Faults as real returns have them, put into clean ones: what a reader has to live with."""

import io
import tomllib
from importlib import resources
from typing import Any

import numpy as np
import polars as pl

Files = list[tuple[str, bytes]]
CODES = ("RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER")
OTHER_YEARS = {"K3": "H5", "H5": "K3", "M": "1", "F": "2"}
A_DAY = r"^(\d{2})/(\d{2})/(\d{4})$"


def dirtied(files: Files, seed: int) -> Files:
    """The same files with faults at the rates of `dirt.toml`; the same seed, the same faults.

    The truth stays with the council: nothing that is changed here is true of anybody.
    """
    text = resources.files(__package__).joinpath("dirt.toml").read_text("utf-8")
    rates = tomllib.loads(text)
    rng = np.random.Generator(np.random.PCG64([seed, 2]))
    return [(name, _dirtied(name, data, rates, rng)) for name, data in files]


def _dirtied(name: str, data: bytes, rates: dict[str, Any], rng: np.random.Generator) -> bytes:
    rows = pl.read_csv(io.BytesIO(data), infer_schema=False).fill_null("")
    if name.endswith("_episodes.csv"):
        rows = _episodes(rows, rates["episodes"], rng)
    elif name.endswith("_header.csv"):
        rows = _header(rows, rates["header"], rng)
        if rng.random() < rates["files"]["decimal"]:
            rows = rows.with_columns(pl.col("SEX").str.replace(r"^([12])$", "${1}.0"))
    if rng.random() < rates["files"]["iso"]:
        rows = rows.with_columns(pl.all().str.replace(A_DAY, "${3}-${2}-${1}"))
    written = rows.write_csv(line_terminator="\r\n", quote_style="never").encode()
    return b"\xef\xbb\xbf" + written if rng.random() < rates["files"]["mark"] else written


def _hit(rows: pl.DataFrame, rate: float, rng: np.random.Generator) -> pl.Series:
    return pl.Series(rng.random(rows.height) < rate / 10_000)


def _episodes(
    rows: pl.DataFrame, rates: dict[str, float], rng: np.random.Generator
) -> pl.DataFrame:
    def at(fault: str) -> pl.Series:
        return _hit(rows, rates[fault], rng)

    def put(column: str, value: pl.Expr | str, where: pl.Expr | pl.Series) -> None:
        nonlocal rows
        new = pl.lit(value) if isinstance(value, str) else value
        rows = rows.with_columns(pl.when(where).then(new).otherwise(column).alias(column))

    went_on = (pl.col("CHILD") == pl.col("CHILD").shift(-1)).fill_null(False)
    ended = pl.col("DEC") != ""
    put("DEC", _later("DEC", 9), pl.lit(at("overlap")) & ended & went_on)
    put("DEC", "", pl.lit(at("open_not_last")) & went_on)
    put("REC", "X1", pl.lit(at("rec_on_open")) & (pl.col("DEC") == ""))
    put("REC", "", pl.lit(at("no_rec")) & ended)
    put("DEC", _later("DECOM", -40), pl.lit(at("dec_before_decom")) & ended)
    put("DECOM", "31/02/2020", at("unreadable_date"))
    for column in CODES:
        put(column, pl.col(column).str.to_lowercase(), at("lower_case"))
        put(column, pl.col(column) + " ", at("spaces"))
        put(column, "X9", at("unknown_code"))
        put(column, "", at("blank_code"))
    put("PLACE", pl.col("PLACE").replace(OTHER_YEARS), at("code_of_another_year"))
    again = rows.filter(at("same_start")).with_columns(REC=pl.lit("E8"))
    gone = (
        rows["CHILD"]
        .unique(maintain_order=True)
        .filter(pl.Series(rng.random(rows["CHILD"].n_unique()) < rates["left_out"] / 10_000))
    )
    return pl.concat([rows, again]).filter(~pl.col("CHILD").is_in(gone.implode()))


def _header(rows: pl.DataFrame, rates: dict[str, float], rng: np.random.Generator) -> pl.DataFrame:
    blank, moved = _hit(rows, rates["no_dob"], rng), _hit(rows, rates["dob_changed"], rng)
    twice = rows.filter(_hit(rows, rates["header_twice"], rng))
    differs = rows.filter(_hit(rows, rates["header_differs"], rng))
    rows = rows.with_columns(
        pl.when(blank).then(pl.lit("")).when(moved).then(_later("DOB", 31)).otherwise("DOB")
        .alias("DOB")
    )  # fmt: skip
    return pl.concat([rows, twice, differs.with_columns(ETHNIC=pl.lit("NOBT"))])


def _later(column: str, days: int) -> pl.Expr:
    day = pl.col(column).str.to_date("%d/%m/%Y", strict=False) + pl.duration(days=days)
    return day.dt.strftime("%d/%m/%Y").fill_null(pl.col(column))
