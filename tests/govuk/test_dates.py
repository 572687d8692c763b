from datetime import UTC, date, datetime

import pytest
from django import forms
from django.template import Context, Template

from onedoor.govuk.fields import DateField, MomentField
from tests.govuk.markup import read


class Meeting(forms.Form):
    met = DateField(called="the date you met")


class Leaving(forms.Form):
    left = MomentField(called="the time they left")


def met(day, month, year):
    return Meeting({"met_day": day, "met_month": month, "met_year": year})


def left(said, on=("12", "10", "2026")):
    day, month, year = on
    boxes = {"left_day": day, "left_month": month, "left_year": year, "left_time": said}
    return Leaving(boxes)


@pytest.mark.parametrize("month", ["2", "02", "feb", "February", " FEB "])
def test_a_date_is_taken_however_the_month_is_written(month):
    form = met("9", month, "2026")
    assert form.is_valid()
    assert form.cleaned_data["met"] == date(2026, 2, 9)


@pytest.mark.parametrize(
    ("typed", "told", "marked"),
    [
        (("", "", ""), "Enter the date you met", ["day", "month", "year"]),
        (("9", "", "2026"), "The date you met must include a month", ["month"]),
        (("", "", "2026"), "The date you met must include a day and a month", ["day", "month"]),
        (("31", "2", "2026"), "The date you met must be a real date", ["day", "month", "year"]),
        (("9", "Brumaire", "2026"), "The date you met must be a real date", None),
        (("9", "2", "26"), "Year must include 4 numbers, like 2026", ["year"]),
        (("9", "2", "0000"), "The date you met must be a real date", None),
        (("²", "2", "2026"), "The date you met must be a real date", None),
    ],
)
def test_what_is_wrong_with_a_date_is_said_and_its_boxes_marked(typed, told, marked):
    form = met(*typed)
    assert form.errors["met"] == [told]
    page = read(
        Template("{% load govuk %}{% error_summary form %}{{ form }}").render(
            Context({"form": form})
        )
    )
    red = [box["id"] for box in page.every("input") if "govuk-input--error" in box["class"]]
    assert red == [f"id_met-{part}" for part in marked or ["day", "month", "year"]]
    assert page.one(class_="govuk-error-summary").one("a")["href"] == f"#{red[0]}"


def test_a_date_that_is_known_is_shown_in_its_boxes():
    page = read(Meeting(initial={"met": date(2026, 2, 9)}))
    assert [box["value"] for box in page.every("input")] == ["9", "2", "2026"]
    assert not Meeting({}, initial={"met": None}).fields["met"].has_changed(None, ["", "", ""])


@pytest.mark.parametrize(
    ("said", "hour", "minute"),
    [
        ("5:30pm", 17, 30),
        ("5.30 PM", 17, 30),
        ("17:30", 17, 30),
        ("23:54", 23, 54),
        ("12:15", 12, 15),
        ("1730", 17, 30),
        ("5pm", 17, 0),
        ("05:30", 5, 30),
        ("12am", 0, 0),
        ("12pm", 12, 0),
        ("midday", 12, 0),
        ("midnight", 0, 0),
    ],
)
def test_a_time_is_taken_however_people_say_it(said, hour, minute):
    form = left(said)
    assert form.is_valid(), form.errors
    at = form.cleaned_data["left"]
    assert (at.hour, at.minute, at.utcoffset().total_seconds()) == (hour, minute, 3600)


@pytest.mark.parametrize("said", ["5:30", "5", "25:00", "17:60", "13pm", "0am", "teatime"])
def test_a_time_that_could_be_two_times_or_none_is_asked_again(said):
    assert "like 5:30pm" in left(said).errors["left"][0]


def test_the_hour_that_the_clocks_skip_never_happened():
    form = left("1:30am", on=("29", "3", "2026"))
    assert form.errors["left"] == [
        "The clocks went forward in that hour, so there was no such time"
    ]


def test_a_moment_that_is_known_is_shown_as_it_was_in_england():
    form = Leaving(initial={"left": datetime(2026, 6, 30, 23, 30, tzinfo=UTC)})
    values = [box["value"] for box in read(form).every("input")]
    assert values == ["1", "7", "2026", "00:30"]
