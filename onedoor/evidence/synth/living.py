"""One month after another: who comes, who moves, who leaves, and what happens to them.

Chances are for a month; what happens falls on a day of it. At most one change of home or of legal
status falls in a month for each person; nobody is looked after from their 18th birthday on.
"""

from dataclasses import dataclass, fields

import numpy as np

from onedoor.evidence.synth import causes, chance, hazards, legal, placing
from onedoor.evidence.synth.chance import Reals, Whole
from onedoor.evidence.synth.happening import Happened, happen
from onedoor.evidence.synth.log import MOVES, MOVES_AND_LEGAL, NOBODY, STARTS, Log
from onedoor.evidence.synth.mechanism import ADOLESCENT, REMAND, VOLUNTARY, Mechanism, age_band
from onedoor.evidence.synth.month import (
    CHANGE,
    DAY,
    EDGE,
    EDGE_DAY,
    EVENTS,
    FIRST_STATUS,
    HOUSE,
    LAW,
    LAW_TOO,
    QUESTIONS,
    REASON,
    WATCHED,
    WAY,
    WHICH,
    Flags,
    Month,
    nobody_yet,
)
from onedoor.evidence.synth.people import People

BLANK = np.array(-1)


@dataclass(frozen=True, slots=True, eq=False)
class Lived:
    """What came of it: episodes and times at the edge of care (`log`), and what happened."""

    log: Log
    happened: Happened


def live(
    seed: int, people: People, days: Whole, effects: Reals, how: Mechanism, *, since: int
) -> Lived:
    """Live every month that begins on `days`, the last of which ends it. `effects` is (months, 9),
    as `causes.over_months` gives it; `since`: the month from which what happens is noted."""
    names = [each.name for each in fields(causes.Causes)]
    months = len(days) - 1
    now, log, happened = nobody_yet(len(people)), Log(), Happened()
    first_of = np.searchsorted(people.month, np.arange(months + 1))
    here = np.empty(0, dtype=np.int64)
    for number in range(months):
        arriving = np.arange(first_of[number], first_of[number + 1])
        everyone = np.concatenate([here, arriving])
        u = chance.uniforms(seed, everyone, number, QUESTIONS)
        old, new = u[:, : len(here)], u[:, len(here) :]
        at_work = dict(zip(names, effects[number].tolist(), strict=True))
        month = Month(int(days[number]), int(days[number + 1]), people, now, log, how, at_work)
        in_care, watched = now.home[here] > 0, now.watched[here].copy()
        if number >= since:
            happen(happened, month, here, old[EVENTS:])
        change(month, here[in_care], old[:, in_care])
        at_the_edge(month, here[watched], old[:, watched])
        arrive(month, arriving, new)
        turn_18(month, everyone, u)
        here = everyone[(now.home[everyone] > 0) | now.watched[everyone]]
    still = np.flatnonzero(now.watched)
    log.watch(who=still, since=now.watched_since[still], until=np.array(NOBODY))
    return Lived(log, happened)


def change(month: Month, who: Whole, u: Reals) -> None:
    """Moves, endings and legal changes of those who are looked after."""
    rates = hazards.of(month, who)
    total = rates.sum(axis=0)
    day = month.day(u[DAY])
    some = (u[CHANGE] < -np.expm1(-total)) & (day < month.people.adult[who])
    which = chance.picked(rates.T, u[WHICH])
    leaves, moves = some & (which == hazards.LEAVE), some & (which != hazards.LEAVE)
    leave(month, who[leaves], u[:, leaves], day[leaves])
    move(month, who[moves], u[:, moves], day[moves], which[moves])
    legal.change(month, who[~some], u[:, ~some])


def leave(month: Month, who: Whole, u: Reals, day: Whole) -> None:
    """Care ends before 18; of those who go home, most are kept an eye on."""
    rows = _ending_row(month.how, month.age(who), month.now.home[who])
    way = chance.picked(month.how.ending_weights[rows], u[WAY])
    _end_care(month, who, day, way)
    home = np.isin(way, month.how.goes_home)
    watched = home & (u[WATCHED] < month.how.told["leaving"]["watched"])
    month.watch(who[watched], day[watched])


def move(month: Month, who: Whole, u: Reals, day: Whole, kinds: Whole) -> None:
    now, planned = month.now, (kinds != hazards.BREAK).astype(np.int64)
    reason = chance.picked(month.how.reason_weights[planned], u[REASON])
    month.end(who, day, month.goes_on, reason)
    remanded = now.status[who] == REMAND
    home, out = placing.after(month, who, u, kinds)
    status, changed = legal.with_move(month, who, u[LAW], u[LAW_TOO], home)
    now.status[who] = np.where(remanded, VOLUNTARY, status)
    rne = np.where(changed | remanded, MOVES_AND_LEGAL, MOVES)
    _settle_in(month, who, day, rne, home, out, u[HOUSE])


def at_the_edge(month: Month, who: Whole, u: Reals) -> None:
    """Some come into care; for some nobody needs to look any more."""
    told, teen = month.how.told["at_the_edge"], month.age(who) >= ADOLESCENT
    old, young = told["into_care"] * month.effects["into_care"], told["into_care_young"]
    enter = np.where(teen, old, young) * np.exp(told["need"] * month.people.need[who])
    total = enter + told["leaves"]
    day = month.day(u[EDGE_DAY])
    some = (u[EDGE] < -np.expm1(-total)) & (day < month.people.adult[who])
    enters = some & (u[WHICH] < enter / total)
    month.watch_no_more(who[some], day[some])
    come_into_care(month, who[enters], u[:, enters], day[enters])


def arrive(month: Month, who: Whole, u: Reals) -> None:
    edge = month.people.edge[who]
    month.watch(who[edge], month.people.came[who[edge]])
    come_into_care(month, who[~edge], u[:, ~edge], month.people.came[who[~edge]])


def come_into_care(month: Month, who: Whole, u: Reals, day: Whole) -> None:
    home, out = placing.first(month, who, u)
    month.now.status[who] = legal.first(month, who, u[FIRST_STATUS], home)
    month.now.entered[who] = day
    _settle_in(month, who, day, np.full(len(who), STARTS), home, out, u[HOUSE])


def turn_18(month: Month, who: Whole, u: Reals) -> None:
    """Care ends on the 18th birthday, and nobody at the edge is a child any more."""
    adult = month.people.adult[who] < month.after
    watched = who[adult & month.now.watched[who]]
    month.watch_no_more(watched, month.people.adult[watched])
    leaving = adult & (month.now.home[who] > 0)
    way = chance.picked(month.how.ending_weights[[3] * int(leaving.sum())], u[WAY][leaving])
    _end_care(month, who[leaving], month.people.adult[who[leaving]], way)


def _end_care(month: Month, who: Whole, day: Whole, way: Whole) -> None:
    month.end(who, day, way, BLANK)
    month.now.home[who] = 0
    month.now.row[who] = NOBODY


def _settle_in(
    month: Month, who: Whole, day: Whole, rne: Whole, home: Whole, out: Flags, u: Reals
) -> None:
    now = month.now
    now.home[who], now.out[who], now.since[who] = home, out, day
    now.settled[who] = False
    now.house[who] = (u * 1000).astype(np.int64)
    month.begin(who, day, rne)


def _ending_row(how: Mechanism, age: Reals, home: Whole) -> Whole:
    """Which row of `ending_weights`: by age, or the row of the home's own ways."""
    rows = np.maximum(age_band(age) - 2, 0)
    for number, key in enumerate(how.told["ending_from"]):
        rows[home == how.home(key)] = 4 + number
    return rows
