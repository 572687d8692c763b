"""What happened and for how long, against counting night by night and month by month."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from onedoor.evidence import ssda903
from onedoor.evidence.model import careers, exposure, states
from onedoor.evidence.model.grid import Grid
from onedoor.evidence.ssda903 import homes, spells
from tests.evidence import slow_exposure
from tests.evidence.invented import child, episode, episodes, header

SETS = Path(__file__).parents[3] / "shared/data/ssda903"
AGES = (0, 12, 60, 120, 150, 168, 192, 216)
DURATIONS = (0, 1, 3, 6, 12)


def state_of(row):
    """The state of a stay of unknown place, by hand."""
    kept = {
        *("own_foster", "agency_foster", "kinship", "parents", "adoption", "own_home"),
        *("external_home", "school", "supported", "secure", "lodgings"),
        *("hub_home", "hub_emergency", "hub_family"),
    }
    return {"independent": "supported"}.get(
        row["kind"], row["kind"] if row["kind"] in kept else "other"
    )


def drawn_stays(seed, children=60):
    """Stays of nobody, of every length from none, with ends, gaps and moves anywhere."""
    by = np.random.default_rng(seed)
    kinds = [each.key for each in homes.kinds()]
    rows, period, kind = [], 0, ""
    for number in range(children):
        born = date(2000, 1, 1) + timedelta(days=int(by.integers(0, 6500)))
        day = born + timedelta(days=int(by.integers(0, 5500)))
        for _ in range(by.integers(1, 4)):
            period += 1
            for turn in range(by.integers(1, 6)):
                end = day + timedelta(days=int(by.gamma(0.6, 150)))
                kind = kind if turn and by.random() < 0.3 else str(by.choice(kinds))
                reason = by.choice(["S", "L", "T"]) if turn == 0 else by.choice(["P", "B"])
                rows.append((f"{number:03}", born, period, day, end, kind, str(reason)))
                day = end
            day += timedelta(days=int(by.integers(1, 400)))
    names = ["child", "dob", "period", "start", "end", "kind", "RNE"]
    found = pl.DataFrame(rows, names, orient="row").filter(pl.col("start") >= pl.col("dob"))
    return found.with_columns(pl.lit(2022).alias("year"))


FIRST, LAST = date(2012, 4, 1), date(2018, 3, 31)


def as_counter(array, states, width):
    """Non-zero cells, with the names of states."""
    return {
        tuple(int(part) for part in at[:width]) + tuple(states[part] for part in at[width:]): number
        for at in zip(*np.nonzero(array), strict=True)
        if (number := array[at])
    }


def both(stays, first=FIRST, last=LAST):
    found = careers.of_stays(stays, states.states("all_care"), first, last)
    seen = stays.filter(pl.col("start") <= last).with_columns(
        pl.when(pl.col("end") <= last).then("end")
    )
    return found, Grid(found.states, AGES, DURATIONS), seen.to_dicts()


def assert_nights_agree(stays, first=FIRST, last=LAST):
    found, grid, rows = both(stays, first, last)
    counts = exposure.days(found, grid)
    spent, moved, same, came = slow_exposure.nights(rows, state_of, first, last, AGES, DURATIONS)
    names = (*found.states, "left")
    days = as_counter(np.round(counts.exposure * exposure.DAYS_IN_A_MONTH), names, 2)
    assert days == spent
    assert as_counter(counts.moves, names, 2) == {(*cell, to): n for (cell, to), n in moved.items()}
    assert as_counter(counts.same, names, 2) == same
    assert as_counter(counts.arrivals, names, 1) == came
    assert counts.exposure.sum() * exposure.DAYS_IN_A_MONTH == pytest.approx(sum(spent.values()))
    return counts


def assert_month_ends_agree(stays, first=FIRST, last=LAST):
    found, grid, rows = both(stays, first, last)
    counts = exposure.steps(found, grid)
    begun, moved, came = slow_exposure.month_ends(rows, state_of, first, last, AGES, DURATIONS)
    names = (*found.states, "left")
    assert as_counter(counts.exposure, names, 2) == begun
    assert as_counter(counts.moves, names, 2) == {(*cell, to): n for (cell, to), n in moved.items()}
    assert as_counter(counts.arrivals, names, 1) == came
    assert counts.by_month.sum() == counts.arrivals.sum()
    assert len(counts.by_month) == counts.months
    return counts


@pytest.mark.parametrize("seed", range(4))
def test_days_are_those_of_counting_night_by_night(seed):
    counts = assert_nights_agree(drawn_stays(seed, children=100))
    assert counts.moves.sum() > 30
    assert counts.same.sum() > 0


@pytest.mark.parametrize("seed", range(4))
def test_months_are_those_of_looking_on_the_last_day_of_each(seed):
    counts = assert_month_ends_agree(drawn_stays(seed, children=120))
    assert counts.moves[..., -1].sum() > 10
    assert counts.arrivals.sum() > 10


def outside_stays():
    folder = SETS / "five_years"
    if not folder.exists():
        pytest.skip("The outside returns are not in ../shared/data here.")
    reading = ssda903.read(folder)
    return spells.stays(reading.episodes).filter(pl.col("child").hash(1) % 4 == 0)


def test_both_ways_agree_with_the_slow_ones_on_returns_nobody_here_wrote():
    stays = outside_stays()
    # A stay that no later return shows ends on the 31 March of the return that left it open.
    lost = pl.col("end").is_null() & (pl.col("year") < 2022)
    stays = stays.with_columns(
        pl.when(lost).then(pl.date(pl.col("year"), 3, 31)).otherwise("end").alias("end")
    ).with_columns(pl.max_horizontal("end", pl.when(pl.col("end").is_not_null()).then("start")))
    assert_nights_agree(stays, date(2017, 4, 1), date(2022, 3, 31))
    assert_month_ends_agree(stays, date(2017, 4, 1), date(2022, 3, 31))


def read(*rows, born="14/05/2005", year=None):
    files = [("header.csv", header(child(born=born))), ("episodes.csv", episodes(*rows))]
    return ssda903.read_files(files, year=year)


def test_a_holiday_is_part_of_the_stay_around_it():
    reading = read(
        episode("01/05/2018", "01/08/2018", rec="X1"),
        episode("01/08/2018", "10/08/2018", rne="P", place="T2", provider="", rec="X1"),
        episode("10/08/2018", rne="P"),
    )
    found = careers.careers(reading)
    assert found.runs.select("start", "end", "next").rows() == [
        (date(2018, 5, 1), None, careers.STILL_THERE)
    ]
    assert found.moves.is_empty()


def test_a_move_between_two_homes_of_a_kind_is_counted_and_sets_nothing_back():
    reading = read(
        episode("01/05/2018", "01/08/2018", rec="X1"), episode("01/08/2018", rne="P"), year=2019
    )
    found = careers.careers(reading)
    counts = exposure.days(found, Grid(found.states))
    assert found.runs.height == 1
    assert counts.same.sum() == 1
    assert counts.moves.sum() == 0
    assert counts.exposure[:, 2:].sum() > 0


@pytest.mark.parametrize(("end", "leaves"), [("13/05/2023", 1), ("14/05/2023", 0)])
def test_leaving_on_the_18th_birthday_is_a_date_and_no_chance(end, leaves):
    reading = read(episode("01/05/2020", end, rec="E5"), year=2024)
    found = careers.careers(reading)
    assert exposure.days(found, Grid(found.states)).moves.sum() == leaves
    assert exposure.steps(found, Grid(found.states)).moves.sum() == 0


def test_a_stay_that_began_before_the_first_day_counts_only_once_its_time_is_sure():
    reading = read(episode("01/01/2019", rne="P"), year=2020)
    found = careers.careers(reading)
    counts = exposure.days(found, Grid(found.states))
    # Twelve months after 1 January 2019 it is in the last band, whenever it truly began.
    assert counts.exposure[:, :3].sum() == 0
    assert counts.exposure.sum() * exposure.DAYS_IN_A_MONTH == pytest.approx(
        (date(2020, 3, 31) - date(2020, 1, 1)).days
    )


def test_returns_before_a_missing_year_are_set_aside_and_it_is_said():
    def of(name, row):
        return [(f"{name}h.csv", header(child())), (f"{name}e.csv", episodes(row))]

    reading = ssda903.read_files(
        of("a", episode("01/05/2016")) + of("b", episode("01/05/2018")), year=None
    )
    assert reading.years == (2017, 2019)
    found = careers.careers(reading)
    assert found.first == date(2018, 4, 1)
    assert "a year is missing" in found.noted[0]


def test_every_kind_of_home_has_a_state_in_each_map_and_the_narrower_entry_wins():
    kinds = [each.key for each in homes.kinds()] + ["hub_home", "hub_emergency", "hub_family"]
    for name in ("all_care", "no_wrong_door"):
        chosen = states.states(name)
        named = {home for each in chosen.states for home, _ in each.kinds}
        assert set(kinds) <= named
        rows = pl.DataFrame({"kind": ["external_home"] * 3, "where": ["in", "out", "unknown"]})
        found = rows.select(key=chosen.of("kind", "where"))["key"].to_list()
        assert found[1] not in (found[0], found[2])
    assert len(states.states("no_wrong_door").states) == 13


def test_a_map_that_is_not_there_is_refused():
    with pytest.raises(ssda903.Refused, match="all_care or no_wrong_door"):
        states.states("everything")
