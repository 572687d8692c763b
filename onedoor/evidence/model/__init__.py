"""The model: where young people are, how they move, and how many there will be.

from onedoor.evidence.model import exact, fit, simulate

found = fit.fit(reading)                        # rates, people and arrivals of one council
found.draws(months=60, count=1000, seed=1)      # what is believed, a thousand times over
simulate.simulate(draws, found.population, seed=1)   # one replication for each draw
exact.expected(found.mean(60), found.population)     # the same without chance

`states` and `careers` turn stays into time in states; `exposure` counts; `prior` and `posterior`
say what is believed of rates, `entries` of arrivals; `scenario` changes causes, `capacity` gives
places a limit.
"""

from onedoor.evidence.model import (
    capacity,
    careers,
    draws,
    entries,
    exact,
    exposure,
    fit,
    grid,
    posterior,
    prior,
    rng,
    scenario,
    schedule,
    simulate,
    states,
)

__all__ = [
    "capacity",
    "careers",
    "draws",
    "entries",
    "exact",
    "exposure",
    "fit",
    "grid",
    "posterior",
    "prior",
    "rng",
    "scenario",
    "schedule",
    "simulate",
    "states",
]
