"""The one form renderer: every plain Django form is drawn with GOV.UK's components."""

from django.forms.renderers import DjangoTemplates

from onedoor.govuk.fields import (
    Checkboxes,
    DateBoxes,
    DateField,
    FilesField,
    MomentBoxes,
    MomentField,
    Radios,
)

__all__ = [
    "Checkboxes",
    "DateBoxes",
    "DateField",
    "FilesField",
    "MomentBoxes",
    "MomentField",
    "Paint",
    "Radios",
]


class Paint(DjangoTemplates):
    """Named by settings.FORM_RENDERER, so that `{{ form }}` is all a page has to say."""

    form_template_name = "govuk/form.html"
    field_template_name = "govuk/field.html"
