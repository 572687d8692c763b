"""One question answered whole: tables, a picture, limits, and the command that asks it."""

import argparse
import json
import tomllib
from dataclasses import replace
from datetime import date
from importlib import resources
from pathlib import Path

import polars as pl
import pytest

from onedoor.evidence import sizing, ssda903
from onedoor.evidence.command import ending, size
from onedoor.evidence.refusal import Refused
from onedoor.evidence.sizing import judged, observed, tabled
from onedoor.evidence.ssda903 import hubs
from tests.evidence.invented import child, episode, episodes, header

SETS = Path(__file__).parents[4] / "shared/data/ssda903"
DEMAND = sizing.Demand(9, 120, 36, 10)


@pytest.fixture(scope="module")
def found():
    question = sizing.Question(4, 2, DEMAND, sizing.Coming(1.2, 1.2), night_cost=640.0)
    return sizing.size(question, arrivals=100_000)


def rows_of(found, name):
    return list(found.table(name).rows.iter_rows(named=True))


def test_it_says_what_this_hub_turns_away_in_three_ways(found):
    formula, exact, simulated = rows_of(found, "this_hub")
    assert exact["planned"] == pytest.approx(0.22180, abs=0.000005)
    assert formula["planned"] == formula["crisis"] == formula["everybody"]
    # Batches make it worse than what is exact for arrivals one by one.
    assert simulated["everybody"] > exact["everybody"] + 3 * simulated["mcse"]
    assert simulated["a_year"] == pytest.approx(45 * simulated["everybody"], abs=0.1)


def test_what_was_simulated_has_no_more_digits_than_its_error_bears(found):
    row = rows_of(found, "this_hub")[-1]
    assert 0.001 < found.simulated.mcse_planned < 0.01
    for key, value in (
        ("planned", found.simulated.refuse_planned),
        ("crisis", found.simulated.refuse_crisis),
        ("everybody", found.simulated.refuse_all),
        ("occupancy", found.simulated.occupancy),
    ):
        assert row[key] == round(row[key], 3) == pytest.approx(value, abs=0.0005), key
    assert [tabled.bear(0.123456, error) for error in (0, 0.0009, 0.001, 0.03)] == [
        *(0.123456, 0.1235, 0.123, 0.12)
    ]


def test_it_shows_what_another_place_or_sharing_would_change_and_cost(found):
    hubs = {row["hub"]: row for row in rows_of(found, "other_hubs")}
    here = hubs["This hub"]
    assert hubs["One more residential place"]["planned"] < here["planned"]
    assert hubs["One more emergency place"]["crisis"] < here["crisis"]
    pooled = hubs["Two such hubs that pool their places"]
    assert (pooled["planned"], pooled["crisis"]) == pytest.approx((0.127, 0.017), abs=0.0005)
    assert pooled["occupancy"] > here["occupancy"]
    for row in hubs.values():
        assert row["free_cost"] == pytest.approx(640 * row["free_nights"])


def test_being_sure_and_bunches_both_need_more_places(found):
    places = [row["places"] for row in rows_of(found, "needed")]
    average, split, doubt, sure, bunched, bunched_and_sure = places
    assert average == split == 10
    assert "as 10+0 or 9+1" in rows_of(found, "needed")[1]["way"]
    assert average < doubt <= sure < bunched_and_sure
    assert average < bunched < bunched_and_sure
    assert found.answer == bunched_and_sure


def test_a_longer_record_makes_surer_with_fewer_places():
    asked = [sizing.Question(4, 2, DEMAND, months=months) for months in (12, 60)]
    short, long = (sizing.size(each, arrivals=20_000).answer for each in asked)
    assert 10 <= long < short


def test_it_carries_what_a_page_must_show_beside_it(found):
    assert found.n == 100_000
    assert 0 < found.mcse < 0.01
    assert any("floor" in sentence for sentence in found.limits)
    assert any("12 months" in sentence for sentence in found.limits)
    assert found.provenance.parameters["residential"] == 4
    again = sizing.size(found.question, arrivals=100_000)
    assert again.as_dict() == found.as_dict()
    other = sizing.size(found.question, arrivals=100_000, seed=2)
    assert other.provenance.run != found.provenance.run
    json.dumps(found.as_dict())


def test_the_picture_marks_this_hub_among_the_sizes(found):
    picture = found.picture()
    assert all(f">{places} places<" in picture for places in (4, 6, 12, 24))
    assert ">4+2<" in picture


def test_without_a_cost_of_a_night_no_cost_is_shown():
    bare = sizing.size(sizing.Question(4, 2, DEMAND), arrivals=20_000)
    assert bare.table("other_hubs").rows["free_cost"].null_count() == 5
    assert "£" not in sizing.written(bare)


def test_a_hub_too_large_to_solve_is_still_simulated():
    large = sizing.size(sizing.Question(40, 20, DEMAND.times(10)), arrivals=20_000)
    assert len(rows_of(large, "this_hub")) == 2
    assert any("too large" in sentence for sentence in large.limits)


def test_it_is_written_within_a_terminal(found):
    words = sizing.written(found, 90)
    assert "places, open to everybody" in words
    assert "What it cannot know" in words
    assert max(map(len, words.splitlines())) < 130


def test_everything_taken_for_granted_says_why():
    text = resources.files(sizing).joinpath("judgement.toml").read_text("utf-8")
    for name, each in tomllib.loads(text).items():
        assert len(each["why"]) > 30, name
    assert judged.sizes() == (4, 6, 12, 24)


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (lambda: sizing.Question(0, 0, DEMAND), "give places as 4\\+2"),
        (lambda: sizing.Question(4, 2, sizing.Demand(0, 0, 0, 0)), "Nobody comes"),
        (lambda: sizing.Question(4, 2, DEMAND, refusal=0), "No number of places"),
        (lambda: sizing.Question(4, 2, DEMAND, assurance=1), "Nobody can be wholly sure"),
        (lambda: sizing.Question(4, 2, DEMAND, night_cost=-1), "give pounds"),
        (lambda: sizing.Question(4, 2, DEMAND, months=0), "say how long it was"),
        (lambda: sizing.Question(4, 2, DEMAND, months=1), "9 planned stays a year are fewer than"),
        (lambda: sizing.Question(4, 2, sizing.Demand(0, 0, 0.5, 9)), "0.5 stays in a crisis a y"),
        (lambda: sizing.Question(4, 2, sizing.Demand(99_999, 99, 0, 0)), "no demand of a hub"),
        (lambda: sizing.Question(4, 2, DEMAND, refusal=1e-9), "cannot be told from none"),
        (lambda: sizing.Question(4, 2, DEMAND, assurance=1 - 1e-9), "told from certainty"),
        (lambda: sizing.size(sizing.Question(4, 2, DEMAND), arrivals=5), "too few"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_a_sentence(asked, why):
    with pytest.raises(Refused, match=why):
        asked()


# From returns: six short stays and two long ones in the council's own home, one still going on.
SHORT = [("01/05/2019", "06/05/2019"), ("10/06/2019", "20/06/2019"), ("01/08/2019", "09/08/2019")]
SHORT += [("01/09/2019", "05/09/2019"), ("01/10/2019", "11/10/2019"), ("01/11/2019", "08/11/2019")]
LONG = [("01/04/2019", "30/09/2019"), ("01/07/2019", "01/12/2019"), ("01/12/2019", "")]


@pytest.fixture(scope="module")
def reading():
    names = [f"N{index}" for index in range(9)]
    rows = [
        episode(start, end, who=name, place="K2")
        for name, (start, end) in zip(names, SHORT + LONG, strict=True)
    ]
    files = [
        ("h.csv", header(*(child(name) for name in names))),
        ("e.csv", episodes(*rows)),
    ]
    return ssda903.read_files(files)


def test_arrivals_ends_and_days_are_counted_from_the_returns(reading):
    seen = observed.seen(reading)
    planned, crisis = seen.records
    assert crisis is None
    assert (planned.arrivals, planned.days, planned.ended) == (9, 366, 8)
    # 5 + 10 + 8 + 4 + 10 + 7, then 182 and 153, and 122 days from 1 December to 31 March.
    assert planned.lived == 44 + 182 + 153 + 122
    assert seen.demand.days_planned == pytest.approx((44 + 182 + 153 + 122) / 8)
    assert "Council's own children's home" in seen.source


def test_short_stays_can_count_as_those_in_a_crisis(reading):
    planned, crisis = observed.seen(reading, crisis_days=14).records
    assert (crisis.arrivals, crisis.ended, crisis.lived) == (6, 6, 44)
    assert (planned.arrivals, planned.ended) == (3, 2)
    # The last fortnight is left out, as what began in it may yet turn out short.
    assert planned.days == 352
    # Of the one still going on only the days after the fourteenth, when it was sure to be long.
    assert planned.lived == 182 + 153 + (122 - 14 - 14)


def test_a_question_from_returns_carries_their_doubt(reading):
    seen = observed.seen(reading, crisis_days=14)
    question = sizing.Question(
        4, 2, seen.demand, seen.coming, records=seen.records, source=seen.source
    )
    loads = question.loads(seed=1)
    assert loads.std() / loads.mean() > 0.4
    answer = sizing.size(question, arrivals=20_000)
    assert answer.table("needed").rows["places"][0] < answer.answer


def test_with_the_lists_of_hubs_only_stays_in_a_hub_are_counted(reading):
    entry = {"name": "Elm House", "urn": "SC123456", "postcode": "", "beds": 0}
    lists = hubs.Hubs((hubs.Listed("hub", since=date(2018, 1, 1), until=None, **entry),))
    with pytest.raises(Refused, match="hub_home"):
        observed.seen(reading, lists=lists)
    rows = reading.episodes.with_columns(
        pl.when(pl.col("child").is_in(["N0", "N1"]))
        .then(pl.lit("SC123456"))
        .otherwise("URN")
        .alias("URN")
    )
    planned, _ = observed.seen(replace(reading, episodes=rows), lists=lists).records
    assert (planned.arrivals, planned.lived) == (2, 15)


def test_it_says_that_those_turned_away_before_are_not_counted(reading):
    seen = observed.seen(reading)
    question = sizing.Question(4, 2, seen.demand, seen.coming, records=seen.records)
    limits = sizing.size(question, arrivals=20_000).limits
    assert any("Only those who were let in" in sentence for sentence in limits)
    assert any("emergency places stand empty" in sentence for sentence in limits)


@pytest.mark.parametrize(
    ("kinds", "why"),
    [
        ({"planned": ("castle",), "crisis": ()}, "There is no kind of home castle"),
        ({"planned": ("secure",), "crisis": ()}, "name other kinds"),
        ({"ages": (4, 5)}, "Nobody aged 4 to 5 came"),
        ({"ages": (17, 12)}, "not a band of ages"),
        ({"crisis_days": -5}, "at most -5 days cannot be"),
    ],
)
def test_returns_that_do_not_answer_are_refused_in_a_sentence(reading, kinds, why):
    with pytest.raises(Refused, match=why):
        observed.seen(reading, **kinds)


def test_years_with_a_gap_between_them_are_refused():
    files = [("h.csv", header(child()))]
    files += [
        (f"{year}.csv", episodes(episode(f"01/05/{year}", f"01/06/{year}", place="K2")))
        for year in (2015, 2018)
    ]
    with pytest.raises(Refused, match="is missing between the others"):
        observed.seen(ssda903.read_files(files))


def test_it_answers_from_returns_that_nobody_on_this_project_wrote():
    if not (SETS / "five_years").exists():
        pytest.skip("The outside returns are not in ../shared/data here.")
    seen = observed.seen(ssda903.read(SETS / "five_years"), planned=("own_home", "external_home"))
    assert seen.records[0].arrivals > 30
    assert 1 <= seen.bunching.low <= seen.bunching.batch <= seen.bunching.high < 1.5


def asked(*words):
    parser = argparse.ArgumentParser()
    size.add(parser.add_subparsers())
    return parser.parse_args(["size", *words])


def test_the_command_answers_from_numbers(capsys, tmp_path):
    words = ["--places", "4+2", "--planned", "9x120", "--crisis", "36x10", "--batch", "1.2"]
    words += ["--target", "0.01", "--assurance", "0.9", "--night-cost", "640"]
    words += ["--pictures", str(tmp_path)]
    found = asked(*words)
    assert found.run(found) == ending.FINE
    said = capsys.readouterr().out
    assert said.startswith("So that at most 1.0% of those who need a place are turned away")
    assert "Solved exactly, two kinds of place            22.2%    5.5%" in said
    assert (tmp_path / "places.svg").read_text("utf-8").startswith("<svg")


def test_rows_not_read_make_the_command_end_with_1(capsys, tmp_path):
    (tmp_path / "header.csv").write_bytes(header(child("A")))
    rows = [episode("01/05/2019", "01/06/2019", who=name, place="K2") for name in "AZ"]
    (tmp_path / "episodes.csv").write_bytes(episodes(*rows))
    found = asked(str(tmp_path), "--places", "6")
    assert found.run(found) == ending.SOME_NOT_READ
    assert "Too few came to tell" in " ".join(capsys.readouterr().out.split())


def test_the_command_answers_from_returns_and_to_a_machine(capsys, tmp_path):
    (tmp_path / "header.csv").write_bytes(header(child("A"), child("B")))
    rows = [
        episode("01/05/2019", "01/06/2019", who=name, place="K2", provider="PR1") for name in "AB"
    ]
    (tmp_path / "episodes.csv").write_bytes(episodes(*rows))
    found = asked(str(tmp_path), "--places", "6", "--json")
    assert found.run(found) == ending.FINE
    said = json.loads(capsys.readouterr().out)
    assert said["question"]["demand"]["days_planned"] == 31
    assert said["tables"]["needed"]["rows"][0]["places"] >= 1


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ([], "Give either a folder of returns or the numbers"),
        (["nowhere", "--planned", "9x120"], "one of the two"),
        (["nowhere"], "nowhere is not there"),
        (["--planned", "9x120", "--pictures", "/proc/no/where"], "cannot be written"),
    ],
)
def test_what_the_command_cannot_do_it_says_in_a_sentence(words, why):
    found = asked("--places", "4+2", *words)
    with pytest.raises(Refused, match=why):
        found.run(found)


@pytest.mark.parametrize("words", [["--places", "four"], ["--places", "4", "--planned", "9"]])
def test_words_that_are_no_numbers_are_refused_as_they_are_read(words, capsys):
    with pytest.raises(SystemExit, match="2"):
        asked(*words)
    assert "write " in capsys.readouterr().err
