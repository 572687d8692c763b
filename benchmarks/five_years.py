"""The returns that cs-demand-model brings as its own sample, in the folders that it reads."""

import shutil
import sys
from pathlib import Path

SAMPLE = Path(__file__).resolve().parents[2] / "shared/data/ssda903/five_years"
FIRST, LAST = "2021-04-01", "2022-03-31"
PEER = ["cs-demand-model==0.5.1", "setuptools<81"]


def written(folder: Path) -> None:
    """Header and Episodes of each year in a folder of its own."""
    if not SAMPLE.exists():
        sys.exit("The outside returns are not in ../shared/data here.")
    for table in ("header", "episodes"):
        for path in sorted(SAMPLE.glob(f"*-{table}.csv")):
            year = folder / path.name.split("-")[0]
            year.mkdir(exist_ok=True)
            shutil.copyfile(path, year / f"{table}.csv")
