"""D4: 10,000 replications of 60 months in 50 states, with a limit on beds, on one processor.

    python -m benchmarks.d4_simulation

Bar (data.md of the project's design): at most 12 seconds; nobody else offers it. Every replication
has rates of its own; they are made in blocks, as a council's would be, and making them is not
counted but shown. Memory: less than 800 MB.
"""

import time

import numpy as np

from benchmarks import peer
from onedoor.evidence.model import simulate
from tests.evidence.model import invented_rates

REPLICATIONS, BLOCK, MONTHS, STATES, PEOPLE, ARRIVE = 10_000, 500, 60, 50, 275, 8.7


def limits() -> dict[str, object]:
    """Beds for ten of the fifty kinds, each with a route of three that ends without a limit."""
    caps = np.full(STATES, -1)
    caps[:10] = [2, 3, 4, 4, 4, 5, 5, 6, 6, 8]
    routes = np.full((STATES, 3), -1)
    for kind in range(10):
        routes[kind] = [(kind + 1) % 10, (kind + 2) % 10, 10 + kind]
    return {"caps": caps, "routes": routes}


def main() -> None:
    used = made = displaced = people_months = 0.0
    people, asked = None, limits()
    for first in range(0, REPLICATIONS, BLOCK):
        begun = time.process_time()
        rates = invented_rates.rates(BLOCK, MONTHS, states=STATES, arrive=ARRIVE, seed=first + 1)
        if people is None:
            people = invented_rates.people(PEOPLE, rates.grid)
            simulate.simulate(rates.only(0, 2), people, seed=1, threads=1, **asked)  # compiled now
        made += time.process_time() - begun
        begun = time.process_time()
        found = simulate.simulate(rates, people, seed=1, number=first, threads=1, **asked)
        used += time.process_time() - begun
        displaced += float(found.displaced.sum())
        people_months += float(found.people().sum())
        assert found.nowhere.sum() == 0
        assert (found.people()[:, -1] <= np.where(asked["caps"] < 0, 10_000, asked["caps"])).all()
    print(f"{REPLICATIONS:,} replications, {MONTHS} months, {STATES} states")
    print(f"young people: {people_months / REPLICATIONS / MONTHS:.0f} on average")
    print(f"sent along a route: {displaced / REPLICATIONS:.0f} in each replication")
    peer.verdict("processor time", used, 12, "s")
    print(f"  {used / people_months * 1e9:.0f} ns for a person's month; rates made in {made:.0f} s")
    peer.verdict("memory", peer.peak(), 800, "MB")


if __name__ == "__main__":
    main()
