"""The simulated mean beside the exact one, in all 720 cells of 60 months and 12 states.

    python -m benchmarks.oracle [SEEDS]

Bars (evidence.md of the project's design): pooled over the cells, the distance in standard errors
has a root mean square between 0.9 and 1.1, and with 40,000 replications no mean is off by 0.3%.
Cells of one run hang together, so that the root mean square of a single run strays further from 1
than that; it is pooled over the seeds (4 unless said), each with 40,000 replications.

The council has about 550 young people in care, as the average council of England. How far the
worst of 720 means is off is chance and falls with the number of people in the smallest state, so
what chance alone would do is printed beside it: 3.2 standard errors, which one in 720 passes. (With
275 young people that is 0.40%, and 0.30 to 0.36% was found: a smaller council needs more runs.)

There are two exact answers: the slow recursion of the tests, and `model.exact`.
"""

import sys

import numpy as np

from benchmarks import peer
from onedoor.evidence.model import exact, schedule, simulate
from tests.evidence.model import invented_rates, slow_mean

REPLICATIONS, MONTHS, PEOPLE, ARRIVE = 40_000, 60, 550, 17.4


def main() -> None:
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 4
    rates = invented_rates.rates(REPLICATIONS, MONTHS, arrive=ARRIVE, alike=True, uneven=0)
    people = invented_rates.people(PEOPLE, rates.grid)
    one = rates.only(0, 1)
    mean = slow_mean.mean(schedule.of(one), people).sum(axis=1)
    moments = exact.moments(one, people)
    apart = np.abs(moments.mean[:, 0] - mean).max()
    peer.verdict("exact mean, two recursions apart", float(apart), 1e-4, "people")
    distances, totals, off = [], np.zeros_like(mean), 0.0
    for seed in range(1, seeds + 1):
        found = simulate.simulate(rates, people, seed=seed)
        here, error = found.mean()[:, 0], found.mcse()[:, 0]
        distances.append((here - mean) / error)
        off = max(off, float(np.abs(here / mean - 1).max()))
        totals += here / seeds
        rms = np.sqrt((distances[-1] ** 2).mean())
        print(
            f"seed {seed}: root mean square {rms:.3f}, most off {np.abs(here / mean - 1).max():.3%}"
        )
    pooled = float(np.sqrt((np.array(distances) ** 2).mean()))
    peer.verdict("pooled root mean square", pooled, 0.9, "standard errors", at_least=True)
    peer.verdict("pooled root mean square", pooled, 1.1, "standard errors")
    peer.verdict("most off, one run of 40,000", 100 * off, 0.3, "%")
    print(f"  chance alone, the worst of 720: {(3.2 * error / mean).max():.3%}")
    print(f"most off, all runs together: {np.abs(totals / mean - 1).max():.3%}")
    spread = found.people().sum(axis=2).std(axis=0)[-1] / moments.sd[-1, 0]
    print(f"standard deviation of all young people in month {MONTHS}, over the exact: {spread:.4f}")


if __name__ == "__main__":
    main()
