"""A synthetic council: its people, their episodes and what happened, with the true causes kept."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from onedoor.evidence.model import rng
from onedoor.evidence.refusal import Refused
from onedoor.evidence.synth import causes as cause
from onedoor.evidence.synth import chance
from onedoor.evidence.synth import people as coming
from onedoor.evidence.synth.causes import Causes
from onedoor.evidence.synth.chance import Reals, Whole
from onedoor.evidence.synth.living import Lived, live
from onedoor.evidence.synth.log import NOBODY, RNE
from onedoor.evidence.synth.mechanism import STATUSES, Mechanism, mechanism
from onedoor.evidence.synth.people import BURN_IN, People

WATERMARK = "invented young people"
EARLIEST, LATEST = 2017, 2027


@dataclass(frozen=True, slots=True, eq=False)
class Council:
    """An invented council from 1 April before `first_year` for `years` years.

    `people`: child, born, sex, need, edge, CIN, ETHNIC. `episodes`: child, decom, dec, rne, status,
    home (a key of `ssda903.homes`, or what it would be), settled, out, house, rec, reason; dec,
    rec and reason are blank where it was still going on at the end. `happened`: child, what
    (missing, arrest, crisis), on, until, away (without authorisation, and not missing),
    interview_in_time, written_down, home, out.
    `edge`: child, since, until: times at home at the edge of care; until is blank where it was
    still so at the end.
    `causes` are the true ones and `adopted_on` the day they began to change (None: never).
    """

    seed: int
    children: int
    growth: float
    first_year: int
    years: int
    causes: Causes
    adopted_on: date | None
    people: pl.DataFrame
    episodes: pl.DataFrame
    happened: pl.DataFrame
    edge: pl.DataFrame

    @property
    def first_day(self) -> date:
        return date(self.first_year - 1, 4, 1)

    @property
    def last_day(self) -> date:
        return date(self.first_year + self.years - 1, 3, 31)


def council(
    seed: int,
    children: int = 740,
    years: int = 8,
    growth: float = 0.0,
    *,
    first_year: int = 2018,
    causes: Causes = cause.NOTHING,
    adopted_on: date | None = None,
    swing: float = 0.0,
    how: Mechanism | None = None,
) -> Council:
    """An invented council and everything that is true of it.

    `children`: looked after on its first day, 1 April before the March of `first_year`, on average
    over seeds. `growth`: more who come, a year (0.06), for as long as anybody there has lived.
    `swing`: sd of good and bad years in who comes, on the log. `causes` begin to change on
    `adopted_on`, the first of a month, and are whole a year later. The same seed gives the same
    people with the same luck whatever the causes. Raises `Refused` for what cannot be.
    """
    _check(children, years, growth, first_year)
    rng.checked(seed)
    how = how or mechanism()
    days = coming.first_days(first_year, 12 * years)
    start = _start(days, adopted_on)
    who = coming.coming(seed, children, growth, swing, days, how)
    effects = cause.over_months(causes, len(days) - 1, start)
    came = live(seed, who, days, effects, how, since=BURN_IN)
    episodes = _episodes(came, int(days[BURN_IN]), how)
    happened = _happened(seed, came, episodes, effects, days, how)
    edge = _edge(came, int(days[BURN_IN]))
    kept = np.unique(
        np.concatenate([rows["who"].to_numpy() for rows in (episodes, happened, edge)])
    )
    return Council(
        seed=seed, children=children, growth=growth, first_year=first_year, years=years,
        causes=causes if start is not None else cause.NOTHING,
        adopted_on=adopted_on if start is not None else None,
        people=_people(who, kept, how),
        episodes=_named(episodes), happened=_named(happened),
        edge=_named(edge),
    )  # fmt: skip


def _check(children: int, years: int, growth: float, first_year: int) -> None:
    if not 60 <= children <= 200_000:
        raise Refused(
            f"A synthetic council has 60 to 200,000 children, not {children:,}: with fewer, a "
            "return may hold no start of its own year, by which its year is told."
        )
    if years < 1 or first_year < EARLIEST or first_year + years - 1 > LATEST:
        raise Refused(
            f"Returns can be invented for {EARLIEST} to {LATEST}, whose codes are known, not for "
            f"{years} from {first_year} on."
        )
    if not -0.2 <= growth <= 0.3:
        raise Refused(f"Growth is a share a year from -0.2 to 0.3, not {growth}.")


def _start(days: Whole, adopted_on: date | None) -> int | None:
    if adopted_on is None:
        return None
    found = np.flatnonzero(days[:-1] == (adopted_on - date(1970, 1, 1)).days)
    if not len(found) or found[0] < BURN_IN:
        raise Refused(
            f"The model begins on the first of a month inside the council's years, not on "
            f"{adopted_on.isoformat()}."
        )
    return int(found[0])


def _dates(days: Whole) -> pl.Series:
    return pl.Series(np.asarray(days).astype("datetime64[D]"))


def _named(rows: pl.DataFrame) -> pl.DataFrame:
    """A child's identifier for their number: it says itself that nobody is behind it."""
    child = pl.concat_str(pl.lit("ZZ"), pl.col("who").cast(pl.String).str.zfill(7))
    return rows.select(child.alias("child"), pl.exclude("who"))


def _people(who: People, kept: Whole, how: Mechanism) -> pl.DataFrame:
    drawn = {}
    for row, (name, shares) in enumerate(how.told["drawn"].items()):
        weights = np.array(list(shares.values()), dtype=float)
        which = chance.picked(weights, who.drawn[row][kept])
        drawn[name] = np.array(list(shares))[which]
    found = pl.DataFrame(
        {
            "who": kept,
            "born": _dates(who.born[kept]),
            "sex": np.where(who.male[kept], "M", "F"),
            "need": who.need[kept],
            "edge": who.edge[kept],
            **drawn,
        }
    )
    return _named(found).with_columns(pl.lit(WATERMARK).alias("note"))


def _episodes(came: Lived, first: int, how: Mechanism) -> pl.DataFrame:
    """The episodes that touch the council's years, in order of person and start."""
    rows = came.log.columns()
    kept = np.flatnonzero((rows["dec"] == -1) | (rows["dec"] >= first))
    kept = kept[np.lexsort((rows["decom"][kept], rows["who"][kept]))]
    found = {name: values[kept] for name, values in rows.items()}
    frame = pl.DataFrame(
        {
            "who": found["who"],
            "decom": _dates(found["decom"]),
            "dec": _dates(found["dec"]),
            "rne": np.array(RNE)[found["rne"]],
            "status": np.array(STATUSES)[found["status"]],
            "home": np.array(how.homes)[found["home"]],
            "settled": found["settled"] == 1,
            "out": found["out"] == 1,
            "house": found["house"],
            "rec": np.array([*how.endings, "X1", ""])[found["rec"]],
            "reason": np.array([*how.reasons, "PLACE", ""])[found["reason"]],
        }
    )
    return frame.with_columns(pl.when(pl.col("rec") != "").then("dec").alias("dec"))


def _edge(came: Lived, first: int) -> pl.DataFrame:
    rows = came.log.edge()
    kept = (rows["until"] == NOBODY) | (rows["until"] >= first)
    found = {name: values[kept] for name, values in rows.items()}
    over = pl.Series(found["until"] != NOBODY)
    frame = pl.DataFrame(
        {
            "who": found["who"],
            "since": _dates(found["since"]),
            "until": _dates(found["until"]),
        }
    ).with_columns(pl.when(over).then("until").alias("until"))
    return frame.sort("who", "since")


def _happened(
    seed: int, came: Lived, episodes: pl.DataFrame, effects: Reals, days: Whole, how: Mechanism
) -> pl.DataFrame:
    """What happened, with the home of the day it happened, in order of person and day."""
    rows = came.happened.columns()
    told = how.told["missing"]
    month = np.searchsorted(days, rows["on"], side="right") - 1
    # Asked of the person, the day and the kind, so that a twin is asked the same.
    asked = (rows["who"] * 65_536 + rows["on"]) * 8 + rows["what"]
    u = chance.uniforms(seed, asked, -1, 5)
    nights = np.searchsorted(np.array(told["days"]), u[0], side="right")
    least, most = len(told["days"]), told["most"]
    longer = least + np.floor(u[1] * (most - least + 1)).astype(np.int64)
    nights = np.where(nights == least, longer, nights)
    in_time = u[2] < np.minimum(told["interview_in_time"] * effects[month, 7], 0.98)
    # Some months hardly anything is written down, in others nearly everything.
    by_month = np.random.Generator(np.random.PCG64([seed, 1])).random(len(effects))
    noticed = 1 - effects[:, 8] * by_month
    is_missing = rows["what"] == 0
    frame = pl.DataFrame(
        {
            "who": rows["who"],
            "what": np.array([each["what"] for each in how.told["happens"]])[rows["what"]],
            "on": _dates(rows["on"]),
            "until": _dates(rows["on"] + np.where(is_missing, nights, 0)),
            "away": is_missing & (u[3] < told["not_authorised"]),
            "interview_in_time": is_missing & in_time,
            "written_down": ~is_missing | (u[4] < noticed[month]),
        }
    ).sort("who", "on", "what")
    care_ends = pl.when(pl.col("rec") != "X1").then("dec").backward_fill().over("who")
    homes = episodes.select(
        "who", pl.col("decom").alias("on"), "dec", "home", "out", care_ends.alias("care_ends")
    )
    joined = frame.join_asof(
        homes.sort("who", "on"), on="on", by="who", strategy="backward", check_sortedness=False
    )
    in_care = (pl.col("dec") > pl.col("on")).fill_null(pl.col("home").is_not_null())
    return joined.with_columns(
        pl.when(in_care).then("home").otherwise(pl.lit("family")).alias("home"),
        (in_care & pl.col("out")).fill_null(False).alias("out"),
        pl.when(in_care).then(pl.min_horizontal("until", "care_ends")).otherwise("until"),
    ).drop("dec", "care_ends")
