"""What the reader does with several returns together: which is believed, and who has gone."""

from datetime import date

from onedoor.evidence import ssda903
from onedoor.evidence.ssda903 import folder
from tests.evidence.invented import EPISODES, child, episode, episodes, header
from tests.evidence.test_reading_rules import ends, read, said


def years(*returns, children=("ASH",)):
    files = [("header.csv", header(*(child(name) for name in children)))]
    files += [(f"{index}.csv", episodes(*rows)) for index, rows in enumerate(returns)]
    return ssda903.read_files(files)


def test_the_later_return_wins_for_the_same_child_and_start():
    reading = years(
        [episode("01/05/2018")],
        [episode("01/05/2018", "01/07/2019", rec="X1"), episode("01/07/2019", rne="P")],
    )
    assert ends(reading) == [date(2019, 7, 1), None]
    assert reading.accounts[1].superseded == 1
    assert said(reading, "0.csv") == []


def test_a_child_open_in_one_return_and_absent_from_the_next_vanished():
    reading = years(
        [episode("01/05/2018"), episode("01/06/2018", who="BIRCH")],
        [episode("01/06/2018", who="BIRCH"), episode("01/08/2019", who="BIRCH", rne="P")],
        children=("ASH", "BIRCH"),
    )
    assert said(reading, "0.csv") == [(2, "vanished")]
    ash = reading.episodes.filter(child="ASH").row(0, named=True)
    assert (ash["dec"], ash["vanished"]) == (date(2019, 3, 31), True)
    assert reading.returns[0].episodes.filter(child="ASH")["dec"].to_list() == [None]


def test_a_child_who_comes_back_after_a_missing_return_has_a_gap():
    reading = years(
        [episode("01/05/2017")],
        [episode("01/05/2018", who="BIRCH")],
        [episode("01/05/2019")],
        children=("ASH", "BIRCH"),
    )
    assert ends(reading)[:2] == [date(2018, 3, 31), None]


def test_a_child_whose_next_return_still_has_the_episode_did_not_vanish():
    reading = years(
        [episode("01/05/2017")],
        [episode("01/05/2018", who="BIRCH"), episode("01/05/2018", "01/06/2018", who="CEDAR")],
        [
            episode("01/05/2017"),
            episode("01/05/2018", who="BIRCH"),
            episode("02/05/2019", who="CEDAR"),
        ],
        children=("ASH", "BIRCH", "CEDAR"),
    )
    assert not reading.episodes["vanished"].any()


def test_an_open_episode_that_the_next_return_leaves_out_is_named():
    reading = years(
        [episode("01/05/2018", "01/06/2018", rec="X1"), episode("01/06/2018", rne="P")],
        [episode("01/05/2018", "01/06/2018", rec="X1")],
    )
    assert reading.years == (2019,)
    reading = years(
        [episode("01/05/2018", "01/06/2018", rec="X1"), episode("01/06/2018", rne="P")],
        [episode("01/05/2018", "01/06/2018", rec="X1"), episode("01/05/2019", who="BIRCH")],
        children=("ASH", "BIRCH"),
    )
    assert said(reading, "0.csv") == [(3, "dropped")]


def test_continuing_to_nothing_is_named():
    reading = read(episode("01/05/2019", "01/07/2019", rec="X1"))
    assert said(reading) == [(2, "continues_to_nothing")]


def small_files():
    files = []
    for year in range(2010, 2016):
        rows = [episode(f"0{day}/05/{year}", f"0{day + 1}/05/{year}") for day in (1, 3)]
        files.append((f"{year}.csv", episodes(*rows)))
    files.insert(3, ("nothing.csv", episodes()))
    return files


def test_each_of_many_small_files_is_of_the_year_of_its_own_last_start():
    reading = ssda903.read_files([("h.csv", header(child())), *small_files()])
    assert reading.years == tuple(range(2011, 2017))
    assert [each.episodes["file"].unique().to_list() for each in reading.returns] == [
        [f"{year}.csv"] for year in range(2010, 2016)
    ]


def test_small_files_are_read_alike_beside_one_that_is_too_large_to_join_them():
    others = [f"F{number:05}" for number in range(folder.TOGETHER)]
    people = header(child(), *(child(name) for name in others))
    large = ("large.csv", episodes(*(episode("01/05/2020", who=name) for name in others)))
    beside = ssda903.read_files([("h.csv", people), large, *small_files()])
    apart = ssda903.read_files([("h.csv", header(child())), *small_files()])
    assert beside.episodes.filter(child="ASH").equals(apart.episodes)
    assert beside.lines.equals(apart.lines)
    assert beside.accounts[1].kept == apart.accounts[1].kept + folder.TOGETHER


def test_rows_after_the_return_they_were_read_with_are_told():
    # A few rows of the return to 2024 in a file of their own, none of which began in its year.
    reading = ssda903.read_files(
        [
            ("h.csv", header(child(), child("BIRCH"))),
            ("e.csv", episodes(episode("01/05/2023"))),
            ("more.csv", episodes(episode("01/05/2020", "01/06/2023", who="BIRCH"))),
        ]
    )
    assert reading.years == (2021, 2024)
    assert reading.notices[0].startswith("more.csv: 1 row is of days after 31 March 2021, the end")


def test_one_file_of_missing_episodes_for_two_returns_is_told():
    missing = (
        b"CHILD,DOB,MISSING,MIS_START,MIS_END\n"
        b"ASH,14/05/2005,M,01/06/2018,\nASH,14/05/2005,M,02/06/2018,\nASH,14/05/2005,M,01/06/2019,\n"
    )
    reading = ssda903.read_files(
        [
            ("h.csv", header(child())),
            ("2019.csv", episodes(episode("01/05/2018"))),
            ("2020.csv", episodes(episode("01/05/2018"), episode("01/05/2019", rne="P"))),
            ("missing.csv", missing),
        ]
    )
    assert reading.tables["missing"]["year"].to_list() == [2019, 2019, 2019]
    assert any(
        "missing.csv: 1 row is of days after 31 March 2019" in each for each in reading.notices
    )


def test_nobody_vanishes_before_they_came():
    # An open row that starts after its own return, of somebody who is not in the next one.
    columns = f"{EPISODES},YEAR"
    first = "\n".join([columns, episode("01/05/2020") + ",2020", ""]).encode()
    second = "\n".join([columns, episode("01/05/2019", who="BIRCH") + ",2021", ""]).encode()
    people = header(child(), child("BIRCH"))
    reading = ssda903.read_files([("h.csv", people), ("1.csv", first), ("2.csv", second)])
    [gone] = reading.episodes.filter("vanished").iter_rows(named=True)
    assert (gone["child"], gone["decom"], gone["dec"]) == ("ASH", *[date(2020, 5, 1)] * 2)
