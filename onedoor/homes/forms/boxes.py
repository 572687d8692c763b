"""What the forms of homes have in common: yes or no, and a box for words."""

from django import forms

YES, NO = "yes", "no"


def words(label: str, hint: str = "", rows: int = 4, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=required, widget=forms.Textarea({"rows": rows})
    )
