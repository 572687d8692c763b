"""A cohort of the sector's own forecaster, run by us in its own way: the same numbers, sooner.

    python -m benchmarks.cohort

cs-demand-model 0.5.1 on the returns that it brings as its sample: 365 daily steps with the rates,
arrivals and numbers that it found itself must be equal to less than 1e-9. hesim (C++), on a
homogeneous cohort with 10,000 sets of rates of 60 months and 13 states, took 0.43 s of processor
time elsewhere (not rerun); ours does as many here.
"""

import tempfile
from pathlib import Path

import numpy as np

from benchmarks import five_years, peer
from onedoor.evidence.model import cohort

HESIM = 0.43  # seconds, evidence.md of the project's design
SETS, MONTHS, STATES = 10_000, 60, 13


def main() -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        five_years.written(folder)
        said = peer.ask(
            "peers/demand_cohort.py",
            str(folder),
            five_years.FIRST,
            five_years.LAST,
            needs=five_years.PEER,
        )
    start = np.array(said["start"])
    rates = np.zeros((len(start), len(start) + 1))
    arrivals = np.zeros(len(start))
    for old, new, rate in said["rates"]:
        rates[old, new] += rate
    for new, number in said["arrivals"]:
        arrivals[new] += number
    theirs = np.array(said["forecast"])

    def work() -> np.ndarray:
        return cohort.cohort(start, rates, arrivals, len(theirs))

    print(f"{start.sum():.0f} looked after, {len(start)} states, {len(theirs)} daily steps")
    peer.verdict("largest difference", float(np.abs(work() - theirs).max()), 1e-9, "young people")
    seconds = peer.cpu(work)
    ratio = said["daily"] / seconds
    print(f"ours {1000 * seconds:.2f} ms, theirs {said['daily']:.2f} s: ratio {ratio:,.0f}x")

    by = np.random.default_rng(1)
    chances = by.dirichlet(np.ones(STATES + 1), (SETS, STATES))
    chances[:, np.arange(STATES), np.arange(STATES)] = 0
    people, nobody = by.random(STATES), np.zeros(STATES)
    seconds = peer.cpu(lambda: cohort.cohort(people, chances, nobody, MONTHS), 3)
    print(f"{SETS:,} sets of rates: {seconds:.2f} s; hesim {HESIM} s (not rerun)")
    peer.verdict("ratio to hesim", HESIM / seconds, 1, "x", at_least=True)


if __name__ == "__main__":
    main()
