"""Some hundreds of the files that `benchmarks.hostile` runs ten thousand of."""

import random
from pathlib import Path

import pytest

from benchmarks import hostile
from onedoor.evidence import ssda903

SETS = Path(__file__).parents[3] / "shared/data/ssda903"
HUNDREDS = 3


@pytest.mark.parametrize("hundred", range(HUNDREDS))
def test_every_spoiled_file_is_read_or_refused_and_nothing_is_lost(hundred):
    became = {hostile.asked(files) for files in hostile.inputs(f"test {hundred}", 100)}
    assert became == {"read", "file refused", "whole reading refused"}


@pytest.mark.parametrize("make", hostile.WHOLE, ids=lambda make: make.__name__.strip("_"))
def test_each_kind_of_hostile_file_is_refused_beside_good_ones(make):
    for seed in range(3):
        rng = random.Random(f"{make.__name__} {seed}")
        good = [("h.csv", hostile.good_header(rng)), ("e.csv", hostile.good_episodes(rng))]
        assert hostile.asked([*good, ("x", make(rng))]) == "file refused"


def test_every_outside_file_is_read_or_refused_with_the_reason():
    if not SETS.exists():
        pytest.skip("The outside returns are not in ../shared/data here.")
    for folder in sorted(path for path in SETS.iterdir() if path.is_dir()):
        reading = ssda903.read(folder)
        assert len(reading.files) == sum(1 for path in folder.rglob("*") if path.is_file())
        assert {file.name.rpartition(".")[2] for file in reading.refused_files} <= {"xlsx"}
        assert all(each.what and each.mend for each in reading.each_line())
        refused = reading.lines.filter(kind="bad row").select("file", "line").n_unique()
        assert refused == sum(account.refused for account in reading.accounts)
    with pytest.raises(ssda903.Refused, match="CLA.xsd was not read: it is XML whose outermost"):
        ssda903.read(SETS / "CLA.xsd")
