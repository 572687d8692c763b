"""The rules of homes, without a database."""

from datetime import date, datetime, timedelta

import pytest

from onedoor.govuk import words
from onedoor.homes import rules
from onedoor.team.rules import NotNow

DAY = date(2026, 5, 3)


def on_the_3rd(hour):
    return datetime(2026, 5, 3, hour, tzinfo=words.LONDON)


def test_every_kind_of_home_says_what_it_is_in_a_sentence():
    assert list(rules.kinds()) == [
        "hub-bed", "emergency-bed", "hub-community-family", "supported-lodgings",
        "supported-accommodation", "foster-home", "family-home", "bespoke-package",
        "external-childrens-home", "secure", "custody", "own-tenancy",
    ]  # fmt: skip
    for kind in rules.kinds().values():
        assert kind.name[0].isupper()
        assert kind.sentence.endswith(".")


def test_residential_care_is_short_term_and_families_are_families():
    kinds = rules.kinds()
    assert kinds["hub-bed"].short_term
    assert kinds["emergency-bed"].short_term
    in_families = {key for key, kind in kinds.items() if kind.in_a_family}
    assert in_families == {
        "hub-community-family", "supported-lodgings", "foster-home", "family-home"
    }  # fmt: skip
    assert {key for key, kind in kinds.items() if kind.outside_council} == {
        "external-childrens-home", "secure", "custody"
    }  # fmt: skip


def test_free_places_are_counted_in_the_hubs_own_range_only():
    assert [key for key, kind in rules.kinds().items() if kind.counts_free] == [
        "hub-bed", "emergency-bed", "hub-community-family", "supported-lodgings",
        "supported-accommodation", "foster-home",
    ]  # fmt: skip
    assert rules.ones_own() == ["family-home", "own-tenancy"]


@pytest.mark.parametrize(
    ("hour", "night"),
    [(0, 2), (2, 2), (11, 2), (12, 3), (15, 3), (23, 3)],
)
def test_a_night_runs_from_noon_to_noon(hour, night):
    assert rules.night_of(on_the_3rd(hour)) == date(2026, 5, night)


def test_the_nights_of_a_stay_end_before_the_day_they_leave():
    assert rules.nights(DAY, date(2026, 5, 5)) == [DAY, date(2026, 5, 4)]
    assert rules.nights(DAY, DAY) == []


@pytest.mark.parametrize("first", [date(2026, 3, 28), date(2026, 10, 24)])
def test_a_night_of_23_or_25_hours_is_one_night(first):
    assert len(rules.nights(first, first + timedelta(days=2))) == 2


@pytest.mark.parametrize(
    ("begun", "ended", "stands"),
    [
        (False, False, rules.Now.PLANNED),
        (True, False, rules.Now.LIVING),
        (True, True, rules.Now.ENDED),
        (False, True, rules.Now.CALLED_OFF),
    ],
)
def test_how_a_stay_stands(begun, ended, stands):
    assert rules.how_it_stands(begun, ended) is stands


def test_a_stay_claims_what_was_planned_until_it_ends_and_then_what_was():
    later = date(2026, 5, 9)
    assert rules.nights_claimed(DAY, later, True, None) == (DAY, later)
    assert rules.nights_claimed(DAY, later, True, date(2026, 5, 6)) == (DAY, date(2026, 5, 6))
    assert rules.nights_claimed(DAY, later, False, date(2026, 5, 1)) == (DAY, DAY)


@pytest.mark.parametrize(
    ("until", "begun", "ended", "overdue"),
    [
        (DAY, True, None, True),
        (DAY, False, None, False),
        (DAY, True, DAY, False),
        (date(2026, 5, 4), True, None, False),
    ],
)
def test_overdue_is_there_after_the_day_and_not_said_to_have_left(until, begun, ended, overdue):
    assert rules.is_overdue(until, begun, ended, on=DAY) is overdue


def test_a_plan_reaches_400_nights_and_no_further():
    rules.check_until(DAY, DAY + timedelta(days=400), on=DAY)
    with pytest.raises(NotNow, match="400 nights ahead"):
        rules.check_until(DAY, DAY + timedelta(days=401), on=DAY)
    with pytest.raises(NotNow, match="400 nights ahead"):
        rules.check_until(DAY + timedelta(days=401), DAY + timedelta(days=402), on=DAY)


def test_somebody_who_has_lived_there_for_years_may_go_on_doing_so():
    rules.check_until(date(2021, 5, 3), DAY + timedelta(days=400), on=DAY)


@pytest.mark.parametrize("hour", [1, 11])
def test_the_small_hours_belong_to_the_night_before_or_begin_a_new_one(hour):
    came = on_the_3rd(hour)
    later = on_the_3rd(20)
    rules.check_begun(date(2026, 5, 2), came, later)
    rules.check_begun(date(2026, 5, 3), came, later)


def test_an_arrival_in_the_afternoon_begins_that_night_only():
    later = on_the_3rd(20)
    with pytest.raises(NotNow, match="first night cannot be 2 May 2026"):
        rules.check_begun(date(2026, 5, 2), on_the_3rd(15), later)
    with pytest.raises(NotNow, match="arrived in the future"):
        rules.check_begun(DAY, on_the_3rd(21), later)


def test_nobody_under_16_is_sent_to_live_without_care():
    with pytest.raises(NotNow, match="Robin is 15. Supported lodgings is for young people from 16"):
        rules.check_old_enough(rules.kinds()["supported-lodgings"], 15, "Robin")
    rules.check_old_enough(rules.kinds()["supported-lodgings"], 16, "Robin")
    rules.check_old_enough(rules.kinds()["foster-home"], 11, "Robin")


def test_a_change_is_said_in_words():
    assert (
        rules.change_in_words("begins_on", "2026-05-03", "2026-05-04")
        == "first night from 3 May 2026 to 4 May 2026"
    )
    assert (
        rules.change_in_words("begun_at", "2026-05-03 15:00:00+01:00", "2026-05-03 16:30:00+01:00")
        == "arrived from 3 May 2026 at 15:00 to 3 May 2026 at 16:30"
    )
    assert rules.change_in_words("place", "Room 1", "Room 2") == "place from Room 1 to Room 2"
