"""How long it takes to invent a council, of the size of one council and of the largest benchmark.

`python -m benchmarks.synth`. There is no peer: the sector's own generator (csc-data-synthesizer)
makes people one by one who die out. The bars are our own design's.
"""

from benchmarks import peer
from onedoor.evidence import synth

# D1 of the design: 100,865 unique episodes over five yearly returns.
LARGE = 13_000


def main() -> None:
    one = peer.cpu(lambda: synth.council(1, children=740, years=5), 3)
    peer.verdict("740 children, 5 years and 18 before them", one, 1.0, "s")
    council = synth.council(1, children=LARGE, years=5)
    many = peer.cpu(lambda: synth.council(1, children=LARGE, years=5), 1)
    peer.verdict(f"{LARGE:,} children, as long", many, 10.0, "s")
    tables = ("header", "episodes")
    files = synth.returns(council, tables=tables)
    rows = sum(data.count(b"\n") - 1 for name, data in files if "episodes" in name)
    print(f"{council.episodes.height:,} unique episodes in {rows:,} rows of five returns")
    written = peer.cpu(lambda: synth.returns(council, tables=tables), 3)
    peer.verdict("their Header and Episodes written", written, 1.0, "s")
    print(f"{peer.peak():.0f} MB at the most")


if __name__ == "__main__":
    main()
