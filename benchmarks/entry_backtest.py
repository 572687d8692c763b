"""How many start being looked after, forecast for real councils and held against what came.

    python -m benchmarks.entry_backtest

The part of our forecast that invented councils cannot judge: how restless entries are. For each
year that leaves something to hold against, the kinds of council are learnt anew from the published
starts up to it (as `benchmarks.entry_prior` does), and each council's next years are forecast from
its own. Beside it no change, and a model for calm worlds: a Poisson count on a steady trend, whose
intervals are as narrow as the interval scores of D5 and D6 ask for. Bar: the 95 % interval covers
90 to 98 %.
"""

import numpy as np

from benchmarks import backtest, entry_prior, peer
from onedoor.evidence.model import entries

PATHS = 1000
CALM_TREND = 0.05
# (years known, which of the five is forecast)
ASKED = ((3, 3), (4, 4), (3, 4))


def learnt(yearly: np.ndarray, trend: float) -> entries.Kinds:
    share, _ = entry_prior.shares(entry_prior.scores(yearly, trend))
    wander, alone = np.meshgrid(entry_prior.GRID, entry_prior.GRID, indexing="ij")
    return entries.Kinds(trend, wander.ravel(), alone.ravel(), share)


def calm() -> entries.Kinds:
    return entries.Kinds(CALM_TREND, np.zeros(1), np.zeros(1), np.ones(1))


def paths(known: np.ndarray, of: entries.Kinds, ahead: int, by: np.random.Generator) -> np.ndarray:
    """(R,), possible starts of a year so many `ahead`."""
    level = entries.levels(entries.believe(known, of), 12 * ahead, PATHS, by)
    return by.poisson(level[:, -12:].sum(axis=1))


def told(name: str, yearly: np.ndarray, of: entries.Kinds, known: int, year: int) -> backtest.Told:
    by = np.random.default_rng(1)
    drawn = np.stack([paths(row[:known], of, year - known + 1, by) for row in yearly])
    low, high = np.quantile(drawn, [0.025, 0.975], axis=1)
    return backtest.Told(name, *(twice(each) for each in (np.median(drawn, axis=1), low, high)))


def twice(values: np.ndarray) -> np.ndarray:
    """(C, 2): starts are their own only category, and their own total."""
    return np.column_stack([values, values]).astype(float)


def main() -> None:
    yearly = entry_prior.starts()
    trend = entries.kinds().trend
    for known, year in ASKED:
        came = twice(yearly[:, year])
        ours = told("One Door", yearly, learnt(yearly[:, :known], trend), known, year)
        rest = told("Poisson and a trend", yearly, calm(), known, year)
        print(
            f"\n{len(yearly)} councils, starts of {entry_prior.YEARS[year]} from the years to "
            f"{entry_prior.YEARS[known - 1]}"
        )
        still = 100 * float(np.abs(yearly[:, known - 1] / came[:, 0] - 1).mean())
        print(f"no change             MAPE {still:5.1f}")
        for each in (ours, rest):
            found = backtest.score(each, came)
            print(
                f"{each.name:21} MAPE {found.mape:5.1f}  bias {found.bias:+5.1f}  "
                f"covers {found.covers:3.0f}  score {found.interval:4.0f}"
            )
        covers = backtest.score(ours, came).covers
        assert covers is not None
        peer.verdict("  One Door's interval covers", covers, 90, "%", at_least=True)
        peer.verdict("  One Door's interval covers", covers, 98, "%")


if __name__ == "__main__":
    main()
