"""How many will come: the level of arrivals in months to come, with trend and good and bad years.

Entries into care differ from year to year by more than chance alone would have it (over councils,
the variance of yearly starts is 3.5 times their mean in the median). The logarithm of a council's
yearly arrivals is taken as a level, a steady trend, a level that wanders from year to year, and
years that are good or bad on their own, beside the chance of a Poisson count. How much of each a
council has is learnt from its own years, leaning on what all councils showed; a trend is believed
only as far as the years behind it bear (`entries.toml`, made by `benchmarks.entry_prior`).
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]

FLAT = 100.0  # variance of the logarithm of the level before anything is seen: nothing is assumed


@dataclass(frozen=True, slots=True, eq=False)
class Kinds:
    """The kinds of council there are. `trend`: sd of the trend, per year. For each of K kinds:
    `wander`: sd of the yearly change of the level; `alone`: sd of a year on its own; `share`: how
    many councils are of this kind. All on the scale of the logarithm."""

    trend: float
    wander: Reals
    alone: Reals
    share: Reals


@cache
def kinds(own: bool = False) -> Kinds:
    """What all councils showed, with a share of calm ones beside them; with `own` nearly all are
    taken to be calm, so that a council's own years decide. Source: `entries.toml`."""
    text = resources.files(__package__).joinpath("entries.toml").read_text("utf-8")
    data = tomllib.loads(text)
    wander, alone = np.meshgrid(data["wander"], data["alone"], indexing="ij")
    share = np.asarray(data["share"], float).ravel()
    calm = data["calm_alone" if own else "calm"]
    share *= (1 - calm) / share.sum()
    share[0] += calm
    trend = data["trend_alone" if own else "trend"]
    return Kinds(trend, wander.ravel(), alone.ravel(), share)


def years(by_month: NDArray[Any]) -> NDArray[np.int64]:
    """(Y,), arrivals of each year of twelve months that ends with the last month, oldest first.
    Months before the first whole year are left out."""
    whole = len(by_month) // 12 * 12
    last = np.asarray(by_month[len(by_month) - whole :], np.int64)
    return np.asarray(last.reshape(-1, 12).sum(axis=1))


@dataclass(frozen=True, slots=True, eq=False)
class Belief:
    """What a council's years say. For each of K kinds: `share`, (K,); `mean`, (K, 2), and `root`,
    (K, 2, 2), of the level now (logarithm of arrivals a year) and of the trend a year: a pair is
    mean + root @ two standard normals."""

    kinds: Kinds
    share: Reals
    mean: Reals
    root: Reals

    @property
    def trend(self) -> float:
        """The mean trend, a year, on the scale of the logarithm."""
        return float(self.share @ self.mean[:, 1])


def believe(yearly: NDArray[Any], of: Kinds | None = None) -> Belief:
    """The belief after yearly arrivals (Y,), oldest first, the last year ending now."""
    of = kinds() if of is None else of
    found = [_of_kind(np.asarray(yearly, float), of, kind) for kind in range(len(of.share))]
    score = np.array([each[0] for each in found])
    share = of.share * np.exp(score - score.max())
    return Belief(
        of,
        share / share.sum(),
        np.stack([each[1] for each in found]),
        np.stack([np.linalg.cholesky(each[2]) for each in found]),
    )


def score(yearly: NDArray[Any], of: Kinds, kind: int = 0) -> float:
    """The logarithm of the likelihood of yearly arrivals in a council of this kind, but for a
    constant."""
    return _of_kind(np.asarray(yearly, float), of, kind)[0]


def _of_kind(yearly: Reals, of: Kinds, kind: int) -> tuple[float, Reals, Reals]:
    """(score, mean, covariance) of the level and the trend now."""
    seen = np.log(yearly + 0.5)
    ago = np.arange(len(seen), 0, -1) - 0.5
    # A level that wanders has wandered from where it was in a year to where it is now.
    noise = of.wander[kind] ** 2 * np.minimum.outer(ago, ago)
    noise = noise + np.diag(of.alone[kind] ** 2 + 1 / (yearly + 0.5))
    shows = np.stack([np.ones_like(ago), -ago])
    return _conditioned(seen, shows, np.diag([FLAT, of.trend**2]), noise)


def _conditioned(
    seen: Reals, shows: Reals, before: Reals, noise: Reals
) -> tuple[float, Reals, Reals]:
    """(log likelihood, mean, covariance) of the level and trend. The level's prior mean is that of
    what was seen, as it is flat."""
    centre = seen.mean() if len(seen) else 0.0
    whole = shows.T @ before @ shows + noise
    gain = np.linalg.solve(whole, shows.T @ before).T
    apart = seen - centre
    score = -0.5 * (np.linalg.slogdet(whole)[1] + apart @ np.linalg.solve(whole, apart))
    mean = np.array([centre, 0.0]) + gain @ apart
    return float(score), mean, before - gain @ shows.T @ before


def levels(belief: Belief, months: int, count: int, by: np.random.Generator) -> Reals:
    """(R, T), arrivals expected a month in `count` possible futures.

    Months of one future year share its good or bad luck; the level wanders on from month to month.
    """
    kind = by.choice(len(belief.share), count, p=belief.share)
    normal = by.standard_normal((count, 2))
    now = belief.mean[kind] + np.einsum("rij,rj->ri", belief.root[kind], normal)
    at = (np.arange(months) + 0.5) / 12
    steps = by.standard_normal((count, months)) / np.sqrt(12)
    # Wandering is as likely to halve as to double, so without this its mean would grow by itself.
    wander = belief.kinds.wander[kind][:, None]
    wander = np.cumsum(wander * steps - wander**2 / 24, axis=1)
    luck = by.standard_normal((count, months // 12 + 1))[:, np.arange(months) // 12]
    path = now[:, :1] + now[:, 1:] * at + wander + luck * belief.kinds.alone[kind][:, None]
    return np.asarray(np.exp(path) / 12)


def middle(belief: Belief, months: int) -> Reals:
    """(T,), arrivals expected a month, over all possible futures: the exact mean."""
    at = (np.arange(months) + 0.5) / 12
    variance = np.einsum("kij,klj->kil", belief.root, belief.root)
    path = belief.mean[:, :1] + belief.mean[:, 1:] * at
    spread = variance[:, :1, 0] + 2 * at * variance[:, 1:, 0] + at**2 * variance[:, 1:, 1]
    spread = spread + belief.kinds.alone[:, None] ** 2
    return np.asarray(belief.share @ np.exp(path + spread / 2)) / 12
