"""The mean number of people in each state, month by month, without any chance: one cell at a time
for every month of age, month in the state and state. Our own oracle of the simulation's mean; it
shares nothing with `model.exact`."""

import numpy as np

from onedoor.evidence.model.grid import TRACKED


def mean(schedule, population, r=0):
    """(T, ages, S): the expected number at the end of each month, by age from the youngest on."""
    grid = schedule.grid
    youngest, oldest, states = grid.ages[0], grid.oldest, len(grid.states)
    here = np.zeros((oldest - youngest, TRACKED + 1, states))
    for age, been, state in zip(population.age, population.duration, population.state, strict=True):
        here[age - youngest, been, state] += 1
    out = []
    for month in range(schedule.months):
        stay, go, arrivals = chances(schedule, r, month)
        after = np.zeros_like(here)
        for age in range(youngest, oldest - 1):  # who is a month short of the oldest leaves
            a = band(grid.ages, age)
            for been in range(TRACKED + 1):
                d, now = band(grid.durations, been), here[age - youngest, been]
                later = after[age + 1 - youngest]
                later[min(been + 1, TRACKED)] += now * stay[a, d]
                later[0] += now @ go[a, d, :, :states]
        for a in range(len(grid.ages) - 1):
            low, high = grid.ages[a], grid.ages[a + 1]
            after[low - youngest : high - youngest, 0] += arrivals[a] / (high - low)
        here = after
        out.append(here.sum(axis=1))
    return np.array(out)


def chances(schedule, r, month):
    k, weight = schedule.line(month)
    sets = [(schedule.draws[k], 1 - weight)]
    if weight:
        sets.append((schedule.draws[k + 1], weight))
    stay = sum(part * each.stay[r].astype(float) for each, part in sets)
    go = sum(
        part * (1 - each.stay[r].astype(float))[..., None] * each.to[r].astype(float)
        for each, part in sets
    )
    arrivals = sum(part * each.arrivals[r].astype(float) for each, part in sets)
    return stay, go, arrivals * float(schedule.draws[0].level[r, month])


def band(edges, value):
    return max(number for number, edge in enumerate(edges) if edge <= value)
