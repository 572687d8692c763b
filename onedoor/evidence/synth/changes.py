"""What changed in a council between two spans of time, for adolescents, in whole truth."""

from datetime import date, timedelta

import polars as pl

from onedoor.evidence.ssda903 import dates
from onedoor.evidence.synth.lived import Council

RESIDENTIAL = ("own_home", "external_home")
Span = tuple[date, date]
MONTH = 30.4375


def levels(council: Council, span: Span) -> dict[str, float]:
    """For young people of 12 to 17 between two days, both counted: how many are looked after, are
    outside the authority and live in a children's home (on average), and how often they are
    missing, are arrested and come in crisis, for each month of a young person in care or at the
    edge."""
    stays = _nights(council, council.episodes, span)
    days = (span[1] - span[0]).days + 1
    edge = _nights(council, council.edge.rename({"since": "decom", "until": "dec"}), span)
    looked_after = float(stays["nights"].sum()) / days
    months = (float(stays["nights"].sum()) + float(edge["nights"].sum())) / MONTH
    found = {
        "looked_after": looked_after,
        "outside": float(stays.filter("out")["nights"].sum()) / days,
        "residential": float(stays.filter(pl.col("home").is_in(RESIDENTIAL))["nights"].sum())
        / days,
    }
    there = council.happened.filter(pl.col("on").is_between(*span))
    for what in ("missing", "arrest", "crisis"):
        found[what] = there.filter(what=what).height / months if months else 0.0
    return found


def changes(council: Council, before: Span, after: Span) -> dict[str, float]:
    """Each of `levels`, after against before, as a share: -0.18 is 18 in a hundred fewer."""
    was, became = levels(council, before), levels(council, after)
    return {name: became[name] / was[name] - 1 if was[name] else 0.0 for name in was}


def _nights(council: Council, rows: pl.DataFrame, span: Span) -> pl.DataFrame:
    """The rows with their nights inside a span while 12 to 17, where there are any."""
    rows = rows.join(council.people.select("child", "born"), on="child", maintain_order="left")
    after = span[1] + timedelta(days=1)
    start = pl.max_horizontal("decom", pl.lit(span[0]), dates.birthday("born", 12))
    end = pl.min_horizontal(
        pl.coalesce("dec", pl.lit(after)), pl.lit(after), dates.birthday("born", 18)
    )
    nights = (end - start).dt.total_days()
    return rows.with_columns(nights.alias("nights")).filter(pl.col("nights") > 0)
