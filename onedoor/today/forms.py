from django import forms


class StepAway(forms.Form):
    why = forms.CharField(
        label="Why now, and what do they think of it?",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5000,
    )
