"""A hub written the obvious way, one young person at a time, to hold the fast ones against."""

import heapq
import itertools
import math

import numpy as np

YEAR = 365.25


def one_by_one(residential, emergency, demand, coming, gaps, uniforms, normals):
    """Refused, of them in a crisis, and who borrowed, of one hub that begins empty.

    The chance is given, so that the answer must be the same to the last young person.
    """
    per_batch = (
        demand.planned_per_year / coming.batch_planned,
        demand.crisis_per_year / coming.batch_crisis,
    )
    batches, share = sum(per_batch), per_batch[1] / sum(per_batch)
    alike = {False: 1 - 1 / coming.batch_planned, True: 1 - 1 / coming.batch_crisis}
    days = {False: demand.days_planned, True: demand.days_crisis}
    rooms = {"residential": residential, "emergency": emergency}
    leaving, now, crisis, first, last_normal = [], 0.0, False, True, 0.0
    refused = refused_in_crisis = borrowed = 0
    for gap, uniform, normal in zip(gaps, uniforms, normals, strict=True):
        again = not first and uniform < alike[crisis]
        if again:
            normal = last_normal if coming.together else normal
        else:
            chance = 0.0 if first else alike[crisis]
            now += gap * (YEAR / batches)
            crisis = bool((uniform - chance) / (1 - chance) < share)
        first, last_normal = False, normal
        while leaving and leaving[0][0] <= now:
            rooms[heapq.heappop(leaving)[1]] += 1
        wanted = ("emergency", "residential") if crisis else ("residential",)
        room = next((each for each in wanted if rooms[each]), None)
        if room is None:
            refused += 1
            refused_in_crisis += crisis
            continue
        rooms[room] -= 1
        borrowed += crisis and room == "residential"
        stay = days[crisis] * np.exp(coming.spread * normal - coming.spread**2 / 2)
        heapq.heappush(leaving, (now + stay, room))
    return refused, refused_in_crisis, borrowed


def long_run(residential, emergency, demand):
    """Refused planned, refused in a crisis, and places taken: every state, one dense system."""
    come = demand.planned_per_year / YEAR, demand.crisis_per_year / YEAR
    go = 1 / demand.days_planned, 1 / demand.days_crisis
    states = [
        (p, c, e)
        for p, c, e in itertools.product(
            range(residential + 1), range(residential + 1), range(emergency + 1)
        )
        if p + c <= residential
    ]
    rates = np.zeros((len(states), len(states)))

    def flow(a, b, rate):
        rates[states.index(a), states.index(b)] += rate

    for p, c, e in states:
        free = p + c < residential
        if free:
            flow((p, c, e), (p + 1, c, e), come[0])
        if e < emergency:
            flow((p, c, e), (p, c, e + 1), come[1])
        elif free:
            flow((p, c, e), (p, c + 1, e), come[1])
        if p:
            flow((p, c, e), (p - 1, c, e), p * go[0])
        if c:
            flow((p, c, e), (p, c - 1, e), c * go[1])
        if e:
            flow((p, c, e), (p, c, e - 1), e * go[1])
    system = np.vstack([(rates - np.diag(rates.sum(axis=1))).T, np.ones(len(states))])
    shares = np.linalg.lstsq(system, np.eye(len(states) + 1)[-1], rcond=None)[0]
    planned = sum(x for x, (p, c, e) in zip(shares, states, strict=True) if p + c == residential)
    crisis = sum(
        x
        for x, (p, c, e) in zip(shares, states, strict=True)
        if p + c == residential and e == emergency
    )
    taken = sum(x * sum(state) for x, state in zip(shares, states, strict=True))
    return planned, crisis, taken


def erlang(places, load):
    """The share refused, straight from its definition."""
    terms = [load**k / math.factorial(k) for k in range(places + 1)]
    return terms[-1] / sum(terms)
