from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.template import Context, Template

from onedoor.govuk import words


def test_a_day_is_said_in_full():
    assert words.day(date(2026, 10, 12)) == "12 October 2026"
    assert words.weekday(date(2026, 10, 12)) == "Monday 12 October 2026"


def test_half_past_midnight_in_summer_belongs_to_the_day_it_was_in_england():
    at = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert words.moment(at) == "1 July 2026 at 12:30am"


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (time(17, 30), "5:30pm"),
        (time(17, 0), "5pm"),
        (time(9, 5), "9:05am"),
        (time(12, 0), "midday"),
        (time(0, 0), "midnight"),
        (time(12, 1), "12:01pm"),
        (time(0, 1), "12:01am"),
    ],
)
def test_a_time_is_said_as_people_say_it(at, said):
    assert words.clock(at) == said


@pytest.mark.parametrize(
    ("pounds", "said"),
    [
        (1234, "£1,234"),
        (Decimal("1234.50"), "£1,234.50"),
        (0, "£0"),
        (-20, "−£20"),
        (Decimal("1999.999"), "£2,000"),
        (1000000.0, "£1,000,000"),
    ],
)
def test_money_has_commas_and_pence_only_where_there_are_some(pounds, said):
    assert words.money(pounds) == said


def test_an_age_is_a_number_of_years():
    assert [words.years_old(n) for n in (0, 1, 15)] == ["0 years old", "1 year old", "15 years old"]


def test_a_page_shows_nothing_where_there_is_nothing_to_say():
    page = Template(
        "{% load govuk %}[{{ on|day }}{{ at|moment }}{{ cost|money }}{{ age|years_old }}]"
    )
    assert page.render(Context({"on": None, "cost": ""})) == "[]"
    assert page.render(Context({"cost": 0, "age": 0})) == "[£00 years old]"
