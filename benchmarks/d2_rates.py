"""D2: load five returns of 10,000 episodes, and find rates, entrants and who is there.

    python -m benchmarks.d2_rates

Bar (data.md of the project's design): at most 0.06 s of processor time. Peers: cs-demand-model
0.5.1 from PyPI in the same run, on the same files; the regional model takes 0.35 s (measured once
elsewhere, not rerun). Ours reads with every repair told, and counts on exact days by age, time in
the state and state; theirs by day and age alone.
"""

import tempfile
from pathlib import Path

from benchmarks import five_years, peer, ten_thousand
from onedoor.evidence import ssda903
from onedoor.evidence.model import careers, exposure, fit
from onedoor.evidence.model.grid import Grid

FIRST, LAST = "2020-04-01", "2022-03-31"
REGIONAL = 0.35


def main() -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        ten_thousand.written(folder)
        reading = ssda903.read(folder)

        def rates() -> exposure.Counts:
            found = careers.careers(reading)
            return exposure.days(found, Grid(found.states, fit.AGES))

        read = peer.cpu(lambda: ssda903.read(folder), 7)
        counted = peer.cpu(rates, 7)
        there = peer.cpu(lambda: fit.fit(reading), 7)
        said = peer.ask("peers/demand_cohort.py", str(folder), FIRST, LAST, needs=five_years.PEER)
    counts = rates()
    print(
        f"{reading.episodes.height:,} unique episodes, {counts.moves.sum():,} moves in "
        f"{counts.exposure.sum():,.0f} months, {counts.arrivals.sum():,} entrants"
    )
    print(f"read {read:.3f} s; exact-day rates and entrants {counted:.3f} s")
    print(f"(careers, monthly rates, priors, entrants, trend and stock together {there:.3f} s)")
    whole = read + counted
    peer.verdict("load, rates, entrants and stock", whole, 0.06, "s")
    print(f"cs-demand-model {said['loaded']:.2f} s: ratio {said['loaded'] / whole:.0f}x; ", end="")
    print(f"regional model {REGIONAL} s (not rerun): {REGIONAL / whole:.0f}x")


if __name__ == "__main__":
    main()
