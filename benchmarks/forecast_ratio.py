"""How many whole stochastic forecasts we make while cs-demand-model makes one, without chance.

    python -m benchmarks.forecast_ratio

The returns are its own sample. Five years: it takes 60 steps of 30 days and gives one path; ours
draws rates and arrivals and simulates every young person by the month, with ageing on the day. Bar
(evidence.md of the project's design): at least 2,000 replications in the same processor time.
"""

import tempfile
from pathlib import Path

from benchmarks import five_years, peer
from onedoor.evidence import ssda903
from onedoor.evidence.model import fit, simulate

MONTHS, REPLICATIONS = 60, 4000


def main() -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        five_years.written(folder)
        reading = ssda903.read(folder)
        said = peer.ask(
            "peers/demand_cohort.py",
            str(folder),
            five_years.FIRST,
            five_years.LAST,
            needs=five_years.PEER,
        )
    found = fit.fit(reading)

    def work() -> None:
        for first in range(0, REPLICATIONS, fit.BLOCK):
            rates = found.draws(MONTHS, fit.BLOCK, 1, first)
            simulate.simulate(rates, found.population, seed=1, number=first)

    work()  # the first run compiles
    seconds = peer.cpu(work, 3)
    print(f"{len(found.population)} there on the last day, {len(found.grid.states)} states")
    print(
        f"ours: {REPLICATIONS:,} replications in {seconds:.2f} s; theirs: {said['monthly']:.2f} s"
    )
    within = REPLICATIONS * said["monthly"] / seconds
    peer.verdict("replications in their time", within, 2000, "", at_least=True)
    print(f"their 365 daily steps take {said['daily']:.2f} s: ", end="")
    print(f"{REPLICATIONS * said['daily'] / seconds:,.0f} replications")


if __name__ == "__main__":
    main()
