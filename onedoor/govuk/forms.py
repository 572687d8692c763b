"""The one form renderer: every plain Django form is drawn with GOV.UK's components.

The fields and widgets that rooms use beside Django's own are in `onedoor.govuk.fields`.
"""

from django.forms.renderers import DjangoTemplates


class Paint(DjangoTemplates):
    """Named by settings.FORM_RENDERER, so that `{{ form }}` is all a page has to say."""

    form_template_name = "govuk/form.html"
    field_template_name = "govuk/field.html"
