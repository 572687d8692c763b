"""Occurrence and exposure of 400 careers: ours, a direct count in Python, and R's msm.

    python -m benchmarks.rates

Ours is on exact days by age, time in the state and state. The direct count goes night by night (it
is the slow twin that the tests hold ours to, and gives the same figures). msm 1.7 with exact times
fits the same intensities: 1.06 s for 400 careers, where the prototype took 0.019 s (evidence.md of
the project's design; msm is not rerun). Bar: at least 20 times msm.
"""

import time
from datetime import date

import numpy as np
import polars as pl

from benchmarks import peer
from onedoor.evidence import ssda903, synth
from onedoor.evidence.model import careers, exposure, fit, states
from onedoor.evidence.model.grid import Grid
from onedoor.evidence.ssda903 import spells
from tests.evidence import slow_exposure

CAREERS = 400
MSM = 1.06  # seconds
FIRST, LAST = date(2017, 4, 1), date(2022, 3, 31)


def stays() -> pl.DataFrame:
    """The stays of 400 of an invented council's children."""
    council = synth.council(seed=1, children=350, years=5, first_year=2018)
    reading = ssda903.read_files(synth.returns(council, tables=("header", "episodes")))
    found = spells.stays(reading.episodes)
    some = found["child"].unique(maintain_order=True).head(CAREERS)
    return found.filter(pl.col("child").is_in(some.to_list()))


def main() -> None:
    found, chosen = stays(), states.states("all_care")

    def ours() -> exposure.Counts:
        seen = careers.of_stays(found, chosen, FIRST, LAST)
        return exposure.days(seen, Grid(seen.states, fit.AGES))

    counts = ours()
    named = found.with_columns(chosen.of("kind", "where").alias("state"))
    begun = time.process_time()
    rows = named.to_dicts()
    spent, moved, _, _ = slow_exposure.nights(
        rows, lambda row: row["state"], FIRST, LAST, fit.AGES, counts.grid.durations
    )
    direct = time.process_time() - begun
    nights = counts.exposure.sum() * exposure.DAYS_IN_A_MONTH
    print(f"{found['child'].n_unique()} careers, {nights:,.0f} nights, {counts.moves.sum()} moves")
    apart = abs(nights - sum(spent.values())) + abs(int(counts.moves.sum()) - sum(moved.values()))
    peer.verdict("nights and moves apart from the direct count", float(apart), 0.5, "")
    seconds = peer.cpu(ours, 7)
    print(f"ours {seconds:.4f} s; direct count {direct:.2f} s: ratio {direct / seconds:.0f}x")
    peer.verdict("ratio to msm (not rerun)", MSM / seconds, 20, "x", at_least=True)
    rates = counts.moves.sum(axis=-1) / np.maximum(counts.exposure, 1e-9)
    print(f"largest monthly rate of a cell with 50 months: {rates[counts.exposure > 50].max():.3f}")


if __name__ == "__main__":
    main()
