"""`onedoor baseline` as somebody types it."""

import json
import subprocess
import sys

import pytest

from onedoor import cli
from tests.evidence.invented import child, episode, episodes, header


@pytest.fixture
def folder(tmp_path):
    here = tmp_path / "returns"
    here.mkdir()
    (here / "header.csv").write_bytes(header(child()))
    (here / "episodes.csv").write_bytes(episodes(episode("01/05/2019", rec="E4A")))
    return here


def test_it_shows_the_council_and_ends_well(folder, capsys):
    assert cli.main(["baseline", str(folder)]) == 0
    said = capsys.readouterr()
    assert said.out.startswith(
        "The council as it is: young people aged 12 to 17, returns to 2020\n"
    )
    assert "Foster family, council's own         1  ████████████\n" in said.out
    assert "Repairs: 1\n  1 like episodes.csv line 2:" in said.out
    assert said.err == ""


def test_rows_not_read_make_it_end_with_1(folder, capsys):
    with (folder / "episodes.csv").open("ab") as file:
        file.write(episode("01/05/2019", who="BIRCH").encode() + b"\n")
    assert cli.main(["baseline", str(folder)]) == 1
    assert "Bad rows: 1\n" in capsys.readouterr().out


def test_files_not_read_make_it_end_with_1_and_are_named(folder, capsys):
    (folder / "book.xlsx").write_bytes(b"PK\x03\x04")
    assert cli.main(["baseline", str(folder)]) == 1
    assert "book.xlsx was not read: it is a workbook" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["nowhere"], "nowhere is not there."),
        (["{folder}", "--ages", "17-12"], "Ages 17 to 12 are not a band of ages from 0 to 25."),
        (["{folder}", "--repairs", "{folder}/no/x.csv"], "cannot be written"),
    ],
)
def test_what_it_refuses_it_says_in_a_sentence(folder, capsys, words, why):
    assert cli.main(["baseline", *(word.format(folder=folder) for word in words)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("onedoor: ")
    assert why in said.err


def test_ages_and_year_are_asked_for(folder, capsys):
    assert cli.main(["baseline", str(folder), "--ages", "16-17", "--year", "2022"]) == 0
    assert "aged 16 to 17, returns to 2022" in capsys.readouterr().out


@pytest.mark.parametrize("ages", ["twelve", "12-", "-3", "12-17-18"])
def test_ages_that_are_not_ages_are_refused(folder, capsys, ages):
    with pytest.raises(SystemExit, match="2"):
        cli.main(["baseline", str(folder), f"--ages={ages}"])
    assert "write ages as 12-17" in capsys.readouterr().err


def test_it_can_be_read_by_a_machine(folder, capsys):
    assert cli.main(["baseline", str(folder), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["years"] == [2020]
    assert said["lines"][0]["rule"] == "rec_on_open"


def test_the_whole_list_of_repairs_can_be_kept(folder, tmp_path):
    out = tmp_path / "repairs.csv"
    assert cli.main(["baseline", str(folder), "--repairs", str(out)]) == 0
    assert "rec_on_open" in out.read_text("utf-8-sig")


def test_a_file_cannot_speak_to_the_terminal(folder, capsys):
    with (folder / "episodes.csv").open("ab") as file:
        file.write(episode("01/06/2019", rne="\x1b[31mRED").encode() + b"\n")
    cli.main(["baseline", str(folder)])
    assert "\x1b" not in capsys.readouterr().out


def test_what_belongs_to_the_service_is_offered_where_it_is_installed():
    said = subprocess.run(
        [sys.executable, "-m", "onedoor.cli", "--help"], capture_output=True, text=True, check=True
    )
    assert "demo, record verify, manage" in " ".join(said.stdout.split())


def test_manage_reaches_the_service():
    said = subprocess.run(
        [sys.executable, "-m", "onedoor.cli", "manage", "version"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.startswith("5.")


def test_without_the_service_its_words_are_refused_in_a_sentence():
    # -S -I would lose polars too, so Django alone is hidden from this process.
    asked = (
        "import importlib.util as u, sys\n"
        "real = u.find_spec\n"
        "u.find_spec = lambda name, *more: None if name == 'django' else real(name, *more)\n"
        "from onedoor import cli\n"
        "sys.exit(cli.main(['record', 'verify']))\n"
    )
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True)
    assert (said.returncode, said.stderr) == (
        *(2,),
        "onedoor: That needs the service: install onedoor[service].\n",
    )
