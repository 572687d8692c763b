"""Tags and filters for every page: {% govuk "button" text="Save" %}, {{ stay.begun_at|moment }}."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms, template
from django.utils.safestring import SafeString

from onedoor.govuk import components, drawing, words

register = template.Library()


@register.simple_tag
def govuk(component: str, params: Mapping[str, Any] | None = None, **given: Any) -> SafeString:
    """A GOV.UK component. Nested parameters come from the view; simple ones may be given here."""
    return components.draw(component, {**(params or {}), **given})


@register.simple_tag
def govuk_form(form: forms.BaseForm) -> SafeString:
    return drawing.whole_form(form)


@register.simple_tag
def govuk_field(field: forms.BoundField) -> SafeString:
    return drawing.field(field)


@register.simple_tag
def error_summary(*drawn: forms.BaseForm) -> SafeString:
    """What is wrong with these forms, each line a link to the box to put right."""
    return drawing.error_summary(*drawn)


@register.simple_tag
def reword(form: forms.BaseForm, name: str, label: str = "", hint: str = "", **attrs: Any) -> str:
    """Put our own words on a field of a form we did not write. Goes above the error summary."""
    if name in form.fields:
        bound = form[name]
        bound.label = label or bound.label
        bound.help_text = hint
        bound.field.widget.attrs.update(attrs)
    return ""


@register.filter
def message_id(number: int) -> str:
    # Two banners on one page must not share the id that names them.
    return f"message-{number}"


def blank_when_nothing(say: Callable[[Any], str]) -> Callable[[Any], str]:
    # A template shows an empty date as nothing; in Python the same words insist on a value.
    return lambda value: "" if value is None or value == "" else say(value)


for say in (words.day, words.weekday, words.clock, words.moment, words.money, words.years_old):
    register.filter(say.__name__, blank_when_nothing(say))
