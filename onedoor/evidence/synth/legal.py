"""Legal status: the first one, and how it changes on its own or on the day of a move."""

import numpy as np

from onedoor.evidence.synth import chance
from onedoor.evidence.synth.chance import Reals, Whole
from onedoor.evidence.synth.log import LEGAL, SAME_AND_LEGAL, SAME_CARER
from onedoor.evidence.synth.mechanism import (
    ADOLESCENT,
    EMERGENCY,
    FULL,
    INTERIM,
    POLICE,
    REMAND,
    TO_ADOPT,
    VOLUNTARY,
)
from onedoor.evidence.synth.month import LAW, LAW_DAY, LAW_TOO, Flags, Month
from onedoor.evidence.synth.people import MONTH

FIRST = np.array([VOLUNTARY, INTERIM, POLICE, EMERGENCY])


def first(month: Month, who: Whole, u: Reals, home: Whole) -> Whole:
    """The status on coming into care in each of these homes."""
    told = month.how.told["legal"]
    teen = month.age(who) >= ADOLESCENT
    weights = np.where(
        teen[:, None], np.array(told["first_adolescent"]), np.array(told["first_young"])
    )
    status = FIRST[chance.picked(weights.astype(float), u)]
    status[home == month.how.home("parents")] = INTERIM
    status[home == month.how.home("secure")] = REMAND
    return np.asarray(status)


def with_move(month: Month, who: Whole, u: Reals, also: Reals, home: Whole) -> tuple[Whole, Flags]:
    """The status after a move, and whether it changed that day."""
    told, status = month.how.told["legal"], month.now.status[who]
    share = told["with_a_move"]
    changes = (u < _hazard(month, status) / share) & (also < share)
    found = np.where(changes, _following(status), status)
    found[home == month.how.home("adoption")] = TO_ADOPT
    return found, found != status


def change(month: Month, who: Whole, u: Reals) -> None:
    """New rows for those whose status changes, or whose foster family becomes the long-term one."""
    now, told = month.now, month.how.told["legal"]
    status, home = now.status[who], now.home[who]
    day = month.day(u[LAW_DAY])
    law = u[LAW] < -np.expm1(-_hazard(month, status))
    fosters = np.isin(home, month.how.home("own_foster", "agency_foster", "kinship"))
    long = (month.first - now.since[who]) / MONTH >= told["settled_after"]
    settles = fosters & long & ~now.settled[who] & (u[LAW_TOO] < told["settled"])
    some = (law | settles) & (day < month.people.adult[who])
    who, law, settles, day = who[some], law[some], settles[some], day[some]
    month.end(who, day, month.goes_on, np.where(settles, month.in_name_only, -1))
    now.status[who] = np.where(law, _following(now.status[who]), now.status[who])
    now.settled[who] |= settles
    month.begin(who, day, np.where(law & settles, SAME_AND_LEGAL, np.where(law, LEGAL, SAME_CARER)))


def _hazard(month: Month, status: Whole) -> Reals:
    told = month.how.told["legal"]
    rates = np.zeros(REMAND + 1)
    rates[VOLUNTARY] = told["voluntary_to_interim"]
    rates[INTERIM] = told["interim_to_full"]
    rates[[POLICE, EMERGENCY]] = told["emergency_to_interim"]
    return np.asarray(rates[status])


def _following(status: Whole) -> Whole:
    after = np.arange(REMAND + 1)
    after[[VOLUNTARY, POLICE, EMERGENCY]] = INTERIM
    after[INTERIM] = FULL
    return np.asarray(after[status])
