"""What kinds of council there are in how many young people start being looked after each year.

`python -m benchmarks.entry_prior` makes the numbers of `onedoor/evidence/model/entries.toml` from
the Department's published starts by council, 2021 to 2025 (`../shared/data/dfe_published`).

The share of each kind of council (how far the level wanders, how far a year stands alone) is the
nonparametric maximum-likelihood estimate of a mixing distribution, begun from equal shares and
stopped early (30 rounds) so that it stays smooth. The sd of the trend is tried beside; which one is
used is said in the file. Then each council's starts of a later year are forecast from its years
before: how many of the intervals hold it, with the calm councils of the file and without.
"""

import csv
import gzip
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np

from onedoor.evidence.model import entries

PUBLISHED = Path(__file__).parents[2] / "shared/data/dfe_published"
FILE = "looked_after_starts_ceases_stock_2021_2025.csv.gz"
GRID = (0.0, 0.02, 0.05, 0.1, 0.2, 0.3)
YEARS = ("2021", "2022", "2023", "2024", "2025")
ROUNDS = 30
FEWEST = 10


def starts() -> np.ndarray:
    """(councils, years) of starts, for councils with every year published and never below ten."""
    if not PUBLISHED.exists():
        sys.exit("The published figures are not in ../shared/data here.")
    found = defaultdict(dict)
    with gzip.open(PUBLISHED / FILE, "rt", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            if (
                row["geographic_level"] == "Local authority"
                and "starting" in row["population_count"]
            ):
                found[row["la_name"]][row["time_period"]] = row["rates_number"]
    whole = [
        [int(each[year]) for year in YEARS]
        for each in found.values()
        if all(each.get(year, "").isdigit() for year in YEARS)
    ]
    return np.array([each for each in whole if min(each) >= FEWEST])


def scores(yearly: np.ndarray, trend: float) -> np.ndarray:
    """(councils, kinds), log likelihoods."""
    wander, alone = (each.ravel() for each in np.meshgrid(GRID, GRID, indexing="ij"))
    found = []
    for kind in zip(wander, alone, strict=True):
        one = entries.Kinds(trend, np.array(kind[:1]), np.array(kind[1:]), np.ones(1))
        found.append([entries.score(each, one) for each in yearly])
    return np.array(found).T


def shares(found: np.ndarray) -> tuple[np.ndarray, float]:
    likely = np.exp(found - found.max(axis=1, keepdims=True))
    share = np.full(found.shape[1], 1 / found.shape[1])
    for _ in range(ROUNDS):
        each = likely * share
        share = (each / each.sum(axis=1, keepdims=True)).mean(axis=0)
    return share, float((np.log((likely * share).sum(axis=1)) + found.max(axis=1)).sum())


def main() -> None:
    yearly = starts()
    ratio = yearly.var(axis=1, ddof=1) / yearly.mean(axis=1)
    print(f"# {len(yearly)} councils; variance over mean of starts: median {np.median(ratio):.2f}")
    tried = {trend: shares(scores(yearly, trend)) for trend in (0.0, 0.01, 0.02, 0.03, 0.04, 0.05)}
    best = max(likelihood for _, likelihood in tried.values())
    for trend, (_, likelihood) in tried.items():
        print(f"# trend {trend}: {likelihood - best:+.2f}")
    trend = entries.kinds().trend
    print(f"trend = {trend}\nwander = {list(GRID)}\nalone = {list(GRID)}\nshare = [")
    for row in tried[trend][0].reshape(len(GRID), -1):
        print(f"  [{', '.join(f'{part:.3f}' for part in row)}],")
    print("]")
    wander, alone = (each.ravel() for each in np.meshgrid(GRID, GRID, indexing="ij"))
    rough = entries.Kinds(trend, wander, alone, tried[trend][0])
    for name, of in (
        ("as in the file", entries.kinds()),
        ("without calm ones", rough),
        ("own years alone", entries.kinds(own=True)),
    ):
        for past, ahead in ((3, 1), (3, 2), (4, 1)):
            held, error = foretold(yearly, of, past, ahead)
            print(f"# {name}, {past} years, {ahead} ahead: 80% holds {held[0]:.0%}, ", end="")
            print(f"95% {held[1]:.0%}, mean error {error:.1%}")


def foretold(
    yearly: np.ndarray, of: entries.Kinds, past: int, ahead: int
) -> tuple[np.ndarray, float]:
    """How many of the intervals of 80% and 95% hold a later year, and the mean absolute error."""
    by = np.random.default_rng(1)
    held, errors = [], []
    for row in yearly:
        futures = entries.levels(entries.believe(row[:past], of), 12 * ahead, 2000, by)
        counts = by.poisson(futures[:, -12:].sum(axis=1))
        low95, low80, high80, high95 = np.quantile(counts, [0.025, 0.1, 0.9, 0.975])
        truth = row[past + ahead - 1]
        held.append([low80 <= truth <= high80, low95 <= truth <= high95])
        errors.append(abs(counts.mean() / truth - 1))
    return np.mean(held, axis=0), float(np.mean(errors))


if __name__ == "__main__":
    main()
