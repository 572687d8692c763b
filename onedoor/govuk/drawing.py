"""From a bound Django field to a GOV.UK component: the label, the hint, the error, the boxes.

`component` chooses by widget. Beside Django's own attributes a widget's attrs may carry `count`
(a character count), `prefix` and `suffix`; a field may carry `label_is_heading` where its label is
the page's question.
"""

from collections.abc import Iterator
from functools import singledispatch
from typing import Any

from django import forms
from django.forms.widgets import ChoiceWidget, Input
from django.utils.safestring import SafeString, mark_safe

from onedoor.govuk import components
from onedoor.govuk.fields import DateBoxes
from onedoor.govuk.labels import (
    Params,
    grouped,
    label_text,
    labelled,
    revealed_by,
    said,
    sentences,
    wrong,
)

# Drawn by the component itself, or (placeholder, the lengths and ranges) better said as a hint and
# an error than by a browser that cuts off what somebody pasted.
NOT_PASSED_ON = {"class", "cols", "rows", "count", "prefix", "suffix", "label_is_heading", "type"}
NOT_PASSED_ON |= {"placeholder", "required", "maxlength", "minlength", "min", "max", "step"}
NOT_PASSED_ON |= {"autocomplete", "inputmode", "spellcheck", "autocapitalize", "pattern"}
NOT_PASSED_ON |= {"multiple"}


def whole_form(form: forms.BaseForm) -> SafeString:
    """Every field in order; one that a choice reveals is drawn under its choice instead."""
    revealed = {name for bound in form for name in revealed_by(bound).values()}
    drawn = [bound.as_hidden() for bound in form.hidden_fields()]
    drawn += [field(bound) for bound in form.visible_fields() if bound.name not in revealed]
    return mark_safe("\n".join(drawn))  # noqa: S308 (each part is already safe)


def field(bound: forms.BoundField) -> SafeString:
    if bound.is_hidden:
        return bound.as_hidden()
    name, params = component(bound.field.widget, bound)
    drawn = components.draw(name, params)
    # GOV.UK's script would put aria-expanded on a radio button, which has no such state. Our
    # stylesheet shows what a choice reveals, with or without scripts.
    return mark_safe(drawn.replace(" data-aria-controls=", " data-reveals="))  # noqa: S308


def error_summary(*drawn: forms.BaseForm) -> SafeString:
    lines = [line for form in drawn for line in error_lines(form)]
    if not lines:
        return SafeString("")
    return components.draw("error-summary", {"titleText": "There is a problem", "errorList": lines})


def error_lines(form: forms.BaseForm) -> Iterator[Params]:
    for sentence in form.non_field_errors():
        yield {"text": sentence}
    for bound in form:
        for sentence in sentences(bound):
            # A hidden field has no box to go to.
            yield {"text": sentence} | ({} if bound.is_hidden else {"href": f"#{anchor(bound)}"})


def anchor(bound: forms.BoundField) -> str:
    """The id of the box to put right: the first that is wrong, where there are several."""
    if isinstance(bound.field.widget, DateBoxes):
        return f"{identity(bound)}-{(bad_parts(bound) or bound.field.widget.parts)[0]}"
    return identity(bound)


def identity(bound: forms.BoundField) -> str:
    return bound.field.widget.attrs.get("id") or bound.auto_id or bound.html_name


def bad_parts(bound: forms.BoundField) -> tuple[str, ...]:
    for error in bound.form.errors.as_data().get(bound.name, []):
        if error.params and "parts" in error.params:
            return error.params["parts"]
    return bound.field.widget.parts if bound.errors else ()


@singledispatch
def component(widget: forms.Widget, bound: forms.BoundField) -> tuple[str, Params]:
    raise TypeError(f"No GOV.UK component draws {type(widget).__name__}, which {bound.name} uses.")


@component.register
def text_box(widget: Input, bound: forms.BoundField) -> tuple[str, Params]:
    params = labelled(bound) | shown(bound) | {"type": widget.input_type}
    attrs = widget.attrs
    for key in ("prefix", "suffix"):
        if key in attrs:
            params[key] = {"text": attrs[key]}
    if widget.input_type == "email":
        params = {"autocomplete": "email", "spellcheck": False} | params
    return "input", params


@component.register
def number_box(widget: forms.NumberInput, bound: forms.BoundField) -> tuple[str, Params]:
    # A browser's own number box changes the number when somebody scrolls past it.
    whole = not isinstance(bound.field, (forms.DecimalField, forms.FloatField))
    name, params = text_box(widget, bound)
    params = {"inputmode": "numeric" if whole else "decimal", "spellcheck": False} | params
    params["classes"] = params.get("classes") or "govuk-input--width-5"
    return name, params | {"type": "text"}


@component.register
def password_box(widget: forms.PasswordInput, bound: forms.BoundField) -> tuple[str, Params]:
    params = labelled(bound) | shown(bound)
    return "password-input", params | {"value": ""}


@component.register
def file_box(widget: forms.FileInput, bound: forms.BoundField) -> tuple[str, Params]:
    several = bool(widget.allow_multiple_selected)
    return "file-upload", labelled(bound) | shown(bound) | {"multiple": several, "value": ""}


@component.register
def long_text(widget: forms.Textarea, bound: forms.BoundField) -> tuple[str, Params]:
    # Django gives every textarea rows="10"; five say that a few lines are enough.
    rows = widget.attrs.get("rows", "10")
    params = labelled(bound) | shown(bound) | {"rows": 5 if rows == "10" else rows}
    if "count" in widget.attrs:
        return "character-count", params | {"maxlength": widget.attrs["count"]}
    return "textarea", params


@component.register
def drop_down(widget: forms.Select, bound: forms.BoundField) -> tuple[str, Params]:
    params = labelled(bound) | shown(bound) | {"items": items(widget, bound, "selected")}
    return "select", {key: value for key, value in params.items() if key != "value"}


@component.register(forms.SelectMultiple)
@component.register(forms.CheckboxSelectMultiple)
def checkboxes(widget: ChoiceWidget, bound: forms.BoundField) -> tuple[str, Params]:
    params = grouped(bound) | {"name": bound.html_name, "idPrefix": identity(bound)}
    params["classes"] = widget.attrs.get("class", "")
    return "checkboxes", params | {"items": items(widget, bound, "checked")}


@component.register
def radios(widget: forms.RadioSelect, bound: forms.BoundField) -> tuple[str, Params]:
    params = grouped(bound) | {"name": bound.html_name, "idPrefix": identity(bound)}
    choices = [item for item in items(widget, bound, "checked") if item["value"] != ""]
    return "radios", params | {"items": choices, "classes": widget.attrs.get("class", "")}


@component.register
def tick(widget: forms.CheckboxInput, bound: forms.BoundField) -> tuple[str, Params]:
    """One box to tick: its label is the choice, and there is no legend."""
    item: Params = {"value": "on", "text": label_text(bound), "checked": bool(bound.value())}
    if bound.help_text:
        item["hint"] = said(bound.help_text)
    params: Params = {"name": bound.html_name, "idPrefix": identity(bound), "items": [item]}
    return "checkboxes", params | wrong(bound)


@component.register
def date_boxes(widget: DateBoxes, bound: forms.BoundField) -> tuple[str, Params]:
    value = bound.value()
    values = value if isinstance(value, list) else widget.decompress(value)
    bad = bad_parts(bound)
    boxes = []
    for part, text in zip(widget.parts, values, strict=True):
        wide = {"year": 4, "time": 5}.get(part, 2)
        box = {"id": f"{identity(bound)}-{part}", "name": f"{bound.html_name}_{part}"}
        box |= {"label": part.capitalize(), "value": "" if text is None else str(text)}
        red = " govuk-input--error" if part in bad else ""
        box["classes"] = f"govuk-input--width-{wide}{red}"
        if part == "time":
            box |= {"inputmode": "text", "classes": f"{box['classes']} od-time"}
        if widget.attrs.get("autocomplete") == "bday" and part != "time":
            box["autocomplete"] = f"bday-{part}"
        boxes.append(box)
    params = {"hint": {"text": example(widget)}} | grouped(bound)
    return "date-input", params | {"id": identity(bound), "items": boxes}


def example(widget: DateBoxes) -> str:
    return "For example, 27 3 2026" + (" at 5:30pm" if "time" in widget.parts else "")


def items(widget: ChoiceWidget, bound: forms.BoundField, chosen: str) -> list[Params]:
    """The choices, with the hint and the further question that belong to each."""
    picked = set(widget.format_value(bound.value()))
    hints, reveals = getattr(widget, "hints", {}), revealed_by(bound)
    drawn = []
    for value, label in flat(widget.choices):
        key = "" if value is None else str(value)
        item: Params = {"value": key, "text": str(label).replace("---------", "Choose")}
        item[chosen] = key in picked
        item["disabled"] = bound.field.disabled
        if key in hints:
            item["hint"] = said(hints[key])
        if key in reveals:
            item["conditional"] = {"html": field(bound.form[reveals[key]])}
        drawn.append(item)
    return drawn


def flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            yield from flat(label)
        else:
            yield value, label


def shown(bound: forms.BoundField) -> Params:
    """The box itself: its name, its value, and the attributes the widget was given."""
    attrs = bound.field.widget.attrs
    value = bound.field.widget.format_value(bound.value())
    params: Params = {"id": identity(bound), "name": bound.html_name}
    params |= {"value": "" if value is None else value, "classes": attrs.get("class", "")}
    for key in ("autocomplete", "inputmode", "autocapitalize", "pattern"):
        if key in attrs:
            params[key] = attrs[key]
    if "spellcheck" in attrs:
        params["spellcheck"] = attrs["spellcheck"] not in (False, "false")
    if bound.field.disabled:
        params["disabled"] = True
    others = {key: value for key, value in attrs.items() if key not in NOT_PASSED_ON | {"id"}}
    params["attributes"] = {
        key: {"value": True, "optional": True} if value is True else value
        for key, value in others.items()
        if value is not False
    }
    return params
