"""A published costing, from a council's returns to what it saves: 10,000 replications.

    python -m benchmarks.costing

An invented council (`onedoor synth`) with about 275 young people aged 12 to 17, five years, the
invented plan of the tests: first without beds in its hub, then with them. The design wants a
published costing within 5 s on two processors. Both times are printed for all of it together and
for the money alone; with the value of knowing 8 inputs, which the design measured in 31 ms (not
rerun).
"""

import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks import peer
from onedoor.evidence import ssda903, synth
from onedoor.evidence.model import fit
from onedoor.evidence.model.fit import Fit
from onedoor.evidence.money import costing, council, plan
from onedoor.evidence.money.costing import worth

PLAN = Path(__file__).resolve().parent.parent / "tests/evidence/money/costing.toml"
REPLICATIONS, INPUTS, AGES = 10_000, 8, (12, 17)
CHILDREN, LAST_RETURN = 595, 2025  # of all ages: the size that gives about 275 aged 12 to 17
BAR = 5.0


def fitted() -> Fit:
    made = synth.council(7, children=CHILDREN, years=5, first_year=LAST_RETURN - 4)
    with tempfile.TemporaryDirectory() as folder:
        for name, data in synth.returns(made, tables=("header", "episodes")):
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return fit.fit(ssda903.read(Path(folder)))


def asked() -> plan.Plan:
    """The plan, with a price for the kinds of home that only this council has."""
    said = plan.from_file(PLAN)
    nights = {**said.nights, "lodgings": ("supported",), "hub_family": ("own_foster",)}
    return replace(said, nights=nights)


def without_beds(said: plan.Plan) -> plan.Plan:
    return replace(said, hub=replace(said.hub, beds=(), places=(), comes=()))


def wall(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def main() -> int:
    found, said = fitted(), asked()
    people = found.population
    young = int(((people.age >= 12 * AGES[0]) & (people.age < 12 * (AGES[1] + 1))).sum())
    print(f"{young} young people aged 12 to 17, {len(people)} of all ages.")
    met = True
    for words, each in (("without beds", without_beds(said)), ("with beds", said)):

        def all_of_it(each: plan.Plan = each) -> costing.Costing:
            return council.of_fit(found, each, ages=AGES, replications=REPLICATIONS, seed=1)

        council.of_fit(found, each, ages=AGES, replications=10, seed=1)  # compiled once, and kept
        processor = time.process_time()
        seconds = wall(all_of_it)
        processor = time.process_time() - processor
        peer.verdict(f"a costing {words}, {REPLICATIONS:,} replications", seconds, BAR, "s")
        print(f"  of processor time {processor:.1f} s; {peer.peak():,.0f} MB at the most so far")
        met = met and seconds <= BAR
        both = council._both(found, each, AGES, REPLICATIONS, 1, None)
        today = costing.counted(council._stays(found.careers, AGES), each)
        money = peer.cpu(
            lambda both=both, today=today, each=each: costing.cost(*both[:2], today, each, seed=1),
            times=3,
        )
        print(f"  the money alone: {money:.2f} s of processor time")
    chance = np.random.default_rng(7)
    inputs = {str(each): chance.standard_normal(REPLICATIONS) for each in range(INPUTS)}
    net = sum(inputs.values()) + chance.standard_normal(REPLICATIONS)
    knowing = peer.cpu(lambda: worth.moved(net, inputs, 1))
    peer.verdict(f"what {INPUTS} inputs are worth knowing", knowing * 1000, 31, "ms")
    return 0 if met and knowing <= 0.031 else 1


if __name__ == "__main__":
    sys.exit(main())
