"""Forecasts held against what came: the scoring and the sets that D5 and D6 share.

A set is so many invented councils of one generator with one growth of entries. Each shows five
yearly returns, to March 2022; what it held 12 or 36 months later is kept back and scored:
fostering, residential, supported, other, and the total.

Calm sets have entries that are nearly Poisson, as those had that the bars were set on. Restless
sets have good and bad years of the size that published starts show (their variance over their mean
is 3.7 in the middle council of 500 to 1,000; `RESTLESS` gives 4): what an interval is for.

Beside us in the same run: no change, and on calm sets cs-demand-model 0.5.1 from PyPI in an
environment of its own (its reference period is the last two years, its steps are 5 days, which is
its own option and moves its forecast by 0.1 %). The regional model is not on PyPI and is not rerun:
its figures are those measured once on another generator, and stand there for the order of size.

Seeds from 1001 are scored; nothing may be tuned on them. Seeds below 1000 are for trying things.
"""

import argparse
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks import peer, second_council
from benchmarks.second_council import CATEGORIES
from onedoor.evidence import ssda903, synth, trend
from onedoor.evidence.forecast import forecast

Reals = NDArray[np.float64]

PUBLISHED = Path(__file__).resolve().parents[2] / "shared/data/dfe_published"
SERIES = (*CATEGORIES, "total")
NOW = date(2022, 3, 31)
TRAINING = range(2018, 2023)
CHILDREN = 740
CALM, RESTLESS = 0.03, 0.13  # sd of the logarithm of a year's level of entries
LEVEL = 0.95
REPLICATIONS = 1000
DEMAND_MODEL = "cs-demand-model==0.5.1"

CATEGORY = {
    **dict.fromkeys(("own_foster", "agency_foster", "kinship", "hub_family"), "fostering"),
    **dict.fromkeys(("own_home", "external_home", "external_in", "external_out"), "residential"),
    **dict.fromkeys(("hub_home", "hub_emergency"), "residential"),
    **dict.fromkeys(("supported", "independent", "lodgings"), "supported"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What a forecaster says of C councils: (C, 5) in the order of `SERIES`. `seconds` of processor
    time for all; no `low` and `high` where it says nothing of how sure it is."""

    name: str
    point: Reals
    low: Reals | None = None
    high: Reals | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Score:
    """All in %, of the true figure.

    `bias`: mean over councils of (forecast - came) / came, total. `mape`: mean of its absolute
    value. `wape`: all absolute errors of the four categories over all young people who came.
    `covers`: how often the 95 % interval held the total, and `covers_all` all five series.
    `half_width`: half of the interval's width, total, mean. `interval`: the mean interval score of
    the total, (high - low) + 2 / 0.05 * (how far what came was outside), over what came: Gneiting
    and Raftery, Strictly proper scoring rules, JASA 102 (2007), equation 43. Lower is better.
    """

    bias: float
    mape: float
    wape: float
    covers: float | None = None
    covers_all: float | None = None
    half_width: float | None = None
    interval: float | None = None


def score(told: Told, came: Reals) -> Score:
    """`came`: (C, 5)."""
    wrong = told.point - came
    of_total = wrong[:, -1] / came[:, -1]
    plain = (
        100 * float(of_total.mean()),
        100 * float(np.abs(of_total).mean()),
        100 * float(np.abs(wrong[:, :-1]).sum() / came[:, :-1].sum()),
    )
    if told.low is None or told.high is None:
        return Score(*plain)
    inside = (told.low <= came) & (came <= told.high)
    below, above = np.maximum(told.low - came, 0), np.maximum(came - told.high, 0)
    winkler = (told.high - told.low + 2 / (1 - LEVEL) * (below + above)) / came
    return Score(
        *plain,
        100 * float(inside[:, -1].mean()),
        100 * float(inside.mean()),
        50 * float(((told.high - told.low) / came)[:, -1].mean()),
        100 * float(winkler[:, -1].mean()),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Set:
    """C councils written to `folder`, one folder in it for each. `now` and `came`: (C, 5)."""

    folder: Path
    now: Reals
    came: Reals


Make = Callable[[int, float, float, date, Path], tuple[dict[str, int], dict[str, int]]]


def of_second(seed: int, growth: float, restless: float, then: date, folder: Path) -> Any:
    """A council of the second generator, written; what it holds now and holds then."""
    made = second_council.council(
        seed, growth=growth, restless=restless, children=CHILDREN, last=then.year
    )
    made.write(folder, TRAINING)
    return made.on(NOW), made.on(then)


def of_synth(seed: int, growth: float, restless: float, then: date, folder: Path) -> Any:
    """A council of `onedoor.evidence.synth`, written; what it holds now and holds then."""
    years = then.year - TRAINING[0] + 1
    children = round(CHILDREN / (1 + growth) ** len(TRAINING))
    made = synth.council(seed, children, years, growth, first_year=TRAINING[0], swing=restless)
    for name, data in synth.returns(
        made, TRAINING[0], len(TRAINING), tables=("header", "episodes")
    ):
        inside = folder / next(part for part in name.split("_") if part.isdigit())
        inside.mkdir(parents=True, exist_ok=True)
        (inside / name).write_bytes(data)
    return tuple(_categories(synth.truth.stock(made, day)) for day in (NOW, then))


GENERATORS: dict[str, Make] = {"second council": of_second, "synth": of_synth}


def _categories(stock: dict[str, int]) -> dict[str, int]:
    counts = dict.fromkeys(CATEGORIES, 0)
    for home, number in stock.items():
        counts[CATEGORY.get(home, "other")] += number
    return counts | {"total": sum(counts.values())}


def made(
    make: Make, seeds: range, growth: float, restless: float, months: int, folder: Path
) -> Set:
    then = date(NOW.year + months // 12, 3, 31)
    held = [make(seed, growth, restless, then, folder / f"{seed}") for seed in seeds]
    now, came = (
        np.array([[each[key] for key in SERIES] for each in column], float)
        for column in zip(*held, strict=True)
    )
    return Set(folder, now, came)


def ours(tested: Set, months: int) -> Told:
    """`onedoor.evidence.forecast` as it is used, all ages: its mean and its 95 % interval."""
    found = []

    def work() -> None:
        for folder in sorted(tested.folder.iterdir()):
            found.append(one(folder, months))

    seconds = peer.cpu(work, times=1)
    point, low, high = (np.stack(each) for each in zip(*found, strict=True))
    return Told("One Door", point, low, high, seconds)


def one(folder: Path, months: int) -> tuple[Reals, Reals, Reals]:
    """(mean, low, high), each (5,), of one council's returns."""
    ahead = forecast(ssda903.read(folder), ages=(0, 17), months=months, replications=REPLICATIONS)
    last = ahead.people[:, -1].astype(float)
    kinds = [CATEGORY.get(state, "other") for state in ahead.states]
    every = [last[:, [kind == each for kind in kinds]].sum(axis=1) for each in CATEGORIES]
    paths = np.column_stack([*every, last.sum(axis=1)])
    low, high = np.quantile(paths, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
    return paths.mean(axis=0), low, high


def demand_model(tested: Set, months: int) -> Told:
    """cs-demand-model on the same returns, in an environment of its own."""
    days = (date(NOW.year + months // 12, 3, 31) - NOW).days
    first = date(NOW.year - 2, 4, 1)
    said = peer.ask(
        "peers/demand_model.py",
        *(str(tested.folder), first.isoformat(), NOW.isoformat(), str(days), "5"),
        needs=[DEMAND_MODEL],
    )
    rows = []
    for folder in sorted(tested.folder.iterdir()):
        numbers = said["councils"][folder.name]
        each = [numbers.get(category, 0.0) for category in CATEGORIES]
        rows.append([*each, sum(each)])
    return Told("cs-demand-model 0.5.1", np.array(rows), seconds=said["seconds"])


def real_width(months: int) -> float | None:
    """Within how many % real councils of 500 to 1,000 stayed 95 times in 100 of what they had so
    many months before, England's own change apart; None without the published tables."""
    if not PUBLISHED.exists():
        return None
    stock = trend.read(PUBLISHED).looked_after.numbers
    years = months // 12
    before, after = stock[:, :-years], stock[:, years:]
    with np.errstate(invalid="ignore"):
        change = np.log(after / before)
        change -= np.nanmedian(change, axis=0)
        seen = change[(before >= 500) & (before < 1000) & np.isfinite(change)]
    return 100 * float(np.quantile(np.abs(seen), LEVEL))


@dataclass(frozen=True, slots=True)
class Bars:
    """What must not be passed on a calm set, in %: the error of the total, of the categories (None:
    that of no change) and the interval score; and between what the coverage of
    all sets together must lie."""

    mape: float | None
    wape: float | None
    interval: float
    covers: tuple[float, float] = (90.0, 98.0)


@dataclass(frozen=True, slots=True)
class Asked:
    """One set of a benchmark: what it is made of, the regional model's figures, and its bars."""

    generator: str
    growth: float
    regional: Score
    bars: Bars


def run(asked: Asked, restless: float, seeds: range, months: int) -> Score:
    """Make one set, ask everybody, print the table and how it stands to the bars; our score."""
    calm = restless == CALM
    folder = Path(tempfile.mkdtemp(prefix="backtest"))
    try:
        make = GENERATORS[asked.generator]
        tested = made(make, seeds, asked.growth, restless, months, folder)
        told = [Told("no change", tested.now), ours(tested, months)]
        if calm:
            told.append(demand_model(tested, months))
    finally:
        shutil.rmtree(folder)
    print(
        f"\n{asked.generator}, {'calm' if calm else 'restless'}, entries {asked.growth:+.0%} a "
        f"year: {len(seeds)} councils of about {tested.now[:, -1].mean():.0f}, {months} months "
        f"(seeds {seeds[0]} to {seeds[-1]})"
    )
    print(f"{'':32}  bias  MAPE  WAPE  covers   all   +-  score  CPU s")
    scores = {each.name: score(each, tested.came) for each in told}
    for each in told:
        _row(each.name, scores[each.name], f"{each.seconds:.0f}" if each.seconds else "")
    if calm:
        _row("regional model, not rerun", asked.regional, "")
    if calm:
        _judge(scores["One Door"], scores["no change"], asked.bars)
    return scores["One Door"]


def _row(name: str, found: Score, seconds: str) -> None:
    sure = (found.covers, found.covers_all, found.half_width, found.interval)
    cells = ["-" if each is None else f"{each:.0f}" for each in sure]
    print(
        f"{name:32} {found.bias:+5.1f} {found.mape:5.1f} {found.wape:5.1f}  "
        f"{cells[0]:>6} {cells[1]:>5} {cells[2]:>4} {cells[3]:>6} {seconds:>6}"
    )


def _judge(found: Score, no_change: Score, bars: Bars) -> None:
    peer.verdict("  total, MAPE", found.mape, bars.mape or no_change.mape, "%")
    if bars.wape or bars.mape is None:
        peer.verdict("  categories, WAPE", found.wape, bars.wape or no_change.wape, "%")
    assert found.interval is not None
    peer.verdict("  interval score", found.interval, bars.interval, "%")


def _judge_coverage(found: list[Score], bars: Bars) -> None:
    """Over all sets together: of sixteen councils alone, one more or less is six in a hundred."""
    covers = float(np.mean([each.covers for each in found]))
    peer.verdict("  interval covers the total", covers, bars.covers[0], "%", at_least=True)
    peer.verdict("  interval covers the total", covers, bars.covers[1], "%")


def main(asked: tuple[Asked, ...], *, months: int, councils: int, seed: int) -> None:
    """Every set, calm and restless, of so many `councils` from the first `seed` on."""
    words = argparse.ArgumentParser()
    words.add_argument("--councils", type=int, default=councils)
    words.add_argument("--seed", type=int, default=seed)
    chosen = words.parse_args()
    seeds = range(chosen.seed, chosen.seed + chosen.councils)
    width = real_width(months)
    if width is not None:
        print(
            f"Real councils of 500 to 1,000, {months} months on: 95 in 100 within {width:.0f} % of "
            "what they had, England's change apart (2021 to 2025)."
        )
    for name, restless in (("calm", CALM), ("restless", RESTLESS)):
        found = [run(each, restless, seeds, months) for each in asked]
        print(f"\nAll {name} sets, {len(found) * len(seeds)} councils")
        _judge_coverage(found, asked[0].bars)
