"""Every widget is drawn with its label tied to it, its hint and its error announced with it."""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.utils.datastructures import MultiValueDict

from onedoor.govuk.fields import Checkboxes, DateField, FilesField, MomentField, Radios
from tests.govuk.markup import read

CHOICES = [("a", "At home"), ("b", "Somewhere else")]


class Everything(forms.Form):
    name = forms.CharField(label="Full name", help_text="As you like it <b>written</b>")
    email = forms.EmailField(label="Email address")
    secret = forms.CharField(label="Password", widget=forms.PasswordInput)
    nights = forms.IntegerField(label="How many nights?")
    said = forms.CharField(label="What did they say?", widget=forms.Textarea)
    short = forms.CharField(label="In short", widget=forms.Textarea(attrs={"count": 200}))
    where = forms.ChoiceField(
        label="Where?",
        choices=CHOICES,
        widget=Radios(hints={"a": "With family"}, reveals={"b": "elsewhere"}),
    )
    elsewhere = forms.CharField(label="Where is that?", required=False)
    who = forms.MultipleChoiceField(label="Who came?", choices=CHOICES, widget=Checkboxes)
    hub = forms.ChoiceField(label="Which hub?", choices=[("", "---------"), ("n", "North")])
    told = forms.BooleanField(label="I have told them", help_text="They can read it")
    papers = FilesField(label="Papers")
    met = DateField(label="When did you meet?", called="the date you met")
    left = MomentField(label="When did they leave?", called="when they left")
    token = forms.CharField(widget=forms.HiddenInput)


def drawn(form, source="{{ form }}"):
    return read(Template("{% load govuk %}" + source).render(Context({"form": form})))


def test_every_box_has_a_label_of_its_own():
    page = drawn(Everything())
    labels = {label["for"] for label in page.every("label")}
    boxes = [tag for name in ("input", "textarea", "select") for tag in page.every(name)]
    asked = [box["id"] for box in boxes if box["type"] != "hidden"]
    assert len(asked) == len(set(asked)) == 21
    assert set(asked) == labels


def test_boxes_that_belong_together_share_a_legend():
    legends = [legend.text for legend in drawn(Everything()).every("legend")]
    assert legends == ["Where?", "Who came?", "When did you meet?", "When did they leave?"]


@pytest.mark.parametrize("form", [Everything(), Everything({"where": "b", "token": "x"})])
def test_nothing_carries_style_or_script_that_the_policy_forbids(form):
    page = drawn(form, "{% error_summary form %}{{ form }}")
    assert not page.every("style")
    assert not page.every("script")
    for tag in page.every():
        assert not [name for name in tag.attrs if name == "style" or name.startswith("on")]


@pytest.mark.parametrize("name", [n for n in Everything.base_fields if n not in ("elsewhere",)])
def test_what_is_missing_is_said_beside_the_box_and_linked_from_the_top(name):
    form = Everything({})
    page = drawn(form, "{% error_summary form %}{{ form }}")
    summary = page.one(class_="govuk-error-summary")
    if name == "token":  # a hidden field is told of, but there is no box to go to
        assert "Enter token" in summary.text
        return
    message = page.one(id=f"id_{name}-error")
    told = message.text.removeprefix("Error: ")
    assert "This field is required" not in told
    link = next(a for a in summary.every("a") if a.text == told)
    target = page.one(id=link["href"].removeprefix("#"))
    assert target.name in {"input", "textarea", "select"}
    announced = [tag for tag in page.every() if message["id"] in tag["aria-describedby"].split()]
    assert announced, f"{told} is not announced with its box"


def test_the_words_for_what_is_missing_follow_the_question():
    form = Everything({})
    page = drawn(form, "{% error_summary form %}")
    told = [link.text for link in page.every("a")]
    assert told[:4] == [
        "Enter full name",
        "Enter email address",
        "Enter password",
        "Answer “How many nights?”",
    ]
    assert "Tick “I have told them” to go on" in told
    assert "Enter the date you met" in told


def test_a_form_without_errors_has_no_summary():
    assert drawn(Everything(), "{% error_summary form %}").every() == []


def test_a_hint_is_words_even_when_it_looks_like_html():
    assert drawn(Everything()).one(id="id_name-hint").text == "As you like it <b>written</b>"


def test_the_browser_is_told_what_kind_of_words_to_expect():
    class Contact(forms.Form):
        name = forms.CharField(
            widget=forms.TextInput(
                attrs={"autocomplete": "name", "spellcheck": False, "data-x": "1"}
            )
        )
        phone = forms.CharField(widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel"}))
        email = forms.EmailField()
        nights = forms.IntegerField(min_value=0, max_value=9)

    page = drawn(Contact())
    name, phone = page.one(id="id_name"), page.one(id="id_phone")
    assert (name["autocomplete"], name["spellcheck"], name["data-x"]) == ("name", "false", "1")
    assert (phone["type"], phone["inputmode"]) == ("tel", "tel")
    assert page.one(id="id_email")["autocomplete"] == "email"
    nights = page.one(id="id_nights")
    assert (nights["type"], nights["inputmode"], nights["max"]) == ("text", "numeric", "")


def test_a_password_is_never_sent_back_to_the_page():
    assert drawn(Everything({"secret": "not for showing"})).one(id="id_secret")["value"] == ""


def test_what_was_typed_stays_after_an_error():
    given = {"name": "Jo", "who": ["b"], "hub": "n", "met_day": "31", "met_month": "Feb"}
    page = drawn(Everything(given | {"where": "b", "elsewhere": "Nan’s", "said": "</textarea>"}))
    assert page.one(id="id_name")["value"] == "Jo"
    assert "checked" in page.one(id="id_who-2").attrs
    assert "selected" in page.one("option", value="n").attrs
    assert page.one(id="id_met-month")["value"] == "Feb"
    assert page.one(id="id_said").text == "</textarea>"
    assert page.one(class_="govuk-radios__conditional").one("input")["value"] == "Nan’s"


def test_a_further_question_is_drawn_under_the_choice_that_asks_it_and_nowhere_else():
    page = drawn(Everything())
    asked = page.one(id="id_elsewhere")
    assert page.one(class_="govuk-radios__conditional").every("input") == [asked]
    assert page.one("label", for_="id_elsewhere").text == "Where is that?"  # not "(optional)"
    assert page.one(id="id_where-item-hint").text == "With family"


def test_a_field_that_may_be_left_out_says_so():
    class Maybe(forms.Form):
        nickname = forms.CharField(required=False)
        away = DateField(label="Until when?", required=False)

    page = drawn(Maybe())
    assert page.one("label", for_="id_nickname").text == "Nickname (optional)"
    assert page.one("legend").text == "Until when? (optional)"


def test_the_question_of_a_page_with_one_question_is_its_heading():
    class One(forms.Form):
        why = forms.CharField(
            label="What are you worried about?",
            widget=forms.Textarea(attrs={"label_is_heading": True}),
        )

    class Other(forms.Form):
        met = DateField(label="When did you meet?")

    Other.base_fields["met"].label_is_heading = True
    assert drawn(One()).one("h1").one("label").text == "What are you worried about?"
    assert drawn(Other()).one("legend").one("h1").text == "When did you meet?"


def test_several_files_come_as_a_list():
    class Papers(forms.Form):
        papers = FilesField(required=False)

    two = [SimpleUploadedFile("a.txt", b"a"), SimpleUploadedFile("b.txt", b"b")]
    form = Papers({}, MultiValueDict({"papers": two}))
    assert form.is_valid()
    assert [paper.name for paper in form.cleaned_data["papers"]] == ["a.txt", "b.txt"]
    assert "multiple" in drawn(form).one("input").attrs
    empty = Papers({})
    assert empty.is_valid()
    assert empty.cleaned_data["papers"] == []


def test_a_long_answer_can_be_counted():
    box = drawn(Everything()).one(id="id_short")
    assert "govuk-js-character-count" in box["class"]
    assert drawn(Everything()).one(class_="govuk-character-count")["data-maxlength"] == "200"


def test_several_things_wrong_with_one_field_are_all_told():
    form = Everything({"name": "Jo"})
    form.add_error("name", "This name is <too> short")
    form.add_error("name", "This name is taken")
    message = drawn(form).one(id="id_name-error")
    assert message.text == "Error: This name is <too> short This name is taken"


def test_an_error_about_the_whole_form_stands_in_the_summary_without_a_link():
    form = Everything({})
    form.add_error(None, "These two dates are the wrong way round")
    first = drawn(form, "{% error_summary form %}").every("li")[0]
    assert first.text == "These two dates are the wrong way round"
    assert first.every("a") == []


def test_a_form_with_a_prefix_keeps_it():
    page = drawn(Everything(prefix="first"))
    assert page.one(id="id_first-met-day")["name"] == "first-met_day"


def test_a_widget_nobody_can_draw_is_said_to_be_so():
    class Odd(forms.Form):
        when = forms.SplitDateTimeField()

    with pytest.raises(TypeError, match="No GOV.UK component draws SplitDateTimeWidget"):
        drawn(Odd())


def test_our_own_words_can_stand_on_a_form_we_did_not_write():
    form = Everything({})
    source = '{% reword form "name" label="Your name" autocomplete="name" %}'
    page = drawn(form, source + "{% error_summary form %}{{ form }}")
    assert page.one("label", for_="id_name").text == "Your name"
    assert page.one(id="id_name")["autocomplete"] == "name"
    assert page.one(class_="govuk-error-summary").every("a")[0].text == "Enter your name"
