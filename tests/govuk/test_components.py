import pytest
from django.template import Context, Template
from django.utils.html import format_html

from onedoor.govuk import components
from tests.govuk.markup import read


def test_what_somebody_typed_is_shown_and_never_run():
    drawn = components.draw("button", {"text": "<script>alert(1)</script>"})
    assert read(drawn).one("button").text == "<script>alert(1)</script>"
    assert not read(drawn).every("script")


@pytest.mark.parametrize(
    "params",
    [
        {"html": "<b>Sam</b>"},
        {"rows": [{"value": {"html": "Sam"}}]},
        {"slots": {"start": "Sam"}},
        {"attributes": "onclick=x"},
        {"titleHtml": "Sam"},
    ],
)
def test_a_plain_string_is_refused_where_a_component_takes_html(params):
    with pytest.raises(ValueError, match="pass words as 'text'"):
        components.draw("summary-list", params)


def test_html_that_django_made_safe_is_taken():
    drawn = components.draw("inset-text", {"html": format_html("<b>{}</b>", "A & B")})
    assert read(drawn).one("b").text == "A & B"


def test_a_page_names_a_component_and_says_the_simple_things_itself():
    page = Template('{% load govuk %}{% govuk "button" params text="Save" href=where %}')
    drawn = page.render(Context({"params": {"classes": "od-big"}, "where": "/plan/?a=1&b=2"}))
    link = read(drawn).one("a")
    assert (link.text, link["href"]) == ("Save", "/plan/?a=1&b=2")
    assert "od-big" in link["class"]
