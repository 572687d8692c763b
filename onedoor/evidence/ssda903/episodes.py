"""Episode rows: typed, the bad ones refused, and each return mended on its own."""

import polars as pl

from onedoor.evidence.ssda903 import homes, ledger, values

CODES = ("RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "REC", "REASON_PLACE_CHANGE")
AS_GIVEN = ("HOME_POST", "PL_POST", "URN")

SCHEMA = pl.Schema(
    {
        "child": pl.String(),
        "year": pl.Int32(),
        "decom": pl.Date(),
        "dec": pl.Date(),
        "dec_given": pl.Date(),
        "dob": pl.Date(),
        "kind": pl.String(),
        **{column: pl.String() for column in (*CODES, *AS_GIVEN)},
        "file": pl.String(),
        "line": pl.Int64(),
        "vanished": pl.Boolean(),
    }
)


def typed(rows: pl.DataFrame, years: dict[str, int | None]) -> pl.DataFrame:
    """Episode text to typed columns; `years` is the return year of each file without YEAR."""
    return rows.with_columns(
        *(pl.col(column).alias(f"{column}_given") for column in CODES),
        *(values.code(column).alias(column) for column in CODES),
        *(values.trimmed(column).alias(column) for column in AS_GIVEN),
        values.trimmed("CHILD").alias("child"),
        values.date("DECOM").alias("decom"),
        values.date("DEC").alias("dec"),
        pl.coalesce(
            values.year("YEAR"),
            pl.col("file").replace_strict(years, default=None, return_dtype=pl.Int32),
        ).alias("year"),
    ).with_columns(homes.kind_of_home().alias("kind"), pl.col("dec").alias("dec_given"))


def value_lines(rows: pl.DataFrame) -> list[pl.DataFrame]:
    """Lines for values that are not on any list, row by row; every row is kept."""
    too_long = pl.col("child").str.len_chars() > 10
    given_year = values.trimmed("YEAR")
    lines = [
        ledger.note(rows.filter(too_long), "long_child", "CHILD", pl.col("child")),
        ledger.note(
            rows.filter((given_year != "") & values.year("YEAR").is_null()),
            "bad_year",
            "YEAR",
            given_year,
        ),
    ]
    no_provider = pl.col("PLACE").str.contains("^[TZ]")
    for column in CODES:
        blank = no_provider if column == "PLACE_PROVIDER" else pl.lit(column.startswith("RE"))
        lines += values.code_lines(rows, column, may_be_blank=blank)
    return lines


def sorted_out(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """The rows that can be counted, and a line for each reason why one cannot.

    `rows` is typed and brings `dob`. A row may have several reasons; it is refused once.
    """
    no_decom = values.trimmed("DECOM") == ""
    no_dec = values.trimmed("DEC") == ""
    named = pl.col("child") != ""
    reasons: list[tuple[str, str, pl.Expr, pl.Expr | None, pl.Expr | None]] = [
        ("no_child", "CHILD", ~named, None, None),
        ("no_decom", "DECOM", no_decom, None, None),
        (
            "unreadable_decom",
            "DECOM",
            ~no_decom & pl.col("decom").is_null(),
            values.trimmed("DECOM"),
            None,
        ),
        ("unreadable_dec", "DEC", ~no_dec & pl.col("dec").is_null(), values.trimmed("DEC"), None),
        (
            "dec_before_decom",
            "DEC",
            (pl.col("dec") < pl.col("decom")).fill_null(False),
            ledger.day("dec"),
            ledger.day("decom"),
        ),
        ("no_dob", "CHILD", named & pl.col("dob").is_null(), pl.col("child"), None),
        (
            "born_after_decom",
            "DECOM",
            (pl.col("dob") > pl.col("decom")).fill_null(False),
            ledger.day("decom"),
            ledger.day("dob"),
        ),
    ]
    any_reason = pl.any_horizontal(when for _, _, when, _, _ in reasons)
    bad = rows.filter(any_reason)
    lines = [
        ledger.note(bad.filter(when), rule, column, value, other)
        for rule, column, when, value, other in reasons
    ]
    return rows.filter(~any_reason), lines


def mended(rows: pl.DataFrame) -> tuple[pl.DataFrame, int, list[pl.DataFrame]]:
    """Each return on its own: one row for a start date, then no overlaps and no early open rows.

    Returns the mended rows in order of return, child and start; how many were folded; the lines.
    """
    ordered = rows.with_row_index("order").sort(
        "year", "child", "decom", pl.col("dec").fill_null(values.LATEST), "order",
        descending=[False, False, False, True, False],
    )  # fmt: skip
    kept = ordered.unique(["year", "child", "decom"], keep="first", maintain_order=True)
    folded = ordered.join(kept.select("order"), on="order", how="anti").join(
        kept.select("year", "child", "decom", pl.col("line").alias("line_kept")),
        on=["year", "child", "decom"],
        how="left",
    )
    is_open = pl.col("dec").is_null()
    lines = [
        ledger.note(
            folded,
            "same_start",
            "DECOM",
            ledger.day("decom"),
            pl.col("line_kept").cast(pl.String),
        ),
        ledger.note(
            kept.filter(is_open & (pl.col("REC") != "")), "rec_on_open", "REC", pl.col("REC")
        ),
        ledger.note(kept.filter(~is_open & (pl.col("REC") == "")), "no_rec", "REC"),
    ]
    whole, cut_lines = in_order(kept, ["year", "child"])
    result = whole.with_columns(pl.lit(False).alias("vanished")).select(list(SCHEMA))
    return result.cast(SCHEMA), folded.height, lines + cut_lines


def in_order(rows: pl.DataFrame, of: list[str]) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """End each episode where the next one of the same child begins, where it says otherwise.

    `rows` is sorted by `of` and start date, and start dates differ.
    """
    rows = rows.with_columns(pl.col("decom").shift(-1).over(of).alias("next"))
    over = (pl.col("dec") > pl.col("next")).fill_null(False)
    early = pl.col("dec").is_null() & pl.col("next").is_not_null()
    lines = [
        ledger.note(rows.filter(over), "overlap", "DEC", ledger.day("dec"), ledger.day("next")),
        ledger.note(rows.filter(early), "open_not_last", "DEC", None, ledger.day("next")),
    ]
    cut = rows.with_columns(
        pl.when(over | early).then(pl.col("next")).otherwise(pl.col("dec")).alias("dec")
    )
    return cut.drop("next"), lines
