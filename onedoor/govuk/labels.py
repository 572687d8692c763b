"""What is said around a box: its label or legend, its hint, and what is wrong with the answer."""

from typing import Any

from django import forms
from django.forms import Field, FileInput
from django.forms.widgets import ChoiceWidget
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

Params = dict[str, Any]


def labelled(bound: forms.BoundField) -> Params:
    """What a component with one box needs: its label, hint and error."""
    heading = is_heading(bound)
    label = {"text": label_text(bound), "classes": f"govuk-label--{'l' if heading else 's'}"}
    return {"label": label | {"isPageHeading": heading}} | hint(bound) | wrong(bound)


def grouped(bound: forms.BoundField) -> Params:
    """What a component with several boxes needs: a legend over them all, hint and error."""
    heading = is_heading(bound)
    size = f"govuk-fieldset__legend--{'l' if heading else 's'}"
    legend = {"text": label_text(bound), "classes": size, "isPageHeading": heading}
    return {"fieldset": {"legend": legend}} | hint(bound) | wrong(bound)


def is_heading(bound: forms.BoundField) -> bool:
    on_widget = bound.field.widget.attrs.get("label_is_heading", False)
    return bool(getattr(bound.field, "label_is_heading", on_widget))


def label_text(bound: forms.BoundField) -> str:
    text = str(bound.label)
    asked_only_sometimes = any(bound.name in revealed_by(other).values() for other in bound.form)
    a_tick = isinstance(bound.field.widget, forms.CheckboxInput)
    if bound.field.required or asked_only_sometimes or a_tick or "(optional)" in text:
        return text
    if not getattr(bound.form, "says_optional", True):  # a filter, where nothing must be answered
        return text
    return f"{text} (optional)"


def hint(bound: forms.BoundField) -> Params:
    return {"hint": said(bound.help_text)} if bound.help_text else {}


def wrong(bound: forms.BoundField) -> Params:
    told = sentences(bound)
    if len(told) < 2:
        return {"errorMessage": {"text": told[0]}} if told else {}
    lines = format_html_join(SafeString("<br>"), "{}", ((sentence,) for sentence in told))
    return {"errorMessage": {"html": lines}}


def sentences(bound: forms.BoundField) -> list[str]:
    """What is wrong, in our words where Django's own say only that a field is required."""
    told = []
    for error in bound.form.errors.as_data().get(bound.name, []):
        own = list(error)[0]
        plain = error.code == "required" and own == Field.default_error_messages["required"]
        told.append(missing(bound) if plain else str(own).removesuffix("."))
    return told


def missing(bound: forms.BoundField) -> str:
    label = str(bound.label)
    if label.endswith("?"):
        return f"Answer “{label}”"
    verb = "Choose" if isinstance(bound.field.widget, (ChoiceWidget, FileInput)) else "Enter"
    if isinstance(bound.field.widget, forms.CheckboxInput):
        return f"Tick “{label}” to go on"
    return f"{verb} {label[:1].lower()}{label[1:]}"


def said(words: Any) -> Params:
    # Only what Django has already made safe (the password rules' list) is taken as HTML.
    return {"html": words} if isinstance(words, SafeString) else {"text": str(words)}


def revealed_by(bound: forms.BoundField) -> dict[str, str]:
    return {str(value): name for value, name in getattr(bound.field.widget, "reveals", {}).items()}
