"""The simulation's months in NumPy: the reference, and what runs where numba is not installed.

People of all replications of the block lie in one row of arrays; within a replication they keep
their order: those of the first day, then those who arrived, month by month and cell by cell.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onedoor.evidence.model import kernel_block as kb
from onedoor.evidence.model import poisson, rng
from onedoor.evidence.model.grid import TRACKED

Whole = NDArray[np.int64]
Yes = NDArray[np.bool_]


@dataclass(slots=True)
class Here:
    """Everybody who is here: replication, key, age and months in the state, state; (n,) each."""

    rep: Whole
    key: rng.Keys
    age: Whole
    duration: Whole
    state: Whole

    def only(self, which: Yes) -> "Here":
        return Here(*(getattr(self, name)[which] for name in self.__slots__))

    def and_also(self, other: "Here") -> "Here":
        return Here(
            *(
                np.concatenate([getattr(self, name), getattr(other, name)])
                for name in self.__slots__
            )
        )


def run(block: kb.Block) -> kb.Counts:
    """All months of all replications of the block."""
    counts = kb.Counts.none(block)
    here = _first_day(block)
    council = rng.within(block.keys, rng.COUNCIL)
    for month in range(block.level.shape[1]):
        events = counts.events[:, month]
        here, wanted = _stay_or_go(block, here, month, events)
        come = _arrivals(block, council, month)
        wanted = np.concatenate([wanted, come.state])
        come.state = np.full_like(come.state, kb.NOBODY)
        here = here.and_also(come)
        kb.check_room(int(np.bincount(here.rep, minlength=1).max()))
        counts.asked[:, month] = _asked(block, here, wanted)
        placed = _placed(block, here, wanted, month, council, events) if block.capped else wanted
        here = _settled(here, wanted, placed, events)
        counts.occupied[:, month] = _counted(block, here)
    return counts


def _first_day(block: kb.Block) -> Here:
    size, people = len(block.keys), len(block.state)
    keys = rng.within(block.keys[:, None], 1 + np.arange(people)).ravel()
    each = (np.tile(part, size) for part in (block.age, block.duration, block.state))
    return Here(np.repeat(np.arange(size), people), keys, *each)


def _stay_or_go(
    block: kb.Block, here: Here, month: int, events: NDArray[np.int16]
) -> tuple[Here, Whole]:
    """Who is still here at the end of the month, and the state each wants to be in."""
    of_age = here.age + 1 >= block.ages[-1]
    _tally(events, kb.OF_AGE, here.rep[of_age])
    here = here.only(~of_age)
    cell = _cells(block, here)
    luck = rng.uniform(here.key, month + 1)
    stay = _between(block, block.stay, here.rep, cell, month)
    stays = luck < stay
    again = stays & (luck < stay * _between(block, block.same, here.rep, cell, month))
    _tally(events, kb.SAME, here.rep[again])
    wanted = here.state.copy()
    goes = np.flatnonzero(~stays)
    beyond = luck[goes] - stay[goes]
    wanted[goes] = _destinations(block, here.rep[goes], cell[goes], beyond, month)
    left = wanted == block.states
    _tally(events, kb.LEFT, here.rep[left])
    here.age += 1
    # Somebody who moves is set back to 0 only once they have a place.
    here.duration = np.minimum(here.duration + 1, TRACKED)
    return here.only(~left), wanted[~left]


def _cells(block: kb.Block, here: Here) -> Whole:
    band, lasted = block.band[here.age - block.ages[0]], block.lasted[here.duration]
    bands = block.lasted[-1] + 1
    out: Whole = (band * bands + lasted) * block.states + here.state
    return out


def _between(
    block: kb.Block, sets: NDArray[np.float32], rep: Whole, cell: Whole, month: int
) -> rng.Reals:
    part, weight = block.part[month], block.weight[month]
    out: rng.Reals = sets[part][rep, cell].astype(np.float64)
    if weight > 0.0:
        out = out + weight * (sets[part + 1][rep, cell] - out)
    return out


def _destinations(block: kb.Block, rep: Whole, cell: Whole, beyond: rng.Reals, month: int) -> Whole:
    """Where the part of somebody's luck `beyond` staying takes them: the chances of going to each
    state laid end to end."""
    part, weight = block.part[month], block.weight[month]
    going = (1.0 - weight) * (1.0 - block.stay[part][rep, cell].astype(np.float64))
    chances = going[:, None] * block.to[part][rep, cell]
    if weight > 0.0:
        going = weight * (1.0 - block.stay[part + 1][rep, cell].astype(np.float64))
        chances = chances + going[:, None] * block.to[part + 1][rep, cell]
    reached = (beyond[:, None] >= np.cumsum(chances, axis=1)).sum(axis=1)
    # Rounding may leave a hair at the end of the row: it belongs to the last that has a chance.
    last = block.states - np.argmax(chances[:, ::-1] > 0, axis=1)
    return np.asarray(np.minimum(reached, last))


def _arrivals(block: kb.Block, council: rng.Keys, month: int) -> Here:
    """Those who arrive, each with the state they need as `state`."""
    part, weight = block.part[month], block.weight[month]
    mean = block.arrivals[part].astype(np.float64)
    if weight > 0.0:
        mean = mean + weight * (block.arrivals[part + 1] - mean)
    mean = mean * block.level[:, month, None].astype(np.float64)
    cells = mean.shape[1]
    chance = rng.uniform(council[:, None], month * (cells + 1) + np.arange(cells))
    many = poisson.count(chance, mean).ravel()
    at = np.repeat(np.arange(many.size), many)
    turn = np.arange(len(at)) - np.repeat(np.cumsum(many) - many, many)
    rep, cell = at // cells, at % cells
    number = rng.arrival(month, cell.astype(np.uint64), turn.astype(np.uint64))
    key = rng.within(block.keys[rep], number)
    band = cell // block.states
    low, high = block.ages[band], block.ages[band + 1]
    age = low + (rng.uniform(key, kb.AGE_DRAW) * (high - low)).astype(np.int64)
    return Here(rep, key, age, np.zeros_like(age), cell % block.states)


def _placed(
    block: kb.Block,
    here: Here,
    wanted: Whole,
    month: int,
    council: rng.Keys,
    events: NDArray[np.int16],
) -> Whole:
    """The state each ends the month in: NOBODY where somebody who arrives finds no place."""
    size, states = len(block.keys), block.states
    lived = here.state != kb.NOBODY
    full = np.bincount(here.rep[lived] * states + here.state[lived], minlength=size * states)
    full = full.reshape(size, states)
    out = here.state.copy()
    queue = np.flatnonzero(here.state != wanted)
    queue = queue[np.argsort(here.rep[queue], kind="stable")]
    length = np.bincount(here.rep[queue], minlength=size)
    begins = np.cumsum(length) - length
    luck = rng.uniform(council, month * (block.arrivals.shape[2] + 1) + block.arrivals.shape[2])
    start = (luck * length).astype(np.int64)
    for turn in range(int(length.max(initial=0))):
        reps = np.flatnonzero(length > turn)
        who = queue[begins[reps] + (start[reps] + turn) % length[reps]]
        out[who] = _next_in_turn(block, full, reps, out[who], wanted[who], block.caps[month])
    _tally(events, kb.DISPLACED, here.rep[(out != wanted) & (out != here.state)])
    _tally(events, kb.WAITED, here.rep[(out == here.state) & (out != wanted) & lived])
    _tally(events, kb.NOWHERE, here.rep[out == kb.NOBODY])
    return out


def _next_in_turn(
    block: kb.Block, full: Whole, reps: Whole, own: Whole, wanted: Whole, caps: Whole
) -> Whole:
    """One person of each of `reps` finds a place; their own stays theirs until they have it."""
    lived = own != kb.NOBODY
    full[reps[lived], own[lived]] -= 1
    found = own.copy()
    open_ = np.ones(len(reps), bool)
    for option in np.column_stack([wanted, block.routes[wanted]]).T:
        room = (caps[option] < 0) | (full[reps, option] < caps[option])
        takes = open_ & (option >= 0) & (room | (option == own))
        found[takes] = option[takes]
        open_ &= ~takes
    housed = found != kb.NOBODY
    full[reps[housed], found[housed]] += 1
    return found


def _settled(here: Here, wanted: Whole, placed: Whole, events: NDArray[np.int16]) -> Here:
    arrived, moved = here.state == kb.NOBODY, (placed != here.state) & (here.state != kb.NOBODY)
    _tally(events, kb.ARRIVED, here.rep[arrived & (placed != kb.NOBODY)])
    _tally(events, kb.MOVED, here.rep[moved])
    here.duration[moved] = 0
    here.state = placed
    return here.only(placed != kb.NOBODY)


def _asked(block: kb.Block, here: Here, wanted: Whole) -> Whole:
    """(B, S)."""
    needs = np.flatnonzero(here.state != wanted)
    shape = (len(block.keys), block.states)
    at = here.rep[needs] * block.states + wanted[needs]
    return np.bincount(at, minlength=shape[0] * shape[1]).reshape(shape)


def _counted(block: kb.Block, here: Here) -> Whole:
    """(B, G, S)."""
    shape = (len(block.keys), block.group_count, block.states)
    group = block.groups[here.age - block.ages[0]]
    at = (here.rep * shape[1] + group) * shape[2] + here.state
    return np.bincount(at, minlength=shape[0] * shape[1] * shape[2]).reshape(shape)


def _tally(events: NDArray[np.int16], event: int, rep: Whole) -> None:
    events[:, event] += np.bincount(rep, minlength=len(events)).astype(np.int16)
