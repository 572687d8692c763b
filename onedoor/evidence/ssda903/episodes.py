"""Episode rows: typed, the bad ones refused, and each return mended on its own."""

from functools import partial

import polars as pl

from onedoor.evidence.refusal import Refused
from onedoor.evidence.ssda903 import homes, ledger, values

CODES = ("RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "REC", "REASON_PLACE_CHANGE")
# Kept as the file says them: what they mean is for whoever has a postcode or provider list.
AS_GIVEN = ("HOME_POST", "PL_POST", "URN", "PL_LA", "PL_LOCATION", "PL_DISTANCE", "LA")

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

# What is still needed once the values have been looked at: the codes as given are not.
NEEDED = [name for name in SCHEMA if name not in ("dob", "vanished")] + ["DECOM", "DEC"]


def typed(rows: pl.DataFrame) -> pl.DataFrame:
    """Episode text to typed columns. `year` is that of YEAR, and blank where YEAR does not say."""
    rows = rows.rename({column: f"{column}_given" for column in CODES})
    once = partial(values.once, rows)
    rows = rows.select(
        *("file", "line", "DECOM", "DEC", "YEAR"),
        *(f"{name}_given" for name in CODES),
        *(once(f"{name}_given", values.code(f"{name}_given")).alias(name) for name in CODES),
        *(values.trimmed(name).alias(name) for name in AS_GIVEN),
        values.trimmed("CHILD").alias("child"),
        once("DECOM", values.date("DECOM")).alias("decom"),
        once("DEC", values.date("DEC")).alias("dec"),
        once("YEAR", values.year("YEAR")).alias("year"),
    )
    return rows.with_columns(homes.kind_of_home(rows), pl.col("dec").alias("dec_given"))


def with_year(rows: pl.DataFrame, told: int | None) -> pl.DataFrame:
    """Give each row its return year: YEAR, else `told`, else that of the file's last start."""
    by_dates = values.return_year("decom").max().over("file")
    if told is None:
        return rows.with_columns(pl.coalesce("year", by_dates).alias("year"))
    unsaid = rows.with_columns(by_dates.alias("by_dates")).filter(pl.col("year").is_null())
    found = unsaid["by_dates"].drop_nulls().unique().sort().to_list()
    if len(found) > 1:
        listed = ", ".join(map(str, found))
        raise Refused(f"A year can be given for one return only; here are returns for {listed}.")
    return rows.with_columns(pl.col("year").fill_null(told))


def value_lines(rows: pl.DataFrame) -> list[pl.DataFrame]:
    """Lines for values that are not on any list, row by row; every row is kept."""
    lines = values.row_lines(rows)
    no_provider = pl.col("PLACE").str.contains("^[TZ]")
    for column in CODES:
        blank = no_provider if column == "PLACE_PROVIDER" else column.startswith("RE")
        lines += values.code_lines(rows, column, may_be_blank=blank)
    return lines


def sorted_out(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """The rows that can be counted, and a line for each reason why one cannot.

    `rows` is typed and brings `dob` and `who`, a number for each child in the order of CHILD.
    A row may have several reasons; it is refused once.
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
    columns = [name for name in SCHEMA if name != "vanished"]
    return rows.filter(~any_reason).select("who", *columns), lines


def mended(rows: pl.DataFrame) -> tuple[pl.DataFrame, int, list[pl.DataFrame]]:
    """Each return on its own: one row for a start date, then no overlaps and no early open rows.

    Returns the mended rows in order of return, child and start; how many were folded; the lines.
    """
    key = ["year", "who", "decom"]
    ordered = rows.with_row_index("order").sort(
        *key,
        pl.col("dec").fill_null(values.LATEST),
        "order",
        descending=[False, False, False, True, False],
    )
    ordered = ordered.with_columns(again(key).alias("again"))
    ordered = ordered.with_columns(
        pl.when(~pl.col("again")).then("line").forward_fill().alias("line_kept")
    )
    kept = ordered.filter(~pl.col("again")).drop("order", "again", "line_kept")
    folded = ordered.filter("again")
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
    whole, cut_lines = in_order(kept, ["year", "who"])
    return whole, folded.height, lines + cut_lines


def again(key: list[str]) -> pl.Expr:
    """Whether a row of a frame sorted by `key` has the key of the row before."""
    return pl.all_horizontal(pl.col(name) == pl.col(name).shift(1) for name in key).fill_null(False)


def in_order(rows: pl.DataFrame, of: list[str]) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """End each episode where the next one of the same child begins, where it says otherwise.

    `rows` is sorted by `of` and start date, and start dates differ.
    """
    rows = rows.with_columns(next_start(of).alias("next"))
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


def next_start(of: list[str]) -> pl.Expr:
    return pl.when(again(of).shift(-1)).then(pl.col("decom").shift(-1))
