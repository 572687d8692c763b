"""D9: our rules on a return of 27,641 episodes beside last year's, against the sector's validator.

    python -m benchmarks.d9_checks

Bar (data.md of the project's design): at most 2 seconds and 300 MB, and a rule that fails stops the
run. The peer, PyPI csc-validator-be-903, runs all its rules (several hundred, ours about seventy),
loads its postcodes, and logs the rules that fail: seconds are shown as they are and for each rule.
"""

import multiprocessing
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import peer
from onedoor.evidence import checks, ssda903, synth

EPISODES = 27_641
YEAR = 2025
# The peer's rule sets by year; each holds rules that read a column which no table has.
RULESETS = ("lac2024_25", "lac2025_26", "lac2026_27")


def written(folder: Path) -> int:
    """Two returns of an invented council about the size of the bar's; how many episodes the
    second holds."""
    council = synth.council(seed=9, children=11_800, years=2, first_year=YEAR - 1)
    last = 0
    for name, data in synth.returns(council):
        year = next(year for year in (YEAR - 1, YEAR) if str(year) in name)
        where = folder / str(year) / Path(name).name
        where.parent.mkdir(exist_ok=True)
        where.write_bytes(data)
        if year == YEAR and "pisodes" in name:
            last = data.count(b"\n") - 1
    return last


def ours(folder: str) -> tuple[float, float, int, dict[str, int], int]:
    """Seconds, MB, rules asked, rows by the department's number, episodes; in a new process."""
    begun = time.process_time()
    reading = ssda903.read(folder)
    checked = checks.check(reading)
    seconds = time.process_time() - begun
    rows = checked.lines.filter(year=YEAR).group_by("dfe").len()
    found = {each["dfe"]: each["len"] for each in rows.to_dicts()}
    return seconds, peer.peak(), len(checked.asked[YEAR]), found, checked.of[YEAR]


def main() -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        size = written(folder)
        with multiprocessing.get_context("spawn").Pool(1) as alone:
            seconds, held, asked, found, kept = alone.apply(ours, (made,))
        print(f"{size:,} episodes in the return to {YEAR} ({kept:,} kept), beside the year before")
        peer.verdict("read and check", seconds, 2, "s")
        peer.verdict("memory", held, 300, "MB")
        print(f"rules asked: {asked}")
        for ruleset in RULESETS:
            said = peer.ask(
                "peers/validator.py",
                str(folder / str(YEAR)),
                str(folder / str(YEAR - 1)),
                ruleset,
                str(YEAR),
                "E10000023",
                needs=["csc-validator-be-903==0.1.17", "setuptools<81"],
            )
            rules = said["asked"] + len(said["failed"])
            print(
                f"peer {ruleset}: {said['cpu']:.1f} s, {said['peak']:,.0f} MB, {rules} rules; "
                f"failed and passed over in silence: {', '.join(said['failed']) or 'none'}"
            )
            print(
                f"  ratio of seconds {said['cpu'] / seconds:,.0f}x; for each rule "
                f"{said['cpu'] / rules / (seconds / asked):,.0f}x"
            )
            if ruleset == RULESETS[0]:
                _beside(found, said["found"])


def _beside(ours_found: dict[str, int], theirs: dict[str, int]) -> None:
    print("  rows found, ours beside the peer's, where either found any:")
    for dfe, rows in sorted(ours_found.items()):
        numbers = dfe.split(", ")
        print(f"    {dfe}: {rows:,} / {sum(theirs.get(number, 0) for number in numbers):,}")


if __name__ == "__main__":
    sys.exit(main())
