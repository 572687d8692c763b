"""D7: real councils, forecast from what was published up to each year, held against what came.

    python -m benchmarks.d7_published [FOLDER]

FOLDER holds the Department for Education's tables (default: dfe_published in ../shared/data).
Every year that leaves something to hold against is an origin, and nothing later than it is used.
Errors of all looked after are means over council-years of |forecast - came| / came; those of the
homes are pooled: all errors over all young people who came. The bars are the errors of no change on
the same council-years, and an 80 % interval that holds 75 to 85 %. The two judgements in
`onedoor/evidence/trend/trend.toml` are moved at the end, to show how much hangs on them.
"""

import sys
from dataclasses import replace
from pathlib import Path

from benchmarks import peer
from onedoor.evidence import trend
from onedoor.evidence.trend import judged, record

TABLES = Path(__file__).resolve().parents[2] / "shared/data/dfe_published"
ASKED = [("looked_after", 1), ("looked_after", 3), ("homes", 1), ("homes", 3)]
NAMES = {"looked_after": "All looked after", "homes": "Homes"}
LEVEL = 0.8


def errors(found: trend.Record, measure: str) -> tuple[float, float]:
    """The error of the forecast and of no change, % , in the way the bar of the measure counts."""
    if measure == "homes":
        return 100 * found.pooled, 100 * found.pooled_no_change
    return 100 * found.error, 100 * found.error_no_change


def main() -> None:
    published = trend.read(sys.argv[1] if len(sys.argv) > 1 else TABLES)
    print(f"{len(published.councils)} councils, {published.years[0]} to {published.years[-1]}\n")
    for measure, years in ASKED:
        found = record.record(published, measure, years, LEVEL)
        ours, no_change = errors(found, measure)
        name = f"{NAMES[measure]}, {years} year{'s' * (years > 1)} ahead"
        print(f"{name}, {found.tested} council-years from {found.origins}")
        peer.verdict("  error", ours, no_change, "%")
        print(f"  ratio to no change: {ours / no_change:.3f}. {found.verdict}")
        peer.verdict("  interval holds", 100 * found.coverage, 75, "%", at_least=True)
        peer.verdict("  interval holds", 100 * found.coverage, 85, "%")
    moved(published)


def moved(published: trend.Tables) -> None:
    """The same table with each judgement moved: error, and what the interval holds."""
    print("\nOther judgements: error % / interval holds %, in the order above")
    for name, values in (("damping", (0.0, 0.3, 0.5, 0.7)), ("chance", (0.25, 0.5, 0.75, 1.0))):
        for value in values:
            by = replace(judged.usual(), **{name: value})
            cells = []
            for measure, years in ASKED:
                found = record.record(published, measure, years, LEVEL, by=by)
                ours, _ = errors(found, measure)
                cells.append(f"{ours:5.2f} / {100 * found.coverage:4.1f}")
            print(f"  {name} {value:4.2f}: " + "  ".join(cells))


if __name__ == "__main__":
    main()
