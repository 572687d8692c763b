"""Header rows: one for each child in each return, and the one that counts over all returns."""

from functools import partial

import polars as pl

from onedoor.evidence.ssda903 import codes, ledger, values
from onedoor.evidence.ssda903.account import Account

CODES = ("SEX", "ETHNIC", "MOTHER")

SCHEMA = pl.Schema(
    {
        "child": pl.String(),
        "year": pl.Int32(),
        "dob": pl.Date(),
        "sex": pl.String(),
        "ETHNIC": pl.String(),
        "UPN": pl.String(),
        "MOTHER": pl.String(),
        "mc_dob": pl.Date(),
        "SEX": pl.String(),
        "file": pl.String(),
        "line": pl.Int64(),
    }
)


def typed(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """Header text to typed rows; `rows` brings `year`, the return each file belongs to."""
    rows = rows.rename({column: f"{column}_given" for column in CODES})
    once = partial(values.once, rows)
    rows = rows.with_columns(
        *(values.coded(rows, f"{name}_given").alias(name) for name in CODES),
        values.trimmed("CHILD").alias("child"),
        values.trimmed("UPN").alias("UPN"),
        once("DOB", values.date("DOB")).alias("dob"),
        values.trimmed("DOB").alias("dob_given"),
        once("MC_DOB", values.date("MC_DOB")).alias("mc_dob"),
    )
    means = {code.code: code.means for code in codes.code_list("SEX").codes}
    rows = rows.with_columns(pl.col("SEX").replace_strict(means, default=None).alias("sex"))
    named = pl.col("child") != ""
    mother = values.trimmed("MC_DOB")
    odd = rows.filter((pl.col("MC_DOB") != "") & pl.col("mc_dob").is_null()).filter(mother != "")
    lines = [
        ledger.note(rows.filter(~named), "no_child", "CHILD"),
        *values.row_lines(rows),
        ledger.note(odd, "unreadable_date", "MC_DOB", mother, pl.lit("MC_DOB")),
        ledger.note(rows.filter(named & (pl.col("dob_given") == "")), "no_dob_given", "DOB"),
        ledger.note(
            rows.filter(named & (pl.col("dob_given") != "") & pl.col("dob").is_null()),
            "unreadable_dob",
            "DOB",
            pl.col("dob_given"),
        ),
    ]
    for column in CODES:
        lines += values.code_lines(rows, column, may_be_blank=column == "MOTHER")
    rows = rows.select(list(SCHEMA))
    return rows.filter(named) if lines[0].height else rows, lines


def one_each(
    rows: pl.DataFrame, rows_in: int
) -> tuple[pl.DataFrame, pl.DataFrame, Account, list[pl.DataFrame]]:
    """One row for each child and return, one for each child; what was folded; the lines."""
    # Only what decides is sorted; the whole rows are fetched once.
    narrow = rows.select("child", "year", pl.col("dob").is_null()).with_row_index("order")
    narrow = narrow.sort("child", "year", "dob", "order", nulls_last=False)
    same_child = (pl.col("child") == pl.col("child").shift(1)).fill_null(False)
    same_year = pl.col("year").eq_missing(pl.col("year").shift(1))
    narrow = narrow.select(
        "order",
        (same_child & same_year).alias("again"),
        (~same_child).cum_sum().alias("who") - 1,
    ).with_columns((~pl.col("again")).cum_sum().alias("group") - 1)
    kept, twice = narrow.filter(~pl.col("again")), narrow.filter("again")
    per_return = rows[kept["order"]].with_columns(kept["who"])
    folded = rows[twice["order"]].with_columns(twice["group"])
    winner = per_return[folded["group"]]
    folded = folded.with_columns(
        winner[name].alias(f"{name}_kept") for name in ("dob", "SEX", "ETHNIC", "line")
    )
    same = pl.all_horizontal(
        pl.col(name).eq_missing(pl.col(f"{name}_kept")) for name in ("dob", "SEX", "ETHNIC")
    )
    on_line = pl.col("line_kept").cast(pl.String)
    # The latest return wins, but a row without a birth date cannot win over one that has it.
    ranked = per_return.select("who", pl.col("dob").is_null(), pl.col("year").fill_null(0))
    ranked = ranked.with_row_index("at").sort("who", "dob", "year", descending=[False, False, True])
    first = (pl.col("who") != pl.col("who").shift(1)).fill_null(True)
    latest = per_return[ranked.filter(first)["at"]]
    believed = latest["dob"].gather(per_return["who"]).alias("dob_latest")
    changed = per_return.with_columns(believed).filter(pl.col("dob") != pl.col("dob_latest"))
    lines = [
        ledger.note(folded.filter(same), "header_twice", "CHILD", pl.col("child"), on_line),
        ledger.note(folded.filter(~same), "header_differs", "CHILD", pl.col("child"), on_line),
        ledger.note(changed, "dob_changed", "DOB", ledger.day("dob"), ledger.day("dob_latest")),
    ]
    account = Account(
        table="Header",
        rows_in=rows_in,
        kept=per_return.height,
        refused=rows_in - rows.height,
        folded=folded.height,
        superseded=per_return.height - latest.height,
    )
    columns = list(SCHEMA)
    return (
        per_return.select(columns).cast(SCHEMA),
        latest.select(columns).cast(SCHEMA),
        account,
        lines,
    )
