"""Fit the causes of a council that takes up the model to what was published about it.

`python -m benchmarks.calibrate_synth` fits, lives 24 councils again that the fit never saw, with
their twins, and prints them beside the bands; `--write` keeps the fit in `synth/adopters.toml`;
`--again` only lives the councils again, with the causes that are kept. `--size` measures what
`mechanism.toml` needs to make a council of a given size.

Simulated moments: the squared distance from the targets, each in its own tolerance, and from where
a cause is believed to be. The same seeds throughout, so that a step is a cause and not luck.
"""

import argparse
import time
import tomllib
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np

from onedoor.evidence import synth
from onedoor.evidence.synth import causes, changes, living, people
from onedoor.evidence.synth.causes import Causes
from onedoor.evidence.synth.mechanism import mechanism

FOLDER = Path(synth.__file__).parent
SEEDS, CHILDREN, STEPS, FRESH = (1903, 1904), 2000, 5, range(5000, 5024)
ADOPTED = date(2020, 4, 1)  # month 36 of a council that begins in April 2017
BEFORE = (date(2018, 4, 1), date(2020, 3, 31))  # months 12 to 35
AFTER = (date(2022, 4, 1), date(2025, 3, 31))  # months 60 to 95


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for word in ("--write", "--again", "--size"):
        asked.add_argument(word, action="store_true")
    told = asked.parse_args()
    if told.size:
        return print([round(float(each), 3) for each in months_in_care()])
    targets = tomllib.loads((FOLDER / "targets.toml").read_text())
    if told.again:
        found = causes.of("adopts")
    else:
        begun = time.process_time()
        found = fitted(targets)
        print(f"Fitted in {time.process_time() - begun:.0f} s of processor time.")
    rows = lived_again(found, targets)
    if told.write:
        write(found, targets, rows)
    return None


def fitted(targets: dict[str, Any]) -> Causes:
    names = list(targets["start"])
    believed = np.log(np.array([targets["start"][name] for name in names]))
    sd = np.array([targets["believed"][name] for name in names])
    wanted = np.array([np.log1p(each["change"]) for each in targets["target"]])
    within = np.array([each["within"] / (1 + each["change"]) for each in targets["target"]])
    start = replace(causes.of("adopts"), **targets["start"])

    def missed(at: np.ndarray) -> np.ndarray:
        tried = replace(start, **dict(zip(names, np.exp(at), strict=True)))
        found = mean_changes(tried, SEEDS, CHILDREN)
        logs = np.array([np.log1p(found[each["measure"]]) for each in targets["target"]])
        return np.concatenate([(logs - wanted) / within, (at - believed) / sd])

    at = believed.copy()
    for step in range(STEPS):
        here = missed(at)
        slope = np.stack(
            [(missed(at + nudge) - here) / nudge.sum() for nudge in np.eye(len(at)) * 0.2], axis=1
        )
        move = np.linalg.lstsq(slope, -here, rcond=None)[0]
        print(f"step {step + 1}: distance {np.sum(here**2):.2f}")
        at = at + np.clip(move, -0.7, 0.7)
    return replace(start, **{n: round(float(v), 3) for n, v in zip(names, np.exp(at), strict=True)})


def mean_changes(what: Causes, seeds: Any, children: int) -> dict[str, float]:
    each = all_changes(what, seeds, children)
    return {name: float(np.mean(values)) for name, values in each.items()}


def all_changes(what: Causes, seeds: Any, children: int) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for seed in seeds:
        council = synth.council(seed, children=children, causes=what, adopted_on=ADOPTED)
        for name, value in changes.changes(council, BEFORE, AFTER).items():
            found.setdefault(name, []).append(value)
    return found


def lived_again(found: Causes, targets: dict[str, Any]) -> dict[str, dict[str, list[float]]]:
    """Print councils of the usual size that the fit never saw; give their mean, 5% and 95%."""
    each = {
        "adopts": found, "no model": causes.NOTHING, "fails": causes.of("fails"),
    }  # fmt: skip
    rows = {}
    for who, what in each.items():
        lived = all_changes(what, FRESH, 740)
        rows[who] = {
            name: [round(float(v), 3) for v in (np.mean(x), *np.quantile(x, [0.05, 0.95]))]
            for name, x in lived.items()
        }
    print(f"{len(FRESH)} councils of 740, months 60-95 against 12-35; mean [5-95%], in hundredths")
    for target in targets["target"]:
        name = target["measure"]
        shown = "   ".join(
            f"{who} {100 * m:+.0f} [{100 * lo:+.0f}, {100 * hi:+.0f}]"
            for who, (m, lo, hi) in ((who, rows[who][name]) for who in rows)
        )
        near = abs(rows["adopts"][name][0] - target["change"]) <= target["within"]
        word = "within" if near else "NOT WITHIN"
        print(
            f"{name:13} wanted {100 * target['change']:+.0f} +- {100 * target['within']:.0f}: "
            f"{shown}   {word}"
        )
    return rows


def write(found: Causes, targets: dict[str, Any], rows: dict[str, Any]) -> None:
    failing = causes.known()["fails"]
    lines = [
        "# What the model changes in a synthetic council: causes, as multipliers at full size.",
        "# [adopts] was written by `python -m benchmarks.calibrate_synth --write`; do not edit it.",
        "# Targets, tolerances and source ids are in targets.toml. Fitted to bands of claims, it",
        "# is no evidence that the model works.",
        "",
        "[adopts]",
        f"fitted_on = {datetime.now(UTC).date().isoformat()}",
        f"seeds = {list(SEEDS)}",
        f"children = {CHILDREN}",
        f'targets = "targets.toml, as of {targets["as_of"].isoformat()}"',
        'interview = "our judgement: no figure is published"',
        "[adopts.causes]",
        *(f"{name} = {value}" for name, value in asdict(found).items()),
        "# Lived again with seeds the fit never saw: mean, 5%, 95% of 24 councils.",
        "[adopts.lived_again]",
        *(f"{name} = {values}" for name, values in rows["adopts"].items()),
        "",
        "[fails]",
        f'says = "{failing["says"]}"',
        f'source = "{failing["source"]}"',
        "[fails.causes]",
        *(f"{name} = {value}" for name, value in failing["causes"].items()),
    ]
    (FOLDER / "adopters.toml").write_text("\n".join(lines) + "\n")


def months_in_care(seeds: Any = range(4), children: int = 4000) -> np.ndarray:
    """Mean months in care in each year since somebody came, for one who came straight in and the
    edge that goes with them, (18,)."""
    how, total = mechanism(), np.zeros(18)
    for seed in seeds:
        days = people.first_days(2018, 12)
        who = people.coming(seed, children, 0, 0, days, how)
        unchanged = causes.over_months(causes.NOTHING, len(days) - 1, None)
        lived = living.live(seed, who, days, unchanged, how, since=len(days))
        rows, end = lived.log.columns(), days[-1]
        left = np.where(rows["dec"] < 0, end, rows["dec"])
        for year in range(18):
            first = who.came[rows["who"]] + year * 365.25
            nights = np.minimum(left, first + 365.25) - np.maximum(rows["decom"], first)
            seen = first + 365.25 <= end
            came = ~who.edge & (who.came + (year + 1) * 365.25 <= end)
            total[year] += np.clip(nights, 0, None)[seen].sum() / people.MONTH / came.sum()
    return total / len(list(seeds))


if __name__ == "__main__":
    main()
