"""Who comes to a council's notice, and when: the same people whatever the council then does."""

from dataclasses import dataclass

import numpy as np

from onedoor.evidence.synth.chance import Reals, Whole
from onedoor.evidence.synth.mechanism import ADULT, Mechanism

MONTH = 30.4375

# Nobody looked after has been so for longer than eighteen years, so a council that has run this
# long has forgotten that it began empty.
BURN_IN = 216


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """N people in the order in which they come. Days are days since 1970; arrays are (N,).

    `month`: the month they come in; `edge`: they come to the edge of care and not straight in;
    `short`: here for weeks more likely than for years; `need`: nobody sees it.
    """

    month: Whole
    came: Whole
    born: Whole
    adult: Whole
    edge: np.ndarray[tuple[int], np.dtype[np.bool_]]
    short: np.ndarray[tuple[int], np.dtype[np.bool_]]
    male: np.ndarray[tuple[int], np.dtype[np.bool_]]
    need: Reals
    drawn: Reals

    def __len__(self) -> int:
        return len(self.month)


def first_days(first_year: int, months: int) -> Whole:
    """The first day of each month from the burn-in on, and of the month after the last."""
    april = np.datetime64(f"{first_year - 1}-04", "M") - BURN_IN
    every = april + np.arange(BURN_IN + months + 1)
    return every.astype("datetime64[D]").astype(np.int64)


def coming(
    seed: int, children: float, growth: float, swing: float, days: Whole, how: Mechanism
) -> People:
    """Everybody who comes in the months that begin on `days` (the last is the end).

    `children`: how many are to be looked after on the first day after the burn-in, on average.
    `growth`: more who come, a year. `swing`: sd of good and bad years in who comes, on the log.
    """
    rng = np.random.Generator(np.random.PCG64(seed))
    told = how.told["coming"]
    months = len(days) - 1
    level = (1 + growth) ** ((np.arange(months) - BURN_IN) / 12)
    years = rng.standard_normal(months // 12 + 1)
    uneven = np.exp(swing * years - swing**2 / 2)[np.arange(months) // 12]
    straight = rng.poisson(a_month(children, growth, how) * level * uneven)
    edge = rng.poisson(a_month(children, growth, how) * told["edge_for_each"] * level * uneven)
    month = np.repeat(np.tile(np.arange(months), 2), np.concatenate([straight, edge]))
    is_edge = np.arange(len(month)) >= straight.sum()
    order = np.argsort(month, kind="stable")
    month, is_edge = month[order], is_edge[order]
    n = len(month)
    came = days[month] + (rng.random(n) * np.diff(days)[month]).astype(np.int64)
    age = np.where(is_edge, _ages(rng, told, "edge", n), _ages(rng, told, "straight_in", n))
    born = came - np.floor(age * MONTH * 12).astype(np.int64)
    band = np.searchsorted(np.array(told["ages"][1:-1]), age, side="right")
    return People(
        month=month,
        came=came,
        born=born,
        adult=eighteenth(born),
        edge=is_edge,
        short=rng.random(n) < np.array(told["short"])[band],
        male=rng.random(n) < told["male"],
        need=rng.standard_normal(n) * told["need_sd"],
        drawn=rng.random((3, n)),
    )


def a_month(children: float, growth: float, how: Mechanism) -> float:
    """How many must come straight into care in the month of the first day."""
    months_in_care = np.array(how.told["size"]["months_in_care"])
    years_ago = np.arange(len(months_in_care)) + 0.5
    return float(children / (months_in_care * (1 + growth) ** -years_ago).sum())


def _ages(rng: np.random.Generator, told: dict[str, list[float]], who: str, n: int) -> Reals:
    """Ages in years, even within a band; nobody comes in the last days before 18."""
    edges, weights = np.array(told["ages"], dtype=float), np.array(told[who], dtype=float)
    band = rng.choice(len(weights), size=n, p=weights / weights.sum())
    return np.asarray(np.minimum(edges[band] + rng.random(n) * np.diff(edges)[band], 17.95))


def eighteenth(born: Whole) -> Whole:
    """The day of the 18th birthday; 1 March where 29 February does not exist."""
    day = born.astype("datetime64[D]")
    month = day.astype("datetime64[M]")
    into_month = day - month.astype("datetime64[D]")
    return np.asarray(((month + ADULT).astype("datetime64[D]") + into_month).astype(np.int64))
