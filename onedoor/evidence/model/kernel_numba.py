"""The simulation's months as compiled loops: the twin of `kernel_numpy`, equal to the last bit.

Imported only where the extra `fast` is installed. A call works through some of a block's
replications and holds no lock of Python's, so that threads of ours can share the block out:
numba's own threads cannot be entered by two requests of a web worker at once.
"""

from typing import Any, NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from onedoor.evidence.model import kernel_block as kb
from onedoor.evidence.model import poisson, rng
from onedoor.evidence.model.grid import TRACKED

GOLDEN, FIRST, SECOND, STEP = rng.GOLDEN, rng.FIRST, rng.SECOND, rng.STEP
MONTH_AT, CELL_AT = rng.MONTH_AT, rng.CELL_AT
ONE, THIRTY, TWENTY_SEVEN, THIRTY_ONE = (np.uint64(n) for n in (1, 30, 27, 31))
TWELVE = np.uint64(12)
HALVED, HALVINGS, TERMS = 2.0**poisson.HALVINGS, poisson.HALVINGS, poisson.TERMS
SHARES = poisson.SHARES
ENOUGH = poisson.ENOUGH
ARRIVED, LEFT, OF_AGE, MOVED = kb.ARRIVED, kb.LEFT, kb.OF_AGE, kb.MOVED
SAME, DISPLACED, WAITED, NOWHERE = kb.SAME, kb.DISPLACED, kb.WAITED, kb.NOWHERE
AGE_DRAW, COUNCIL = kb.AGE_DRAW, rng.COUNCIL
NOBODY = kb.NOBODY

Whole = NDArray[np.int64]


class Room(NamedTuple):
    """Where the people of one replication are kept, in order, with room for so many; and who
    waits for a place (`queue`: whose turn, `wanted`: the state), and how `full` each state is."""

    key: rng.Keys
    age: Whole
    duration: Whole
    state: Whole
    queue: Whole
    wanted: Whole
    full: Whole


def _room(people: int, states: int) -> Room:
    age, duration, state, queue, wanted = np.empty((5, people), np.int64)
    full = np.empty(states, np.int64)
    return Room(np.empty(people, np.uint64), age, duration, state, queue, wanted, full)


def _compiler() -> Any:
    """Keeps what it compiled for the next process, where there is anywhere to keep it."""
    for keep in (True, False):
        compiler = numba.njit(cache=keep, nogil=True)
        try:
            compiler(_room)  # looks for the place, and compiles nothing yet
        except RuntimeError:  # no folder can be written to
            continue
        return compiler
    raise AssertionError("without a place to keep anything numba asks for none")


compiled = _compiler()


@compiled
def _mixed(bits):  # type: ignore[no-untyped-def]
    bits = (bits ^ (bits >> THIRTY)) * FIRST
    bits = (bits ^ (bits >> TWENTY_SEVEN)) * SECOND
    return bits ^ (bits >> THIRTY_ONE)


@compiled
def _within(key, number):  # type: ignore[no-untyped-def]
    return _mixed(key + (np.uint64(number) + ONE) * GOLDEN)


@compiled
def _uniform(key, which):  # type: ignore[no-untyped-def]
    bits = _mixed(key + np.uint64(which) * GOLDEN) >> TWELVE
    return (np.float64(bits) + 0.5) * STEP


@compiled
def _count(chance, mean):  # type: ignore[no-untyped-def]
    if chance < 1.0 - mean:
        return 0
    small = mean / HALVED
    term = 1.0
    for each in range(TERMS, 0, -1):
        term = 1.0 - term * (small * SHARES[each])
    for _ in range(HALVINGS):
        term = term * term
    passed, number = term, 0
    while chance >= passed and (number < mean or term > ENOUGH):
        number += 1
        term = term * mean / number
        passed += term
    return number


@compiled
def _line(before, after, w, cell):  # type: ignore[no-untyped-def]
    """The figure of a cell: of one set of rates, or on the line between two."""
    out = np.float64(before[cell])
    if w > 0.0:
        out = out + w * (np.float64(after[cell]) - out)
    return out


@compiled
def _destination(to, to_after, stay, stay_after, w, beyond):  # type: ignore[no-untyped-def]
    """Where luck `beyond` staying leads: the chances of going to each state laid end to end."""
    going, later = (1.0 - w) * (1.0 - stay), w * (1.0 - stay_after)
    reached, last = 0.0, 0
    for option in range(len(to)):
        chance = going * np.float64(to[option])
        if w > 0.0:
            chance = chance + later * np.float64(to_after[option])
        reached += chance
        if beyond < reached:
            return option
        if chance > 0.0:
            last = option
    return last


@compiled
def _stay_or_go(block, room, r, n, month, tally):  # type: ignore[no-untyped-def]
    """Who of `n` is still here at the end of the month, and how many of them need another state."""
    states, durations = len(room.full), block.lasted[-1] + 1
    youngest, oldest = block.ages[0], block.ages[-1]
    before, w = block.part[month], block.weight[month]
    after = before + 1 if w > 0.0 else before
    stays, stays_after = block.stay[before, r], block.stay[after, r]
    agains, agains_after = block.same[before, r], block.same[after, r]
    to, to_after = block.to[before, r], block.to[after, r]
    kept, waiting = 0, 0
    room.full[:] = 0
    for who in range(n):
        age, own, key = room.age[who], room.state[who], room.key[who]
        if age + 1 >= oldest:
            tally[OF_AGE] += 1
            continue
        lasted = room.duration[who]
        cell = (block.band[age - youngest] * durations + block.lasted[lasted]) * states + own
        luck = _uniform(key, month + 1)
        stay = _line(stays, stays_after, w, cell)
        if luck < stay:
            if luck < stay * _line(agains, agains_after, w, cell):
                tally[SAME] += 1
        else:
            goal = _destination(
                to[cell],
                to_after[cell],
                np.float64(stays[cell]),
                np.float64(stays_after[cell]),
                w,
                luck - stay,
            )
            if goal == states:
                tally[LEFT] += 1
                continue
            room.queue[waiting], room.wanted[waiting] = kept, goal
            waiting += 1
        room.key[kept], room.age[kept], room.state[kept] = key, age + 1, own
        # Somebody who moves is set back to 0 only once they have a place.
        room.duration[kept] = min(lasted + 1, TRACKED)
        room.full[own] += 1
        kept += 1
    return kept, waiting


@compiled
def _arrive(block, room, r, n, waiting, month, council):  # type: ignore[no-untyped-def]
    """Those who arrive stand behind the others; n is -1 where there is no room for them."""
    states, cells, level = len(room.full), block.arrivals.shape[2], block.level[r, month]
    before, w = block.part[month], block.weight[month]
    means, means_after = (
        block.arrivals[before, r],
        block.arrivals[before + 1 if w > 0.0 else before, r],
    )
    for cell in range(cells):
        mean = _line(means, means_after, w, cell) * np.float64(level)
        if mean == 0.0:
            continue
        many = _count(_uniform(council, month * (cells + 1) + cell), mean)
        if n + many > len(room.key):
            return -1, waiting
        low, high = block.ages[cell // states], block.ages[cell // states + 1]
        first = (np.uint64(month + 1) << MONTH_AT) | (np.uint64(cell) << CELL_AT)
        for turn in range(many):
            key = _within(block.keys[r], first | np.uint64(turn))
            room.key[n], room.duration[n], room.state[n] = key, 0, NOBODY
            room.age[n] = low + np.int64(_uniform(key, AGE_DRAW) * (high - low))
            room.queue[waiting], room.wanted[waiting] = n, cell % states
            waiting += 1
            n += 1
    return n, waiting


@compiled
def _find_place(full, caps, routes, own, goal):  # type: ignore[no-untyped-def]
    """One person finds a place; their own stays theirs until they have it."""
    if own != NOBODY:
        full[own] -= 1
    found = own
    for turn in range(-1, routes.shape[1]):
        option = goal if turn < 0 else routes[goal, turn]
        if option >= 0 and (option == own or caps[option] < 0 or full[option] < caps[option]):
            found = option
            break
    if found != NOBODY:
        full[found] += 1
    return found


@compiled
def _place(block, room, waiting, month, council, tally, asked):  # type: ignore[no-untyped-def]
    """Places for all who wait, one after the other from a random one on."""
    start, cells = np.int64(0), block.arrivals.shape[2]
    full, caps, routes = room.full, block.caps[month], block.routes
    if block.capped and waiting > 0:
        start = np.int64(_uniform(council, month * (cells + 1) + cells) * waiting)
    for turn in range(waiting):
        at = (start + turn) % waiting
        who, goal = room.queue[at], room.wanted[at]
        own = room.state[who]
        asked[goal] += 1
        found = _find_place(full, caps, routes, own, goal) if block.capped else goal
        if found == own:
            tally[NOWHERE if own == NOBODY else WAITED] += 1
            continue
        if found != goal:
            tally[DISPLACED] += 1
        tally[ARRIVED if own == NOBODY else MOVED] += 1
        room.state[who], room.duration[who] = found, 0


@compiled
def _count_heads(block, room, n, occupied):  # type: ignore[no-untyped-def]
    """Who has a place is counted; who found none is nowhere, and not here any more."""
    kept = 0
    for who in range(n):
        state, age = room.state[who], room.age[who]
        if state == NOBODY:
            continue
        if kept < who:
            room.key[kept], room.age[kept] = room.key[who], age
            room.duration[kept], room.state[kept] = room.duration[who], state
        occupied[block.groups[age - block.ages[0]], state] += 1
        kept += 1
    return kept


@compiled
def _one(block, room, r, occupied, events, asked):  # type: ignore[no-untyped-def]
    """One replication; False where more people were here at once than there is room for."""
    n = len(block.state)
    for who in range(n):
        room.key[who] = _within(block.keys[r], 1 + who)
        room.age[who], room.state[who] = block.age[who], block.state[who]
        room.duration[who] = block.duration[who]
    council = _within(block.keys[r], COUNCIL)
    for month in range(block.level.shape[1]):
        tally = events[r, month]
        n, waiting = _stay_or_go(block, room, r, n, month, tally)
        n, waiting = _arrive(block, room, r, n, waiting, month, council)
        if n < 0:
            return False
        _place(block, room, waiting, month, council, tally, asked[r, month])
        n = _count_heads(block, room, n, occupied[r, month])
    return True


@compiled
def _from(block, room, first, last, occupied, events, asked):  # type: ignore[no-untyped-def]
    """As many replications from `first` on as there is room for: where it stopped, or `last`."""
    for r in range(first, last):
        if not _one(block, room, r, occupied, events, asked):
            return r
    return last


def run(block: kb.Block, counts: kb.Counts, first: int, last: int) -> None:
    """All months of the replications from `first` up to `last` of the block, into `counts`."""
    people = min(len(block.state) + 256, kb.MOST_PEOPLE)
    while first < last:
        room = _room(people, block.states)
        into = counts.occupied, counts.events, counts.asked
        first = int(_from(block, room, first, last, *into))
        if first < last:  # this one needs a larger room: again, from its first month
            kb.check_room(people + (people == kb.MOST_PEOPLE))
            counts.occupied[first], counts.events[first], counts.asked[first] = 0, 0, 0
            people = min(2 * people, kb.MOST_PEOPLE)
