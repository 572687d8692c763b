"""A synthetic council's returns, as a council exports them: one set of files for each year."""

from collections.abc import Callable

import polars as pl

from onedoor.evidence.refusal import Refused
from onedoor.evidence.ssda903 import dates
from onedoor.evidence.synth import addresses, episode_rows, other_tables, wording
from onedoor.evidence.synth.lived import Council
from onedoor.evidence.synth.mechanism import mechanism

Files = list[tuple[str, bytes]]
TABLES = ("header", "episodes", "missing", "reviews", "oc2", "oc3")


def returns(
    council: Council,
    first_year: int | None = None,
    years: int | None = None,
    *,
    tables: tuple[str, ...] = TABLES,
    authority: str | None = None,
    says_where: bool = False,
    heard: Callable[[int, int], None] = lambda done, of: None,
) -> Files:
    """The council's returns for `years` years, the first ending in the March of `first_year`: pairs
    of a file's name and its bytes (CSV), in the codes of each year. By default, all its years.

    Each return says what was known on its 31 March: an episode that went on is open. OC2 and OC3
    hold no date of their year, so they bring a YEAR column, as regional extracts do. `tables`:
    which of them. `authority`: whose postcodes homes have (its name, code or DfE number); without,
    those of a place that does not exist. `heard` is told how many years are written.

    Raises `Refused` for a year outside the council's.
    """
    first = council.first_year if first_year is None else first_year
    last = first + (council.years - first + council.first_year if years is None else years) - 1
    if first < council.first_year or last >= council.first_year + council.years or last < first:
        raise Refused(
            f"This council has returns for {council.first_year} to "
            f"{council.first_year + council.years - 1}, not for {first} to {last}."
        )
    unknown = sorted(set(tables) - set(TABLES))
    if unknown:
        raise Refused(f"There is no table {unknown[0]}; there are {', '.join(TABLES)}.")
    nowhere = wording.told()["postcodes"]
    where = addresses.real(authority) if authority else addresses.nowhere(nowhere)
    episodes = episode_rows.coded(council, mechanism(), where)
    columns = (*episode_rows.COLUMNS, *(["PL_LOCATION"] if says_where else []))
    found: Files = []
    for year in range(first, last + 1):
        rows = episode_rows.of_year(episodes, year)
        drawn = other_tables.of_year(council, year, tables)
        also = [drawn["oc3"]] if "oc3" in drawn else []
        drawn["header"] = header(council, [rows, *also], year)
        drawn["episodes"] = rows.select(columns)
        found += [
            (f"invented_young_people_{year}_{table}.csv", as_csv(drawn[table])) for table in tables
        ]
        heard(year - first + 1, last - first + 1)
    return found


def as_csv(rows: pl.DataFrame) -> bytes:
    """CSV as an export writes it: dd/mm/yyyy, nothing for what is blank."""
    return rows.write_csv(
        date_format="%d/%m/%Y", line_terminator="\r\n", quote_style="never"
    ).encode()


def header(council: Council, tables: list[pl.DataFrame], year: int) -> pl.DataFrame:
    """Everybody in these tables of the return. Nobody has a real pupil number: UN1 and UN4 are the
    codes for a child too young for one and for a number that is not yet known."""
    whose = pl.concat([rows.select(pl.col("CHILD").alias("child")) for rows in tables])
    there = council.people.join(whose, on="child", how="semi")
    age = dates.age("born", pl.lit(dates.last_day(year)))
    return there.sort("child").select(
        pl.col("child").alias("CHILD"),
        pl.col("sex").replace(wording.written_in("SEX", year)).alias("SEX"),
        pl.col("born").alias("DOB"),
        "ETHNIC",
        pl.when(age < 5).then(pl.lit("UN1")).otherwise(pl.lit("UN4")).alias("UPN"),
        pl.lit("").alias("MOTHER"),
        pl.lit("").alias("MC_DOB"),
    )
