"""A forecast from published figures: what it says and learns, and that it never looks ahead."""

import json
from pathlib import Path

import numpy as np
import pytest

from onedoor import cli
from onedoor.evidence import trend
from onedoor.evidence.refusal import Refused
from onedoor.evidence.trend import growth, judged, lines, record
from tests.evidence.trend import tables

REAL = Path(__file__).parents[4] / "shared/data/dfe_published"


def wandering(*, councils=40, years=5, sd=0.08, back=0.0, seed=3):
    """Councils of about 400 whose rate wanders, and leans back to the middle by `back` a year."""
    rng = np.random.default_rng(seed)
    log = np.log(400) + rng.normal(0, 0.4, councils)
    columns = []
    for _ in range(years + 1):
        columns.append(np.exp(log))
        log = log + back * (log - log.mean()) + rng.normal(0, sd, councils)
    stock = np.round(np.stack(columns, 1)).astype(int).tolist()
    # The year before the first is told by starts and ceases alone.
    return tables.made(
        [
            tables.council(
                f"Council {place:02}",
                row[1:],
                homes=row[1:],
                starts=[row[1]] * years,
                ceases=[row[0]] * years,
            )
            for place, row in enumerate(stock)
        ],
        england=[80_000] * years,
    )


def steady(**changed):
    """Councils that are all the same and never change, but for what is `changed` of the first."""
    others = [tables.council(f"Birch {place}", [100] * 4) for place in range(5)]
    first = {"stock": [100] * 4, **changed}
    return tables.made([tables.council("Ashby", **first), *others], england=[100_000] * 4)


def test_where_nothing_has_changed_nothing_will():
    said = trend.forecast(steady(), "Ashby")
    assert [each.year for each in said.ahead] == [2025, 2027]
    for each in said.ahead:
        assert each.number == pytest.approx(100)


def test_half_of_the_growth_of_england_goes_on_and_half_of_that_after():
    councils = [tables.council(f"Birch {place}", [100] * 3) for place in range(6)]
    published = tables.made(councils, england=[100_000, 100_000, 104_000], first=2022)
    one, three = trend.forecast(published, "Birch 1").ahead
    assert one.number == pytest.approx(100 * 1.04**0.5)
    assert three.number == pytest.approx(100 * 1.04 ** (0.5 + 0.25 + 0.125))


def test_the_first_growth_of_the_homes_is_that_since_2020():
    published = tables.made([tables.council("Ashby", [100, 100])], england=[7_100, 7_100])
    before = growth.growth(published.until(2021), "homes").england
    assert before == pytest.approx([0.0])
    assert judged.england(2020, "homes") == 7_100


def test_the_first_change_of_all_looked_after_is_made_from_starts_and_ceases():
    published = steady(stock=[100] * 4, starts=[30] * 4, ceases=[20] * 4)
    change = growth.growth(published, "looked_after").council[0, 0]
    assert change == pytest.approx(np.log(100 / 90))


def test_a_lean_back_to_councils_alike_is_learnt_from_the_past():
    learnt = growth.pulls(wandering(councils=150, sd=0.04, back=-0.1), "looked_after")
    assert learnt.back == pytest.approx(-0.1, abs=0.03)


def test_a_council_far_above_its_neighbours_is_expected_to_fall():
    published = wandering(councils=150, sd=0.04, back=-0.1)
    gap = growth.growth(published, "looked_after").gap[:, -1]
    highest = published.councils[int(np.argmax(gap))]
    said = trend.forecast(published, highest)
    assert said.ahead[1].number < said.ahead[0].number < said.now * 0.97


def test_what_cannot_be_told_from_chance_pulls_nothing():
    rng = np.random.default_rng(1)
    x, y = rng.normal(size=(50, 4)), rng.normal(size=(50, 4))
    plain = float((x * y).sum() / (x * x).sum())
    assert abs(plain) > 0
    assert growth.slope(x, y) == 0.0


def test_a_slope_is_that_of_least_squares_where_nothing_strays_far():
    rng = np.random.default_rng(2)
    x = rng.normal(size=(300, 1))
    y = 0.7 * x + rng.uniform(-0.1, 0.1, size=x.shape)
    assert growth.slope(x, y) == pytest.approx(0.7, abs=0.01)
    y[:10] += 30
    assert growth.slope(x, y) == pytest.approx(0.7, abs=0.05)


@pytest.mark.parametrize("measure", ["looked_after", "homes"])
def test_nothing_that_comes_later_moves_a_forecast_or_its_record(measure):
    published = wandering()
    asked = {"measure": measure, "year": 2023}
    before = trend.forecast(published, "Council 07", **asked)
    for name in ("looked_after", "homes", "starts", "ceases", "children"):
        counts = getattr(published, name)
        counts.numbers[:, 3:] *= 7
        counts.england[3:] *= 7
    after = trend.forecast(published, "Council 07", **asked)
    assert after.ahead == before.ahead
    assert after.provenance.run == before.provenance.run


def test_the_interval_holds_what_it_says_of_councils_that_wander():
    published = wandering(councils=400, years=6, seed=5)
    for years in (1, 3):
        held = record.record(published.until(2026), "looked_after", years, 0.8).coverage
        assert 0.7 < held < 0.92


def test_a_smaller_council_and_a_longer_way_have_wider_intervals():
    published = wandering(councils=60)
    made = lines.lines(published, "looked_after", (1, 3), 0.8)
    wide = made.high / made.low
    assert (wide[:, 1] > wide[:, 0]).all()
    order = np.argsort(made.middle[:, 0])
    assert (np.diff(wide[order, 0]) < 1e-3).all()


def test_the_record_is_the_plain_mean_of_past_errors():
    published = wandering()
    stock = published.looked_after.numbers
    found = record.record(published, "looked_after", 1, 0.8, council=4)
    wrong, still, here = [], [], []
    for place, year in enumerate((2021, 2022, 2023, 2024)):
        said = lines.lines(published.until(year), "looked_after", (1,), 0.8).middle[:, 0]
        for council, number in enumerate(said):
            came = stock[council, place + 1]
            wrong.append(abs(number - came) / came)
            still.append(abs(stock[council, place] - came) / came)
            if council == 4:
                here.append(wrong[-1])
    assert found.origins == (2021, 2022, 2023, 2024)
    assert found.tested == len(wrong) == 160
    assert found.error == pytest.approx(sum(wrong) / 160)
    assert found.error_no_change == pytest.approx(sum(still) / 160)
    assert found.own == pytest.approx(sum(here) / 4)


def test_the_first_year_has_no_record_and_says_so():
    said = trend.forecast(wandering(), "Council 01", year=2021)
    assert said.ahead[0].record.origins == ()
    assert said.ahead[0].record.sentences[0].startswith("Not tested 1 year ahead")


def test_where_no_change_is_better_the_record_says_to_use_it():
    swinging = [[400 + 2 * place, 440 + 2 * place] * 3 for place in range(30)]
    councils = [tables.council(f"Ashby {place:02}", row) for place, row in enumerate(swinging)]
    rising = tables.made(councils, england=[100_000, 130_000, 170_000, 220_000, 290_000, 380_000])
    found = record.record(rising, "looked_after", 2, 0.8)
    assert found.pooled > found.pooled_no_change == 0
    assert "No change was better: use the last figure instead." in found.sentences[0]


def test_a_record_that_chance_could_make_is_not_called_better():
    found = record.record(wandering(councils=12, seed=8), "looked_after", 1, 0.8)
    assert abs(found.better) < 2 * found.unsure
    assert "The two cannot be told apart." in found.sentences[0]


def test_the_marks_of_others_do_not_stop_a_forecast():
    said = trend.forecast(steady(homes=["c", "c", "c", 12]), "Ashby", measure="homes")
    assert said.now == 12
    assert said.ahead[0].record.own is None
    assert said.ahead[0].record.sentences[1].startswith("For this council there was nothing")


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"council": "Nowhere"}, "No English authority is called 'Nowhere'"),
        ({"council": "Kent"}, "Nothing was published on Kent"),
        ({"year": 1999}, "hold 2021 to 2024, not 1999"),
        ({"ahead": (0,)}, "goes 1 to 5 years ahead"),
        ({"level": 80}, "a part between 0 and 1, not 80"),
        ({"measure": "homes"}, "in 2024 is not published \\(the table holds the mark c\\)"),
    ],
)
def test_what_cannot_be_forecast_is_refused_with_the_reason(asked, why):
    published = steady(homes=[10, 10, 10, "c"])
    with pytest.raises(Refused, match=why):
        trend.forecast(published, **{"council": "Ashby", **asked})


def test_a_forecast_can_be_written_as_json_with_its_record():
    said = trend.forecast(wandering(), "Council 02").as_dict()
    plain = json.loads(json.dumps(said))
    assert plain["ahead"][0]["record"]["sentences"][0].startswith("Tested 1 year ahead")
    assert len(plain["provenance"]["run"]) == 16


def test_what_is_public_is_sorted_and_says_what_it_is():
    assert trend.__all__ == sorted(trend.__all__)
    for name in trend.__all__:
        assert getattr(trend, name).__doc__


@pytest.fixture(scope="module")
def real():
    if not REAL.exists():
        pytest.skip("The published tables are not in ../shared/data here.")
    return trend.read(REAL)


def test_the_real_tables_hold_the_figures_that_were_published(real):
    assert len(real.councils) == 153
    north_yorkshire = real.council("North Yorkshire")
    assert real.looked_after.numbers[north_yorkshire].tolist()[::2] == [422, 463, 561]
    assert real.homes.numbers[north_yorkshire, -1] == 44
    assert real.looked_after.england[-1] == 81_770
    assert real.homes.marks[real.council("Isles of Scilly"), 0] == "z"


@pytest.mark.parametrize("council", ["North Yorkshire", "Somerset", "Barnsley", "Sheffield"])
def test_a_real_council_with_a_new_code_has_every_year_and_ten_neighbours(real, council):
    row = real.council(council)
    for each in (real.looked_after, real.homes, real.starts, real.ceases, real.children):
        assert np.isfinite(each.numbers[row]).all()
    assert real.alike[row].sum() == 10
    assert real.alike[:, row].any()


@pytest.mark.parametrize("council", ["Cumberland", "Westmorland and Furness"])
def test_a_real_council_that_was_made_anew_begins_with_its_first_year(real, council):
    row = real.council(council)
    assert np.isfinite(real.looked_after.numbers[row]).tolist() == [False] * 3 + [True] * 2
    assert real.looked_after.marks[row].tolist() == ["z", "z", "z", "", ""]


@pytest.mark.parametrize("years", [1, 3])
def test_all_looked_after_are_forecast_better_than_by_no_change(real, years):
    found = record.record(real, "looked_after", years, 0.8)
    assert found.error < found.error_no_change
    assert 0.75 <= found.coverage <= 0.85


@pytest.mark.parametrize("years", [1, 3])
def test_the_homes_are_forecast_better_than_by_no_change(real, years):
    found = record.record(real, "homes", years, 0.8)
    assert found.pooled < found.pooled_no_change
    assert 0.75 <= found.coverage <= 0.85


def test_the_command_shows_the_record_beside_what_it_expects(real, capsys):
    asked = ["forecast", str(REAL), "--published", "--authority", "Norfolk"]
    assert cli.main(asked) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "March 2025 (published) 1,069" in said
    assert "no change by" in said
    assert "In secure homes and children's homes" in said
    assert cli.main([*asked, "--json"]) == 0
    measures = json.loads(capsys.readouterr().out)["measures"]
    assert [each["measure"] for each in measures] == ["looked_after", "homes"]


def test_the_command_asks_which_council(tmp_path, capsys):
    assert cli.main(["forecast", str(tmp_path), "--published"]) == 2
    assert "Say which council to forecast" in capsys.readouterr().err
