"""Is a small council better served by its own rate, the national one, or one between?

    python -m benchmarks.shrinkage

The check of evidence.md 1.2 of the project's design, run again with a generator of our own: 150
invented authorities whose true monthly rates differ (mean 10 in 1,000, sd 5), and exposures from a
few dozen person-months to some thousands. Errors are over authorities of less than 800
person-months; there they were 4.50 (raw), 4.92 (national) and 3.26 (shrunk) in 1,000, and the 90%
interval held 90.1%. How exposures were drawn there is not known, so the bar is the best that can be
done: the error of somebody who knows the true mean and weight.
"""

import numpy as np

from benchmarks import peer
from onedoor.evidence.model import pool

COUNCILS, RUNS, SMALL = 150, 40, 800
MEAN, SD = 0.010, 0.005
MIDDLE, SPREAD = 700, 0.9  # median person-months, and sd of their logarithm


def main() -> None:
    errors, held, kappas = [], [], []
    for seed in range(RUNS):
        by = np.random.default_rng(seed)
        shape = (MEAN / SD) ** 2
        rates = by.gamma(shape, MEAN / shape, COUNCILS)
        exposure = np.exp(by.normal(np.log(MIDDLE), SPREAD, COUNCILS))
        events = by.poisson(rates * exposure)
        found = pool.pool(events, exposure)
        kappas.append(found.kappa)
        small = exposure < SMALL
        truth = pool.Pool(MEAN, shape / MEAN)
        guesses = (
            events / exposure,
            events.sum() / exposure.sum(),
            found.shrunk(events, exposure),
            truth.shrunk(events, exposure),
        )
        errors.append([1000 * np.sqrt(np.mean((each - rates)[small] ** 2)) for each in guesses])
        low, high = np.quantile(found.draws(events, exposure, 4000, by), [0.05, 0.95], axis=0)
        held.append(np.mean((low <= rates) & (rates <= high)))
    raw, national, shrunk, best = np.mean(errors, axis=0)
    print(f"{RUNS} runs of {COUNCILS} authorities; true weight {shape / MEAN:.0f} person-months, ")
    print(f"found {np.median(kappas):.0f} in the median run")
    print(f"error in 1,000: raw {raw:.2f}, national {national:.2f}, shrunk {shrunk:.2f}")
    peer.verdict("shrunk error over the best possible", shrunk / best, 1.05, "")
    print(f"90% interval holds {np.mean(held):.1%}")
    peer.verdict("away from 90%", 100 * abs(np.mean(held) - 0.9), 2, "points")


if __name__ == "__main__":
    main()
