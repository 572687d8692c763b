"""D1: read, clean, type and sort 137,857 rows of Episodes over five returns, every row told.

    python -m benchmarks.d1_read

Bar (data.md of the project's design): at most 0.5 s of processor time and 200 MB, with the whole
ledger. So that there is a ledger, the returns have faults at the rates of real ones. The peer, PyPI
cs-demand-model 0.5.1, stops at such faults and is given the same returns without them; it loads and
cleans Header and Episodes and says nothing of any row. Last, our time for all ten tables.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import peer
from onedoor.evidence import synth

ROWS = 137_857
CHILDREN = 11_680  # at any one time: the synthetic council that gives about so many rows
FIRST_YEAR = 2018
TABLES = ("header", "episodes")
PEER = ["cs-demand-model==0.5.1", "setuptools<81"]


def written(folder: Path) -> None:
    """Five yearly folders of an invented council: `clean` and `faulty` with Header and Episodes
    alone, and `whole` with every table."""
    council = synth.council(seed=1, children=CHILDREN, years=5, first_year=FIRST_YEAR)
    files = synth.returns(council)
    kept = [file for file in files if Path(file[0]).stem.endswith(TABLES)]
    for kind, each in (
        ("whole", files),
        ("clean", kept),
        ("faulty", synth.dirtied(kept, seed=1)),
    ):
        for name, data in each:
            year, table = Path(name).stem.split("_", 4)[-2:]
            where = folder / kind / year
            where.mkdir(parents=True, exist_ok=True)
            (where / f"{table}.csv").write_bytes(data)


# In a process that has loaded the reader and nothing else of this benchmark. Its most memory is
# asked of the kernel by process: the usual count would begin with what this one holds.
OURS = """
import json, re, sys, time
from onedoor.evidence import ssda903
begun = time.process_time()
reading = ssda903.read(sys.argv[1])
seconds = time.process_time() - begun
rows, unique, lines = reading.accounts[1].rows_in, reading.episodes.height, reading.lines.height
held = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) / 1024
print(json.dumps([seconds, held, rows, unique, lines]))
"""


def alone(folder: Path, times: int) -> tuple[float, float, int, int, int]:
    """Seconds (the least of so many new processes), MB (the most of any), rows of Episodes, unique
    episodes, lines of the ledger."""
    found = []
    for _ in range(times):
        asked = [sys.executable, "-c", OURS, str(folder)]
        said = subprocess.run(asked, capture_output=True, text=True, check=True)
        found.append(json.loads(said.stdout))
    return min(found)[0], max(each[1] for each in found), *found[0][2:]


def main() -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        written(folder)
        seconds, held, rows, unique, lines = alone(folder / "faulty", 5)
        print(f"{rows:,} rows of Episodes, {unique:,} unique, {lines:,} lines in the ledger")
        peer.verdict("read", seconds, 0.5, "s")
        peer.verdict("memory", held, 200, "MB")
        clean, held, *_ = alone(folder / "clean", 5)
        theirs = peer.ask("peers/demand_load.py", str(folder / "clean"), needs=PEER)
        print(f"without faults: {clean:.2f} s, {held:,.0f} MB")
        print(
            f"peer: {theirs['seconds']:.2f} s, {theirs['peak']:,.0f} MB, "
            f"{theirs['episodes']:,} episodes; ratio {theirs['seconds'] / clean:.1f}x"
        )
        seconds, held, rows, _, lines = alone(folder / "whole", 3)
        print(f"every table: {seconds:.2f} s, {held:,.0f} MB")


if __name__ == "__main__":
    main()
