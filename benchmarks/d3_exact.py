"""D3: five years, month by month, with the mean and the full covariance, of 10,000 episodes.

    python -m benchmarks.d3_exact

Bars (data.md of the project's design): at most 0.1 s of processor time, and a standard deviation
four years ahead within 2 % of that of 10,000 simulated paths of the same rates. Peers: the regional
model takes 0.57 s with a standard deviation three times too wide, cs-demand-model 13.7 s with none
at all (measured once elsewhere, not rerun).
"""

import tempfile
from pathlib import Path

import numpy as np

from benchmarks import peer, ten_thousand
from onedoor.evidence import ssda903
from onedoor.evidence.model import exact, fit, simulate
from onedoor.evidence.model.draws import Draws

MONTHS, PATHS, FOUR_YEARS = 60, 10_000, 47
GROUPS = (0, 144)
NAMES = ("stay", "to", "same", "arrivals", "level")


def main() -> None:
    with tempfile.TemporaryDirectory() as made:
        ten_thousand.written(Path(made))
        reading = ssda903.read(Path(made))
    found = fit.fit(reading)
    people, rates = found.population, found.mean(MONTHS)
    print(
        f"{reading.episodes.height:,} unique episodes, {len(people):,} there on the last day, "
        f"{len(found.grid.states)} states"
    )

    def work() -> exact.Moments:
        return exact.moments(rates, people, groups=GROUPS)

    seconds = peer.cpu(work)
    peer.verdict("mean and full covariance, 60 months", seconds, 0.1, "s")
    print(
        f"ratio to the regional model {0.57 / seconds:.0f}x, to cs-demand-model 13.7 s "
        f"{13.7 / seconds:.0f}x (their times not rerun)"
    )
    moments = work()
    many = Draws(found.grid, *(np.repeat(getattr(rates, name), 1000, axis=0) for name in NAMES))
    parts = [
        simulate.simulate(many, people, seed=1, groups=GROUPS, number=first)
        for first in range(0, PATHS, 1000)
    ]
    ran = simulate.together(parts)
    totals = ran.occupied[:, FOUR_YEARS].astype(float)
    for name, simulated, exactly in (
        ("all", totals.sum(axis=(1, 2)).std(), _sd(moments, FOUR_YEARS)),
        ("12 to 17", totals[:, 1].sum(axis=1).std(), moments.sd[FOUR_YEARS, 1]),
    ):
        away = 100 * abs(simulated / exactly - 1)
        print(f"sd four years ahead, {name}: exact {exactly:.2f}, simulated {simulated:.2f}")
        peer.verdict(f"apart, {name}", away, 2, "%")
    error = ran.mcse()[FOUR_YEARS]
    z = (ran.mean()[FOUR_YEARS] - moments.mean[FOUR_YEARS]) / np.where(error > 0, error, 1)
    print(f"means four years ahead: largest of {z.size} z {np.abs(z).max():.2f}")


def _sd(moments: exact.Moments, month: int) -> float:
    return float(np.sqrt(moments.covariance[month].sum()))


if __name__ == "__main__":
    main()
