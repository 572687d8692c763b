"""An invented council of about 10,000 unique episodes over five returns, for D2 and D3."""

from pathlib import Path

from onedoor.evidence import synth

CHILDREN = 1300  # at any one time: the synthetic council that gives about so many episodes
FIRST_YEAR = 2018


def written(folder: Path) -> None:
    """Header and Episodes of five returns, in a folder for each year, as the peers want them."""
    council = synth.council(seed=1, children=CHILDREN, years=5, first_year=FIRST_YEAR)
    for name, data in synth.returns(council, tables=("header", "episodes")):
        year, table = Path(name).stem.split("_", 4)[-2:]
        where = folder / year
        where.mkdir(parents=True, exist_ok=True)
        (where / f"{table}.csv").write_bytes(data)
