"""`onedoor synth` writes an invented council's returns, and says what is true of it."""

import json
from datetime import date

import pytest

from onedoor import cli
from onedoor.evidence import ssda903
from onedoor.evidence.baseline import baseline


def ask(capsys, *words):
    code = cli.main(["synth", *map(str, words)])
    said = capsys.readouterr()
    return code, said.out, said.err


def small(folder, *words):
    return [folder, "--children", 100, "--years", 2, "--first-year", 2024, *words]


def test_what_is_written_reads_back_as_the_truth_beside_it(tmp_path, capsys):
    code, out, _ = ask(capsys, *small(tmp_path / "out", "--json"))
    assert code == 0
    said = json.loads(out)
    assert said == json.loads((tmp_path / "out/truth.json").read_text())
    rows = baseline(ssda903.read(tmp_path / "out/returns"), ages=(0, 17))
    looked_after = rows.table("looked_after").rows
    for year in said["truth"]:
        on = looked_after.filter(on=date(year["year"], 3, 31))
        assert on["of_all"][0] == year["looked_after"]
    assert "nobody in these files" in (tmp_path / "out/README.txt").read_text()


def test_it_says_how_many_and_that_nobody_is_real(tmp_path, capsys):
    code, out, _ = ask(capsys, *small(tmp_path))
    assert code == 0
    assert out.startswith("Invented young people: nobody in these files is or was anybody.")
    assert "2025" in out
    assert "12 files of returns are in" in out


def test_a_folder_with_files_in_it_is_left_alone_unless_told(tmp_path, capsys):
    (tmp_path / "mine.txt").write_text("mine")
    code, _, err = ask(capsys, *small(tmp_path))
    assert code == 2
    assert "holds files already" in err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    assert ask(capsys, *small(tmp_path, "--over"))[0] == 0
    assert (tmp_path / "mine.txt").read_text() == "mine"


@pytest.mark.parametrize("adopts", ["2024", "fails"])
def test_the_true_causes_are_written_beside(tmp_path, capsys, adopts):
    _, out, _ = ask(capsys, *small(tmp_path, "--adopts", adopts, "--json"))
    said = json.loads(out)
    assert said["adopted_on"] == "2024-04-01"
    assert (said["causes"]["missing"] < 1) == (adopts == "2024")


def test_a_dirty_council_needs_the_ledger(tmp_path, capsys):
    ask(capsys, tmp_path, "--children", 300, "--years", 3, "--dirty")
    assert ssda903.read(tmp_path / "returns").counts_by_rule()


def test_what_cannot_be_invented_is_refused_and_nothing_written(tmp_path, capsys):
    code, _, err = ask(capsys, tmp_path / "out", "--adopts", 2099)
    assert code == 2
    assert "first of a month inside the council's years" in err
    assert not (tmp_path / "out").exists()
    with pytest.raises(SystemExit):
        ask(capsys, tmp_path, "--adopts", "soon")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--adopts", "0000"), "say a year, never or fails, not '0000'"),
        (("--seed", "-1"), "The seed is -1"),
    ],
)
def test_a_year_or_a_seed_that_cannot_be_is_refused_in_a_sentence(tmp_path, capsys, words, why):
    try:
        code, _, err = ask(capsys, *small(tmp_path / "out", *words))
    except SystemExit as ended:
        code, err = ended.code, capsys.readouterr().err
    assert (code, (tmp_path / "out").exists()) == (2, False)
    assert why in err
