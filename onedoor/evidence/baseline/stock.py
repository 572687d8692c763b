"""Who is looked after at each 31 March, in what kind of home, and inside the authority or not."""

import polars as pl

from onedoor.evidence.places import where
from onedoor.evidence.ssda903 import Reading, dates, homes, spells
from onedoor.evidence.table import Column, Table

Ages = tuple[int, int]


def in_band(dob: str, on: pl.Expr, ages: Ages) -> pl.Expr:
    return dates.age(dob, on).is_between(*ages)


def _on_each_day(reading: Reading, ages: Ages) -> list[pl.DataFrame]:
    """For each return, the episodes open on its 31 March of young people of these ages."""
    found = []
    for each in reading.returns:
        day = pl.lit(dates.last_day(each.year))
        still_open = pl.col("dec").is_null() | (pl.col("dec") > day)
        found.append(
            spells.counted(each.episodes)
            .filter((pl.col("decom") <= day) & still_open & in_band("dob", day, ages))
            .with_columns(day.alias("on"))
        )
    return found


def looked_after(reading: Reading, ages: Ages) -> Table:
    counts = pl.concat([rows.group_by("on", "kind").len() for rows in _on_each_day(reading, ages)])
    seen = set(counts["kind"])
    kinds = [kind for kind in homes.kinds() if kind.key in seen or kind.key == "unknown"]
    days = pl.DataFrame({"on": [dates.last_day(year) for year in reading.years]})
    every = days.join(
        pl.DataFrame(
            [(kind.key, kind.words, kind.certainty) for kind in kinds],
            ["kind", "words", "certainty"],
            orient="row",
        ),
        how="cross",
    )
    of_all = pl.col("young_people").sum().over("on")
    rows = (
        every.join(counts, on=["on", "kind"], how="left", maintain_order="left")
        .with_columns(pl.col("len").fill_null(0).cast(pl.Int64).alias("young_people"))
        .select(
            *("on", "kind", "words", "young_people"),
            of_all.alias("of_all"),
            pl.when(of_all > 0).then(pl.col("young_people") / of_all).alias("share"),
            "certainty",
        )
    )
    return Table(
        "looked_after",
        "Looked after at 31 March, by kind of home",
        (
            Column("on", "On"),
            Column("kind", "Kind of home (key)"),
            Column("words", "Kind of home"),
            Column("young_people", "Young people", "young people"),
            Column("of_all", "Of all looked after that day", "young people"),
            Column("share", "Share", "0 to 1"),
            Column("certainty", "How sure the kind is"),
        ),
        rows,
        f"Young people aged {ages[0]} to {ages[1]} on the day, looked after on the day.",
        "The 31 March of each return supplied, each read from the return of that year.",
        (
            "Which homes are hubs, hub families or lodgings, but for those on the council's own "
            "lists: the return does not hold that.",
            "Short breaks (legal status V3 and V4), which are not counted.",
            "Whether the home was the right one.",
        ),
    )


def in_or_out(reading: Reading, ages: Ages, limits: tuple[str, ...] = ()) -> Table:
    """Of a reading that `places.placed` has placed; `limits` say why something is unknown."""
    rows = pl.DataFrame(
        [_counts(rows) for rows in _on_each_day(reading, ages)],
        schema={"inside": pl.Int64, "outside": pl.Int64, "unknown": pl.Int64},
        orient="row",
    )
    days = pl.Series("on", [dates.last_day(year) for year in reading.years], dtype=pl.Date)
    return Table(
        "in_or_out",
        "Inside or outside the authority at 31 March",
        (
            Column("on", "On"),
            Column("inside", "Inside", "young people"),
            Column("outside", "Outside", "young people"),
            Column("unknown", "Unknown", "young people"),
        ),
        rows.select(days, pl.all()),
        f"Young people aged {ages[0]} to {ages[1]} on the day, looked after on the day. The home's "
        "authority and the council are those of the day.",
        "The 31 March of each return supplied, each read from the return of that year.",
        (
            *limits,
            "Homes whose postcode is not in the return or not on the list of postcodes: they are "
            "unknown, and unknown is not outside.",
            "Whether somebody inside is near their family, school and friends.",
        ),
    )


def _counts(rows: pl.DataFrame) -> tuple[int | None, int | None, int]:
    """Inside, outside, unknown; the first two blank where nobody can say: that is not nought."""
    inside, outside, unknown = (
        rows.filter(where=said).height for said in (where.IN, where.OUT, where.UNKNOWN)
    )
    if not inside + outside:
        return None, None, unknown
    return inside, outside, unknown
