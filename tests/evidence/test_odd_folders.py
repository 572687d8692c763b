"""Folders, names, years and terminals as they are found: nothing is lost, and nothing crashes."""

import io
import json
import os
import sys

import pytest

from onedoor import cli
from onedoor.evidence import ssda903
from tests.evidence.invented import child, episode, episodes, header


@pytest.fixture
def folder(tmp_path):
    here = tmp_path / "returns"
    here.mkdir()
    (here / "header.csv").write_bytes(header(child()))
    (here / "episodes.csv").write_bytes(episodes(episode("01/05/2019")))
    return here


def why(reading, name):
    return next(file.sentence for file in reading.refused_files if file.name == name)


def test_a_folder_that_cannot_be_opened_is_told_and_not_passed_over(folder, monkeypatch, capsys):
    (folder / "2021").mkdir()
    (folder / "2021" / "episodes.csv").write_bytes(episodes(episode("01/05/2020")))
    scandir = os.scandir

    def shut(path):
        # Whoever runs the tests may open every folder.
        if os.path.basename(path) == "2021":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", shut)
    assert cli.main(["read", str(folder)]) == 1
    said = capsys.readouterr().out
    assert "2021 was not read: it is a folder that cannot be opened; ask for the right" in said


def test_links_are_followed_to_files_and_told_where_they_lead_to_folders(folder, tmp_path):
    (tmp_path / "elsewhere.csv").write_bytes(episodes(episode("01/06/2018", "01/07/2018")))
    (folder / "more.csv").symlink_to(tmp_path / "elsewhere.csv")
    (folder / "round").symlink_to(folder)
    (folder / "lost.csv").symlink_to(tmp_path / "not-there.csv")
    (folder / "itself.csv").symlink_to(folder / "itself.csv")
    reading = ssda903.read(folder)
    assert [file.name for file in reading.files if file.outcome == "read"] == [
        "episodes.csv",
        "header.csv",
        "more.csv",
    ]
    assert "a link to a folder" in why(reading, "round")
    assert "a link to a file that is not there" in why(reading, "lost.csv")
    assert "not there" in why(reading, "itself.csv")


def test_what_is_no_file_is_told_and_never_waited_for(folder):
    os.mkfifo(folder / "pipe.csv")
    assert "no file with content" in why(ssda903.read(folder), "pipe.csv")
    with pytest.raises(ssda903.Refused, match="pipe.csv was not read"):
        ssda903.read(folder / "pipe.csv")


def test_hidden_files_and_folders_are_left_alone(folder):
    (folder / ".hidden.csv").write_bytes(b"x")
    (folder / ".kept").mkdir()
    (folder / ".kept" / "episodes.csv").write_bytes(episodes(episode("01/05/2018")))
    assert ssda903.read(folder).refused_files == ()
    assert ssda903.read(folder).episodes.height == 1


def test_a_hundred_files_are_one_return(folder):
    for number in range(50):
        row = episode("01/05/2019", who=f"B{number}")
        (folder / f"{number}.csv").write_bytes(episodes(row))
        (folder / f"{number}h.csv").write_bytes(header(child(f"B{number}")))
    assert ssda903.read(folder).returns[0].episodes.height == 51


def test_an_empty_folder_says_what_to_give(tmp_path, capsys):
    assert cli.main(["baseline", str(tmp_path)]) == 2
    assert "There is no file here at all: give the folder" in capsys.readouterr().err


def test_a_name_too_long_for_the_disk_is_refused(capsys):
    assert cli.main(["read", "n" * 5000]) == 2
    assert "cannot be opened: File name too long." in capsys.readouterr().err


@pytest.mark.parametrize("word", ["read", "check", "baseline"])
@pytest.mark.parametrize("year", ["-5", "0", "25", "1989", "2101", "99999999999"])
def test_a_year_that_is_none_of_a_return_is_refused(folder, capsys, word, year):
    assert cli.main([word, str(folder), "--year", year]) == 2
    assert f"{year} is no year of a return: give the March" in capsys.readouterr().err


def test_no_name_or_sentence_can_steer_a_terminal(folder, capsys):
    (folder / "red\x1b[31m\n\x9b.csv").write_bytes(header(child("BIRCH")))
    for words in (["read", str(folder)], ["read", str(folder), "--json"]):
        assert cli.main(words) == 0
        assert not set("\x1b\x9b") & set(capsys.readouterr().out)
    assert cli.main(["read", "/no\x1b[31m\nwhere"]) == 2
    said = capsys.readouterr().err
    assert "\x1b" not in said
    assert said.count("\n") == 1


def test_json_keeps_every_name_whole(folder, capsys):
    (folder / "Süd\x9b.csv").write_bytes(header(child("BIRCH")))
    cli.main(["read", str(folder), "--json"])
    said = capsys.readouterr().out
    assert "Süd" in said
    assert "Süd\x9b.csv" in [file["name"] for file in json.loads(said)["files"]]


@pytest.mark.parametrize("letters", ["ascii", "cp1252"])
def test_where_few_letters_can_be_written_figures_still_are(folder, monkeypatch, letters):
    (folder / "Süd\u0151.csv").write_bytes(header(child("BIRCH")))
    for words in (["baseline", str(folder)], ["read", str(folder), "--json"]):
        out = io.BytesIO()
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(out, encoding=letters))
        assert cli.main(words) == 0
        sys.stdout.flush()
        said = out.getvalue().decode(letters)
        assert "Foster family, council's own" in said or words[0] == "read"
    assert "Süd\u0151.csv" in [file["name"] for file in json.loads(said)["files"]]


@pytest.mark.parametrize("width", ["1", "40"])
def test_words_fit_a_narrow_terminal(folder, monkeypatch, capsys, width):
    monkeypatch.setenv("COLUMNS", width)
    assert cli.main(["read", str(folder)]) == 0
    words = [line for line in capsys.readouterr().out.splitlines() if line.startswith("  ")]
    assert all(len(line) <= max(int(width), 5) for line in words)
