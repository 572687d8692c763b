"""Any table but Header and Episodes: typed by what `tables.toml` says of it, and every row told."""

from functools import partial

import polars as pl

from onedoor.evidence.ssda903 import ledger, values
from onedoor.evidence.ssda903.account import Account
from onedoor.evidence.ssda903.tables import Column, Table


def schema(table: Table) -> pl.Schema:
    """The columns of a table that was read.

    child, year (the March of its return), dob (the Header's where it has one); then in the order
    of the return: dates in small letters, numbers in small letters, codes and text in capitals. A
    date of which part may be unknown is three columns: the text, and its earliest and latest day
    (`date_perm_from`, `date_perm_until`). `superseded` says that a later return has the row again.
    """
    found: dict[str, pl.DataType] = {"child": pl.String(), "year": pl.Int32(), "dob": pl.Date()}
    for column in table.columns[2:]:
        low = column.name.lower()
        match column.kind:
            case "date":
                found[low] = pl.Date()
            case "number":
                found[low] = pl.Int32()
            case "part_date":
                found |= {column.name: pl.String()}
                found |= {f"{low}_from": pl.Date(), f"{low}_until": pl.Date()}
            case _:
                found[column.name] = pl.String()
    return pl.Schema(found | {"superseded": pl.Boolean(), "file": pl.String(), "line": pl.Int64()})


def read(
    table: Table, rows: pl.DataFrame, rows_in: int, births: pl.DataFrame
) -> tuple[pl.DataFrame, Account, list[pl.DataFrame]]:
    """The rows of one table, where each of them went, and the lines about them.

    `rows` are text, with `file`, `line` and `year`, the return each belongs to. `births` has one
    `dob` for each `child`, from the Header. Rows are in order of child, `rows_by` and year.
    """
    typed = _typed(table, rows, births)
    lines = _value_lines(table, typed)
    countable, bad = _sorted_out(table, typed)
    kept, folded, again = _once_each(table, countable)
    kept = _superseded(table, kept)
    account = Account(
        table=table.name,
        rows_in=rows_in,
        kept=kept.height,
        refused=rows_in - countable.height,
        folded=folded,
        superseded=int(kept["superseded"].sum()),
    )
    return kept.select(list(schema(table))).cast(schema(table)), account, lines + bad + again


def _typed(table: Table, rows: pl.DataFrame, births: pl.DataFrame) -> pl.DataFrame:
    """Text to types; each value that was text first stays beside, as `<name>_given`."""
    rows = rows.rename({column.name: f"{column.name}_given" for column in table.columns})
    once = partial(values.once, rows)
    typed = [once("CHILD_given", values.trimmed("CHILD_given")).alias("child")]
    for column in table.columns[1:]:
        given, name, low = f"{column.name}_given", column.name, column.name.lower()
        match column.kind:
            case "date":
                typed.append(once(given, values.date(given)).alias(low))
            case "number":
                number = values.number(given, column.least, column.most)
                typed.append(once(given, number).alias(low))
            case "code":
                typed.append(values.coded(rows, given).alias(name))
            case "text":
                typed.append(once(given, values.trimmed(given)).alias(name))
            case "part_date":
                typed.append(once(given, values.trimmed(given)).alias(name))
                for which in ("from", "until"):
                    day = once(given, values.part_date(given, which))
                    typed.append(day.alias(f"{low}_{which}"))
    return (
        rows.with_columns(typed)
        .rename({"dob": "dob_here"})
        .join(births.select("child", "dob"), on="child", how="left", maintain_order="left")
        .with_columns(pl.col("dob").alias("dob_header"), pl.coalesce("dob", "dob_here"))
    )


def _value_lines(table: Table, rows: pl.DataFrame) -> list[pl.DataFrame]:
    """Lines for values that the row is kept without."""
    lines = values.row_lines(rows)
    for column in table.columns[1:]:
        if column.kind == "code":
            may = column.blank == "fine"
            lines += values.code_lines(rows, column.name, may_be_blank=may, of=column.list)
            continue
        given, name = values.trimmed(f"{column.name}_given"), pl.lit(column.name)
        if column.blank == "named":
            blank = rows.filter(given == "")
            lines.append(ledger.note(blank, "blank_value", column.name, None, name))
        if column.kind != "text" and column.unread == "named":
            odd = rows.filter(_unread(column))
            rule = "not_a_number" if column.kind == "number" else "unreadable_date"
            lines.append(ledger.note(odd, rule, column.name, given, name))
    differs = rows.filter(pl.col("dob_here") != pl.col("dob_header"))
    here, header = ledger.day("dob_here"), ledger.day("dob_header")
    return [*lines, ledger.note(differs, "dob_differs", "DOB", here, header)]


def _unread(column: Column) -> pl.Expr:
    """Whether the value is given and could not be read."""
    given, low = values.trimmed(f"{column.name}_given"), column.name.lower()
    if column.kind == "part_date":
        return ~values.is_part_date(f"{column.name}_given") & (given != "")
    return (given != "") & pl.col("dob_here" if low == "dob" else low).is_null()


def _sorted_out(table: Table, rows: pl.DataFrame) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """The rows that can be used, and a line for each reason why one cannot."""
    reasons: list[tuple[str, str, pl.Expr, pl.Expr | None, pl.Expr | None]] = [
        ("no_child", "CHILD", pl.col("child") == "", None, None)
    ]
    for column in table.columns[1:]:
        given, name = values.trimmed(f"{column.name}_given"), pl.lit(column.name)
        if column.blank == "refused":
            reasons.append(("no_start", column.name, given == "", None, name))
        if column.unread == "refused":
            rule = "unreadable_end" if column.name == table.end else "unreadable_start"
            reasons.append((rule, column.name, _unread(column), given, name))
    if table.end:
        start, end = table.start.lower(), table.end.lower()
        before = (pl.col(end) < pl.col(start)).fill_null(False)
        days = ledger.day(end), ledger.day(start)
        reasons.append(("end_before_start", table.end, before, *days))
    if table.start:
        start = table.start.lower()
        born_after = (pl.col("dob") > pl.col(start)).fill_null(False)
        days = ledger.day(start), ledger.day("dob")
        reasons.append(("born_after", table.start, born_after, *days))
    lines = [
        ledger.note(rows.filter(when), rule, column, value, other)
        for rule, column, when, value, other in reasons
    ]
    return rows.filter(~pl.any_horizontal(when for _, _, when, _, _ in reasons)), lines


def _key(table: Table) -> list[str]:
    dates = {column.name for column in table.of_kind("date")}
    return ["child", *(name.lower() if name in dates else name for name in table.rows_by)]


def _once_each(table: Table, rows: pl.DataFrame) -> tuple[pl.DataFrame, int, list[pl.DataFrame]]:
    """One row for each key in each return: the one with the later end, else the first."""
    key = [*_key(table), "year"]
    end = pl.col(table.end.lower()) if table.end else pl.lit(None, dtype=pl.Date)
    ordered = rows.with_columns(end.fill_null(values.LATEST).alias("until"))
    ordered = ordered.with_row_index("order").sort(
        *key,
        "until",
        "order",
        descending=[*(False for _ in key), True, False],
    )
    ordered = ordered.with_columns(_again(key).alias("again"))
    ordered = ordered.with_columns((~pl.col("again")).cum_sum().alias("group"))
    kept, folded = ordered.filter(~pl.col("again")), ordered.filter("again")
    said = [name for name in schema(table) if name not in ("superseded", "file", "line")]
    beside = folded.join(
        kept.select("group", *(pl.col(name).alias(f"{name}_kept") for name in [*said, "line"])),
        on="group",
        how="left",
        maintain_order="left",
    )
    same = pl.all_horizontal(pl.col(name).eq_missing(pl.col(f"{name}_kept")) for name in said)
    on_line = pl.col("line_kept").cast(pl.String)
    lines = [
        ledger.note(beside.filter(same), "row_twice", "CHILD", pl.col("child"), on_line),
        ledger.note(beside.filter(~same), "row_differs", "CHILD", pl.col("child"), on_line),
    ]
    return kept, folded.height, lines


def _superseded(table: Table, rows: pl.DataFrame) -> pl.DataFrame:
    """Which rows a later return has again. `rows` is in order of key and year."""
    if table.span == "year":
        return rows.with_columns(pl.lit(False).alias("superseded"))
    return rows.with_columns(_again(_key(table)).shift(-1).fill_null(False).alias("superseded"))


def _again(key: list[str]) -> pl.Expr:
    """Whether a row has the key of the row before. A return that is not known is one return."""
    same = (pl.col(name).eq_missing(pl.col(name).shift(1)) for name in key)
    return pl.all_horizontal(same) & pl.col("child").shift(1).is_not_null()
