"""What may come, from returns to tables and as somebody types it."""

import json
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import polars as pl
import pytest

from onedoor import cli
from onedoor.evidence import forecast, ssda903
from onedoor.evidence.forecast import quantiles, written
from onedoor.evidence.model import exact, fit
from onedoor.evidence.refusal import Refused
from tests.evidence.invented import child, episode, episodes, header


def files(count=120, seed=3):
    """Three years of an invented council with arrivals, moves and leaving at all ages."""
    by = np.random.default_rng(seed)
    heads, rows = [], []
    for number in range(count):
        who = f"N{number:03}"
        born, start = by.integers(2003, 2016), by.integers(2016, 2022)
        start = max(start, born + 1)
        heads.append(child(who, f"{by.integers(1, 28):02}/{by.integers(1, 13):02}/{born}"))
        day = f"{by.integers(1, 28):02}/{by.integers(1, 7):02}"
        place, provider = [("U4", "PR1"), ("U4", "PR4"), ("K2", "PR4")][by.integers(3)]
        stays = by.random() < 0.5
        rows.append(
            episode(
                f"{day}/{start}",
                "" if stays else f"{by.integers(1, 28):02}/11/{start + by.integers(1, 3)}",
                who=who,
                place=place,
                provider=provider,
            )
        )
    last = episode("01/03/2022", who="LAST")
    return [
        ("header.csv", header(*heads, child("LAST", "01/02/2008"))),
        ("episodes.csv", episodes(*rows, last)),
    ]


@pytest.fixture(scope="module")
def reading():
    return ssda903.read_files(files())


@pytest.fixture(scope="module")
def ahead(reading):
    return forecast.forecast(reading, months=24, replications=300, seed=5)


def test_the_same_seed_gives_the_same_figures_and_another_gives_others(reading, ahead):
    again = forecast.forecast(reading, months=24, replications=300, seed=5)
    assert again.as_dict() == ahead.as_dict()
    assert np.array_equal(again.people, ahead.people)
    other = forecast.forecast(reading, months=24, replications=300, seed=6)
    assert not np.array_equal(other.people, ahead.people)
    assert other.provenance.run != ahead.provenance.run


def test_it_begins_with_those_who_are_there(reading, ahead):
    on = pl.date(2022, 3, 31)
    age = (on - pl.col("dob")).dt.total_days() / 365.25
    there = reading.episodes.filter(pl.col("dec").is_null() | (pl.col("dec") > on))
    assert ahead.now.sum() == there.filter(age.is_between(12, 18, closed="left")).height
    first = ahead.table("in_all").rows["mean"][0]
    assert first == pytest.approx(ahead.now.sum(), abs=4)


def test_the_tables_count_what_the_replications_hold(ahead):
    totals = ahead.people.sum(axis=2)
    row = ahead.table("in_all").rows.row(11, named=True)
    assert (row["month"], str(row["on"])) == (12, "2023-03-31")
    assert row["mean"] == pytest.approx(totals[:, 11].mean(), abs=0.5)
    assert row["q05"] == np.sort(totals[:, 11])[14]
    assert row["q95"] == np.sort(totals[:, 11])[284]
    homes = ahead.table("by_home").rows.filter(month=12)
    assert homes["state"].to_list() == list(ahead.states)
    assert homes["mean"].sum() == pytest.approx(row["mean"], abs=0.5)
    family = ahead.table("in_a_family").rows
    assert family["mean"].is_between(0, 1).all()
    assert family.height == 2


def test_the_mean_of_the_replications_is_near_the_exact_mean_of_the_fit(ahead):
    exactly = exact.expected(ahead.fit.mean(24), ahead.fit.population).sum(axis=1)
    simulated = ahead.simulation.people().sum(axis=2).mean(axis=0)
    assert np.allclose(simulated, exactly, rtol=0.06)


def test_places_that_are_people_suffice_together(ahead):
    rows = ahead.table("places").rows
    at = ahead.states.index("own_foster")
    most = ahead.people[:, :12].max(axis=1)
    first = rows.filter(pl.col("until") == rows["until"].min())
    assert first["state"].to_list() == ["own_foster"]
    assert first["places"].item() == np.quantile(most[:, at], 0.9, method="inverted_cdf")
    assert (rows["suffice"] >= 0.9).all()


def test_its_pictures_open_from_what_was_counted(ahead):
    fan = ElementTree.fromstring(ahead.picture("in_all"))
    words = [part.text for part in fan.iter("{http://www.w3.org/2000/svg}text")]
    assert f"{ahead.last:%b %Y}" in words
    assert any(word and word.endswith("middle") for word in words)
    bars = ahead.picture("by_home")
    assert f"Counted, {ahead.last:%b %Y}" in bars
    assert "Residential school" not in bars  # nobody is there, and hardly anybody is expected


def test_a_number_has_no_more_digits_than_its_error_bears():
    assert quantiles.bear(123.456, 0.03, 2) == 123.46
    assert quantiles.bear(123.456, 0.3, 2) == 123.5
    assert quantiles.bear(123.456, 1.9, 2) == 123
    assert quantiles.bear(123.456, 30, 2) == 120
    assert quantiles.bear(123.456, 0.0001, 2) == 123.46
    assert quantiles.bear(7, 0, 2) == 7


def test_month_ends_are_the_last_days_of_months():
    ends = quantiles.month_ends(ssda903.dates.last_day(2023), 12)
    assert [str(day) for day in ends[:2]] == ["2023-04-30", "2023-05-31"]
    assert str(ends[10]) == "2024-02-29"
    assert str(ends[-1]) == "2024-03-31"


def test_draws_do_not_depend_on_how_they_are_cut(reading):
    found = fit.fit(reading)
    whole = found.draws(6, 1200, 3)
    assert np.array_equal(found.draws(6, 200, 3, 1000).to, whole.to[1000:])
    assert np.array_equal(found.draws(6, 1000, 3).level, whole.level[:1000])


def test_leaning_on_its_own_years_alone_is_narrower_and_said(reading, ahead):
    own = forecast.forecast(reading, months=24, replications=300, seed=5, own_years=True)
    assert own.people[:, -1].sum(axis=1).std() < ahead.people[:, -1].sum(axis=1).std()
    assert any("too narrow" in sentence for sentence in own.limits)
    assert not any("too narrow" in sentence for sentence in ahead.limits)


def test_with_its_authority_homes_of_unknown_place_are_said_to_be_so(reading):
    found = forecast.forecast(reading, months=2, replications=20, authority="North Yorkshire")
    assert "external_home" in found.states
    assert found.provenance.parameters["authority"] == "North Yorkshire"
    with pytest.raises(Refused):
        forecast.forecast(reading, authority="Atlantis")


@pytest.mark.parametrize(
    ("trend", "said"),
    [
        (0.0, "neither up nor down"),
        (-0.0004, "neither up nor down"),
        (0.0953102, "go up by about 10.0% a year"),
        (-0.0512933, "go down by about 5.0% a year"),
    ],
)
def test_a_trend_is_said_as_a_share_and_none_as_none(ahead, trend, said):
    mean = np.full_like(ahead.fit.belief.mean, trend)
    found = replace(ahead.fit, belief=replace(ahead.fit.belief, mean=mean))
    limits = forecast.limits.of(found, (), 300, 24)
    assert sum(said in each for each in limits) == 1


def test_it_says_what_it_leans_on(ahead):
    leaning = [each for each in ahead.limits if "lean on" in each]
    assert len(leaning) == 1
    assert "England's in the year to March 2023" in leaning[0]
    assert "30 months of one young person" in leaning[0]


def test_it_says_what_it_cannot_know(ahead):
    said = " ".join(ahead.limits)
    assert "if things go on as they have" in said.lower()
    assert "18th birthday" in said
    assert all(table.does_not_show for table in ahead.tables)
    shown = written.written(ahead)
    assert "What it cannot know" in shown
    assert ahead.provenance.run in shown


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"ages": (12, 18)}, "past the 18th birthday"),
        ({"ages": (14, 12)}, "not a band of ages"),
        ({"months": 0}, "Ask for 1 to 120"),
        ({"replications": 1}, "Ask for 2 to 100,000"),
        ({"replications": 100_001}, "Ask for 2 to 100,000"),
        ({"kappa": 0}, "more than no months"),
        ({"map": "else"}, "no states named"),
    ],
)
def test_what_it_cannot_forecast_it_refuses_in_a_sentence(reading, asked, why):
    with pytest.raises(Refused, match=why):
        forecast.forecast(reading, **asked)


def test_returns_in_which_nobody_is_there_or_nobody_came_are_refused():
    gone = [("h.csv", header(child())), ("e.csv", episodes(episode("01/05/2019", "01/06/2019")))]
    with pytest.raises(Refused, match="last day of these returns"):
        forecast.forecast(ssda903.read_files(gone))
    stayed = [("h.csv", header(child())), ("e.csv", episodes(episode("01/05/2015")))]
    with pytest.raises(Refused, match="nothing says how many will"):
        forecast.forecast(ssda903.read_files(stayed, year=2019))


def test_the_command_shows_it_and_ends_well(tmp_path, capsys):
    for name, data in files():
        (tmp_path / name).write_bytes(data)
    words = ["forecast", str(tmp_path), "--months", "13", "--replications", "50"]
    assert cli.main([*words, "--ages", "16-17"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("What may come: young people aged 16 to 17, 13 months from 31 March")
    assert "Share of nights in a family" in said.out
    assert said.err == ""
    assert cli.main([*words, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["n"] == 50
    assert len(told["tables"]["in_all"]["rows"]) == 13
    assert cli.main([*words[:3], "0"]) == 2
    assert "Ask for 1 to 120" in capsys.readouterr().err


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("ages", [(12, 17), (0, 0), (17, 17)])
@pytest.mark.parametrize("born", [("29/02/2004",), ("29/02/2008",), ("01/02/2021", "01/03/2021")])
def test_a_council_of_one_or_two_has_a_forecast_without_a_figure_that_is_none(born, ages):
    """Nobody of the ages asked for, everybody in one state, one return, and few futures."""
    heads = [child(f"T{at}", day) for at, day in enumerate(born)]
    rows = [episode("01/04/2021", who=f"T{at}") for at in range(len(born))]
    given = [("h.csv", header(*heads)), ("e.csv", episodes(*rows))]
    reading = ssda903.read_files(given, year=2022)
    if born[0].endswith("2004"):  # 18 a month before the last day
        with pytest.raises(Refused, match="Nobody younger than 18"):
            forecast.forecast(reading)
        return
    for replications in (2, 3):
        found = forecast.forecast(reading, ages=ages, months=30, replications=replications)
        json.dumps(found.as_dict(), allow_nan=False)
        assert "What it cannot know" in written.written(found)
        for name in ("in_all", "by_home"):
            ElementTree.fromstring(found.picture(name))
