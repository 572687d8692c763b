"""The simulation once more, as slow and as plainly as can be: whole numbers, lists and one person
at a time. It follows the timeline written at the head of `simulate` and shares no line with it."""

import math

WORD = 2**64
ADDED = 0x9E3779B97F4A7C15


def mixed(bits):
    bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9 % WORD
    bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB % WORD
    return bits ^ (bits >> 31)


def within(key, number):
    return mixed((key + (number + 1) * ADDED) % WORD)


def uniform(key, which):
    return ((mixed((key + which * ADDED) % WORD) >> 12) + 0.5) / 2**52


def poisson(luck, mean):
    """How many, by adding up the chances of 0, 1, 2, ... until they pass the luck."""
    many, passed = 0, math.exp(-mean)
    while luck >= passed:
        many += 1
        passed += math.exp(-mean + many * math.log(mean) - math.lgamma(many + 1))
    return many


def band(edges, value):
    return max(number for number, edge in enumerate(edges) if edge <= value)


def rates_in(schedule, r, month):
    """What holds for replication r in a month: two sets of rates and the weight of the second."""
    k, weight = schedule.line(month)
    return schedule.draws[k], schedule.draws[min(k + 1, len(schedule.draws) - 1)], weight


def between(before, after, weight):
    before, after = float(before), float(after)
    return before + weight * (after - before) if weight else before


def one(schedule, population, r, *, seed, caps, routes):
    """Replication r: for each month the people ({age, state} of each), what happened, and the kind
    of home that each who needed one asked for."""
    grid = schedule.grid
    replication = within(mixed(seed), r)
    council = within(replication, 0)
    here = [
        {"key": within(replication, number + 1), "age": int(age), "been": int(been), "in": int(at)}
        for number, (age, been, at) in enumerate(
            zip(population.age, population.duration, population.state, strict=True)
        )
    ]
    months = []
    for month in range(schedule.months):
        before, after, weight = rates_in(schedule, r, month)
        happened = dict.fromkeys(
            ("arrived", "left", "of_age", "moved", "same", "displaced", "waited", "nowhere"), 0
        )
        stayed = stay_or_go(grid, here, r, month, before, after, weight, happened)
        came = arrive(grid, replication, council, r, month, before, after, weight)
        queue = [person for person in stayed if person["needs"] != person["in"]] + came
        cells = (len(grid.ages) - 1) * len(grid.states)
        find_places(
            stayed,
            queue,
            caps[month],
            routes,
            uniform(council, month * (cells + 1) + cells),
            happened,
        )
        here = [person for person in stayed + came if person["in"] is not None]
        asked = [person["needs"] for person in queue]
        months.append(([(person["age"], person["in"]) for person in here], happened, asked))
    return months


def stay_or_go(grid, here, r, month, before, after, weight, happened):
    left, kept = len(grid.states), []
    for person in here:
        if person["age"] + 1 >= grid.oldest:
            happened["of_age"] += 1
            continue
        cell = (
            r,
            band(grid.ages, person["age"]),
            band(grid.durations, person["been"]),
            person["in"],
        )
        luck = uniform(person["key"], month + 1)
        stay = between(before.stay[cell], after.stay[cell], weight)
        person["needs"] = person["in"]
        if luck >= stay:
            person["needs"] = where(cell, luck - stay, before, after, weight)
            if person["needs"] == left:
                happened["left"] += 1
                continue
        elif luck < stay * between(before.same[cell], after.same[cell], weight):
            happened["same"] += 1
        person["age"] += 1
        person["been"] = min(12, person["been"] + 1)
        kept.append(person)
    return kept


def where(cell, beyond, before, after, weight):
    reached, last = 0.0, None
    for option in range(len(before.to[cell])):
        chance = (1 - weight) * (1 - float(before.stay[cell])) * float(before.to[cell][option])
        if weight:
            chance += weight * (1 - float(after.stay[cell])) * float(after.to[cell][option])
        reached += chance
        last = option if chance else last
        if beyond < reached:
            return option
    return last


def arrive(grid, replication, council, r, month, before, after, weight):
    came, states = [], len(grid.states)
    cells = (len(grid.ages) - 1) * states
    for a in range(len(grid.ages) - 1):
        for s in range(states):
            mean = between(before.arrivals[r, a, s], after.arrivals[r, a, s], weight)
            mean *= float(before.level[r, month])
            if not mean:
                continue
            cell = a * states + s
            for turn in range(poisson(uniform(council, month * (cells + 1) + cell), mean)):
                key = within(replication, (month + 1) * 2**40 + cell * 2**20 + turn)
                low, high = grid.ages[a], grid.ages[a + 1]
                age = low + int(uniform(key, 0) * (high - low))
                came.append({"key": key, "age": age, "been": 0, "in": None, "needs": s})
    return came


def find_places(stayed, queue, caps, routes, luck, happened):
    beds = {}
    for person in stayed:
        beds[person["in"]] = beds.get(person["in"], 0) + 1
    first = int(luck * len(queue))
    for person in queue[first:] + queue[:first]:
        own = person["in"]
        if own is not None:
            beds[own] -= 1
        found = own
        for option in [person["needs"], *routes[person["needs"]]]:
            if (
                option == own
                or option >= 0
                and (caps[option] < 0 or beds.get(option, 0) < caps[option])
            ):
                found = option
                break
        if found is None:
            happened["nowhere"] += 1
            continue
        beds[found] = beds.get(found, 0) + 1
        if found == own:
            happened["waited"] += 1
            continue
        happened["displaced"] += found != person["needs"]
        happened["arrived" if own is None else "moved"] += 1
        person["in"], person["been"] = found, 0
