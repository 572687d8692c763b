"""A costing of 10,000 replications, and what knowing more would be worth, from the same draws.

    python -m benchmarks.costing

Five years, six kinds of home, the invented plan of the tests. The design measured 31 ms for the
value of knowing 8 inputs with 10,000 draws (not rerun), and wants a published costing, simulation
included, within 5 s; the simulation has a benchmark of its own.
"""

import sys
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks import peer
from onedoor.evidence.money import costing, plan
from onedoor.evidence.money.costing import worth

PLAN = Path(__file__).resolve().parent.parent / "tests/evidence/money/costing.toml"
REPLICATIONS, INPUTS = 10_000, 8
STATES = ("own_foster", "agency_foster", "external_in", "own_home", "supported", "hub_home")


def main() -> int:
    said = plan.from_file(PLAN)
    chance = np.random.default_rng(7)
    before = np.array([85, 60, 52, 10, 66, 0])

    def people(means: tuple[int, ...]) -> costing.Occupied:
        drawn = [chance.poisson(mean, (REPLICATIONS, said.months)) for mean in means]
        return costing.Occupied(STATES, np.stack(drawn, axis=2).astype(np.int16), before)

    both = people((85, 60, 52, 9, 66, 0)), people((88, 60, 45, 8, 66, 4))
    stays = pl.DataFrame(
        {"state": ["external_in"] * 52, "start": [date(2020, 1, 1)] * 52, "end": [None] * 52},
        schema_overrides={"end": pl.Date},
    )
    today = costing.counted(stays, said)
    seconds = peer.cpu(lambda: costing.cost(*both, today, said, seed=1), times=3)
    peer.verdict(f"a costing of {REPLICATIONS:,} replications", seconds, 5, "s")
    inputs = {str(each): chance.standard_normal(REPLICATIONS) for each in range(INPUTS)}
    net = sum(inputs.values()) + chance.standard_normal(REPLICATIONS)
    knowing = peer.cpu(lambda: worth.moved(net, inputs, 1))
    peer.verdict(f"what {INPUTS} inputs are worth knowing", knowing * 1000, 31, "ms")
    return 0 if seconds <= 5 and knowing <= 0.031 else 1


if __name__ == "__main__":
    sys.exit(main())
