"""The months of the model, one chance at a time: nothing shared with the engine."""

from collections import defaultdict


def band(edges, number):
    return sum(edge <= number for edge in edges) - 1


def months_of_one(draws, age, time, state, months, draw=0):
    """The chance of each state at the end of each month, for one person: a list of dictionaries."""
    grid = draws.grid
    here, found = {(time, state): 1.0}, []
    for _ in range(months):
        later = defaultdict(float)
        if age + 1 < grid.ages[-1]:
            for (time, state), chance in here.items():
                cell = band(grid.ages, age), band(grid.durations, time), state
                stay = float(draws.stay[(draw, *cell)])
                later[min(time + 1, 12), state] += chance * stay
                for to in range(len(grid.states)):
                    go = (1 - stay) * float(draws.to[(draw, *cell, to)])
                    later[0, to] += chance * go
        age, here = age + 1, later
        there = defaultdict(float)
        for (_, state), chance in here.items():
            there[state] += chance
        found.append(dict(there))
    return found


def moments(draws, population, edges, draw=0):
    """(mean, covariance) by month, keyed by (group, state) and pairs of them."""
    grid, months = draws.grid, draws.level.shape[1]
    mean = [defaultdict(float) for _ in range(months)]
    both = [defaultdict(float) for _ in range(months)]
    for age, time, state in zip(
        population.age.tolist(),
        population.duration.tolist(),
        population.state.tolist(),
        strict=True,
    ):
        for month, there in enumerate(months_of_one(draws, age, time, state, months, draw)):
            group = band(edges, age + month + 1)
            for one, chance in there.items():
                mean[month][group, one] += chance
                both[month][(group, one), (group, one)] += chance
                for other, at_once in there.items():
                    both[month][(group, one), (group, other)] -= chance * at_once
    for came in range(months):
        for at, (young, old) in enumerate(zip(grid.ages, grid.ages[1:], strict=False)):
            for state in range(len(grid.states)):
                each = float(draws.arrivals[draw, at, state]) * float(draws.level[draw, came])
                for age in range(young, old):
                    here = [{state: 1.0}]
                    here += months_of_one(draws, age, 0, state, months - came - 1, draw)
                    for on, there in enumerate(here):
                        key = band(edges, age + on)
                        for one, chance in there.items():
                            number = each / (old - young) * chance
                            mean[came + on][key, one] += number
                            both[came + on][(key, one), (key, one)] += number
    return mean, both
