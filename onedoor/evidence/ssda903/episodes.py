"""Episode rows: typed, the bad ones refused, and each return mended on its own."""

from datetime import date
from functools import partial

import numpy as np
import polars as pl

from onedoor.evidence.refusal import Refused
from onedoor.evidence.ssda903 import homes, ledger, values

CODES = ("RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "REC", "REASON_PLACE_CHANGE")
MAY_BE_BLANK = ("REC", "REASON_PLACE_CHANGE")
GIVEN = {column: f"{column}_given" for column in CODES}
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


def of_files(
    parts: list[pl.DataFrame], told: int | None
) -> tuple[list[pl.DataFrame], pl.DataFrame, set[int | None]]:
    """Files' text to typed rows with their return year, file by file, and rows to look at again.

    `year` is YEAR, else `told`, else that of the file's last start: the third answer holds it for
    each file that has rows without YEAR. The few rows that `value_lines` may have a line for are
    given as they were written, so that all files' can be looked at together.
    """
    rows = pl.concat(parts).rename(GIVEN)
    texts = values.distinct(rows, GIVEN.values())
    typed = _typed(rows, texts)
    heights = [part.height for part in parts]
    starts = [sum(heights[:at]) for at in range(len(heights))]
    of_each, unsaid = list[int | None](), set[int | None]()
    for first, many in zip(starts, heights, strict=True):
        last = typed["decom"].slice(first, many).max()
        of_each.append(_return_year(last) if isinstance(last, date) else None)
        if typed["year"].slice(first, many).null_count():
            unsaid.add(of_each[-1])
    if told is not None:
        of_each = [told] * len(parts)
    of_file = pl.Series(of_each, dtype=pl.Int32)[np.repeat(np.arange(len(parts)), heights)]
    typed = typed.with_columns(typed["year"].fill_null(of_file))
    narrow = typed.select(NEEDED)
    frames = [narrow.slice(first, many) for first, many in zip(starts, heights, strict=True)]
    return frames, _doubtful(typed, texts), unsaid


def _return_year(day: date) -> int:
    return day.year + (day.month > 3)


def check_one_year(told: int | None, found: set[int | None]) -> None:
    """Raise Refused where one year is told for returns of several."""
    years = sorted(year for year in found if year is not None)
    if told is not None and len(years) > 1:
        listed = ", ".join(map(str, years))
        raise Refused(f"A year can be given for one return only; here are returns for {listed}.")


def _typed(rows: pl.DataFrame, texts: dict[str, pl.Series]) -> pl.DataFrame:
    """Episode text to typed columns. `year` is that of YEAR, and blank where YEAR does not say."""
    once = partial(values.once, rows)
    rows = rows.select(
        *("file", "line", "DECOM", "DEC", "YEAR"),
        *GIVEN.values(),
        *(values.coded(rows, given, texts[given]).alias(name) for name, given in GIVEN.items()),
        *(values.trimmed(name).alias(name) for name in AS_GIVEN),
        values.trimmed("CHILD").alias("child"),
        once("DECOM", values.date("DECOM")).alias("decom"),
        once("DEC", values.date("DEC")).alias("dec"),
        once("YEAR", values.year("YEAR")).alias("year"),
    )
    return rows.with_columns(homes.kind_of_home(rows), pl.col("dec").alias("dec_given"))


def _doubtful(rows: pl.DataFrame, distinct: dict[str, pl.Series]) -> pl.DataFrame:
    doubt = (pl.col("child").str.len_chars() > 10) | (pl.col("YEAR") != "")
    for column in CODES:
        given, blank = distinct[GIVEN[column]], column in MAY_BE_BLANK
        texts = values.doubtful(rows, column, may_be_blank=blank, given=given)
        if texts:
            doubt |= pl.col(GIVEN[column]).is_in(texts)
    columns = ("file", "line", "child", "year", "YEAR", *GIVEN.keys(), *GIVEN.values())
    return rows.filter(doubt).select(columns)


def value_lines(rows: pl.DataFrame) -> list[pl.DataFrame]:
    """Lines for values that are not on any list, row by row; every row is kept."""
    if rows.is_empty():
        return []
    lines = values.row_lines(rows)
    no_provider = pl.col("PLACE").str.contains("^[TZ]")
    for column in CODES:
        blank = no_provider if column == "PLACE_PROVIDER" else column in MAY_BE_BLANK
        lines += values.code_lines(rows, column, may_be_blank=blank)
    return lines


def uncountable(rows: pl.DataFrame) -> tuple[pl.Series, list[pl.DataFrame]]:
    """The places of rows that cannot be counted, and a line for each reason why one cannot.

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
    # Few rows may be wrong, and only those are asked for each reason.
    may_be_wrong = (
        (pl.col("child") == "")
        | pl.col("decom").is_null()
        | pl.col("dob").is_null()
        | (pl.col("dec").is_null() & (pl.col("DEC") != ""))
        | (pl.col("dec") < pl.col("decom"))
        | (pl.col("dob") > pl.col("decom"))
    )
    asked = rows.with_row_index("at").filter(may_be_wrong)
    bad = asked.filter(pl.any_horizontal(when for _, _, when, _, _ in reasons))
    lines = [
        ledger.note(bad.filter(when), rule, column, value, other)
        for rule, column, when, value, other in reasons
    ]
    return bad["at"], lines


def mended(
    rows: pl.DataFrame, uncounted: pl.Series
) -> tuple[pl.DataFrame, int, list[pl.DataFrame]]:
    """Each return on its own: one row for a start date, then no overlaps and no early open rows.

    `uncounted` are the places of rows to leave out. Returns the mended rows in order of return,
    child and start; how many were folded; the lines.
    """
    key = ["year", "who", "decom"]
    # Only what decides is sorted; the whole rows, which are wide, are fetched once.
    rows = rows.drop("DECOM", "DEC")
    narrow = rows.select(*key, "line", pl.col("dec").fill_null(values.LATEST).alias("until"))
    narrow = narrow.with_row_index("order")
    if len(uncounted):
        narrow = narrow.filter(~pl.col("order").is_in(uncounted.implode()))
    ordered = narrow.sort(*key, "until", "order", descending=[False, False, False, True, False])
    ordered = ordered.with_columns(again(key).alias("again"))
    ordered = ordered.with_columns(
        pl.when(~pl.col("again")).then("line").forward_fill().alias("line_kept")
    )
    kept = rows[ordered.filter(~pl.col("again"))["order"]]
    twice = ordered.filter("again")
    folded = rows[twice["order"]].with_columns(twice["line_kept"])
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
