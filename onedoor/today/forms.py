from django import forms

from onedoor.govuk.fields import DateField


class EndRole(forms.Form):
    until_on = DateField(
        label="On which day does it end?",
        called="the day it ends",
        help_text="From the start of that day they no longer hold this role.",
    )


class StepAway(forms.Form):
    why = forms.CharField(
        label="Why now, and what do they think of it?",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5000,
    )
