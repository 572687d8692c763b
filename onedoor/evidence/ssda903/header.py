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
        *(once(f"{name}_given", values.code(f"{name}_given")).alias(name) for name in CODES),
        values.trimmed("CHILD").alias("child"),
        values.trimmed("UPN").alias("UPN"),
        once("DOB", values.date("DOB")).alias("dob"),
        values.trimmed("DOB").alias("dob_given"),
    )
    means = {code.code: code.means for code in codes.code_list("SEX").codes}
    rows = rows.with_columns(pl.col("SEX").replace_strict(means, default=None).alias("sex"))
    named = pl.col("child") != ""
    too_long = pl.col("child").str.len_chars() > 10
    lines = [
        ledger.note(rows.filter(~named), "no_child", "CHILD"),
        ledger.note(rows.filter(too_long), "long_child", "CHILD", pl.col("child")),
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
    return rows.filter(named), lines


def one_each(
    rows: pl.DataFrame, rows_in: int
) -> tuple[pl.DataFrame, pl.DataFrame, Account, list[pl.DataFrame]]:
    """One row for each child and return, one for each child; what was folded; the lines."""
    ordered = rows.with_row_index("order").sort(
        "child", "year", pl.col("dob").is_null(), "order", nulls_last=False
    )
    per_return = ordered.unique(["child", "year"], keep="first", maintain_order=True)
    folded = ordered.join(per_return.select("order"), on="order", how="anti").join(
        per_return.select(
            "child",
            "year",
            *(pl.col(name).alias(f"{name}_kept") for name in ("dob", "SEX", "ETHNIC", "line")),
        ),
        on=["child", "year"],
        how="left",
        nulls_equal=True,
    )
    same = pl.all_horizontal(
        pl.col(name).eq_missing(pl.col(f"{name}_kept")) for name in ("dob", "SEX", "ETHNIC")
    )
    on_line = pl.col("line_kept").cast(pl.String)
    # The latest return wins, but a row without a birth date cannot win over one that has it.
    latest = per_return.sort(
        "child",
        pl.col("dob").is_null(),
        pl.col("year").fill_null(0),
        descending=[False, False, True],
    ).unique("child", keep="first", maintain_order=True)
    changed = per_return.join(
        latest.select("child", pl.col("dob").alias("dob_latest")), on="child", how="left"
    ).filter(pl.col("dob") != pl.col("dob_latest"))
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
