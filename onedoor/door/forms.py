from contextlib import suppress
from datetime import date
from typing import Any

from django import forms

from onedoor.door import queries, rules
from onedoor.door.asking import Question, Step
from onedoor.govuk.fields import DateField, Radios
from onedoor.team import queries as team_queries
from onedoor.team.models import Account, Hub

Words = forms.Textarea(attrs={"rows": 4})


class WhoYouAre(forms.Form):
    brought_by = forms.ChoiceField(
        label="Who are you?",
        widget=Radios(
            hints={
                rules.Brought.PROFESSIONAL: "You will be asked to sign in",
                rules.Brought.THEMSELF: "You can come in on your own, for yourself",
            }
        ),
        choices=[
            (rules.Brought.FAMILY, "I am family, a friend or a neighbour"),
            (rules.Brought.THEMSELF, "I am a young person"),
            (rules.Brought.PROFESSIONAL, "I work with young people"),
        ],
        error_messages={"required": "Choose who you are"},
    )


class OneStep(forms.Form):
    """One step of a referral, built from the questions of `referral.toml`."""

    # Machines fill every box they find. People never see this one.
    website = forms.CharField(required=False, label="Leave this box empty", max_length=200)

    def __init__(self, step: Step, brought_by: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in step.asks(brought_by):
            self.fields[question.key] = field_for(question, brought_by)
        self.order_fields([q.key for q in step.asks(brought_by)])

    @property
    def said(self) -> dict[str, Any]:
        """What was said, as plain values; a box that was emptied is kept empty."""
        return {
            key: value.isoformat() if isinstance(value, date) else value or ""
            for key, value in self.cleaned_data.items()
            if key != "website"
        }

    def said_so_far(self) -> dict[str, Any]:
        """What has been typed before it was finished, each box by its own rule; never a date."""
        so_far = {}
        for key, field in self.fields.items():
            if key == "website" or key not in self.data or isinstance(field, DateField):
                continue
            field.required = False
            with suppress(forms.ValidationError):
                so_far[key] = field.clean(self.data[key])
        return so_far


def field_for(question: Question, brought_by: str) -> forms.Field:
    words = question.words(brought_by)
    given: dict[str, Any] = {
        "label": words,
        "help_text": question.hint,
        "required": question.needed,
        "error_messages": {"required": f"Answer “{words}”"},
    }
    if question.kind == "date":
        del given["error_messages"]
        return DateField(called="the date of birth", **given)
    if question.kind == "choice":
        return forms.ChoiceField(
            widget=Radios(), choices=[(c, c) for c in question.choices], **given
        )
    if question.kind == "words":
        return forms.CharField(max_length=5000, widget=forms.Textarea(attrs={"rows": 4}), **given)
    return forms.CharField(max_length=200, **given)


class ReturnCode(forms.Form):
    code = forms.CharField(
        label="Your code",
        help_text="Twelve letters and numbers, like ACDE-FGHJ-KLMN",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Enter your code"},
    )


class Naming(forms.Form):
    name = forms.CharField(label="Full name", max_length=200)
    preferred_name = forms.CharField(
        label="What they like to be called", max_length=100, required=False
    )
    pronouns = forms.CharField(
        label="Pronouns", help_text="If they have said, in their words", max_length=40,
        required=False,
    )  # fmt: skip
    born_on = DateField(label="Date of birth", called="the date of birth")


class Welcoming(Naming):
    cohort = forms.ChoiceField(
        label="How things stand now",
        widget=Radios(),
        choices=[(value, value.capitalize()) for value in rules.COHORTS],
    )
    must_not_be_told = forms.CharField(
        label="Who must not be told about this?",
        help_text="It becomes a notice for the team, on every page about them. Who brought them "
        "may have said something; empty it only if it is wrong.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        required=False,
    )
    hub = forms.ModelChoiceField(label="Hub", queryset=Hub.objects.none(), widget=Radios())
    key_worker = forms.ModelChoiceField(
        label="Key worker",
        help_text="One person who stays, wherever they live",
        queryset=Account.objects.none(),
        empty_label="Choose one person",
    )
    somebody_else = forms.BooleanField(
        label="I have asked: this is not the young person of the same name who is known already",
        required=False,
        widget=forms.HiddenInput(),
    )

    def offer_somebody_else(self) -> None:
        """Asked only of somebody who has been told that the name is known."""
        self.fields["somebody_else"].widget = forms.CheckboxInput()

    def __init__(self, *args: Any, on: date, hubs: list[Hub], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hub"].queryset = Hub.objects.filter(pk__in=[h.pk for h in hubs])  # type: ignore[attr-defined]
        self.fields["key_worker"].queryset = team_queries.key_workers(on)  # type: ignore[attr-defined]


class HowThingsStand(forms.Form):
    standing = forms.ChoiceField(
        label="What is so now?",
        widget=Radios(),
        choices=[
            *((f"cohort|{value}", value.capitalize()) for value in rules.COHORTS),
            *((f"legal|{value}", f"Legal status: {value}") for value in rules.LEGAL),
        ],
    )
    from_on = DateField(label="Since which day?", called="the day it began")
    why = forms.CharField(label="What changed?", widget=Words, max_length=5000, required=False)


class Answering(forms.Form):
    help_named = forms.CharField(
        label="What help is being given?", widget=Words, max_length=5000,
        error_messages={"required": "Say what help is being given"},
    )  # fmt: skip
    given_by = forms.CharField(
        label="Who gives it?", help_text="A name, and where to reach them", max_length=200,
        error_messages={"required": "Name who gives the help"},
    )  # fmt: skip
    by_on = DateField(label="By when?", called="the day the help starts by")
    check_back_on = DateField(
        label="When do we check back?",
        help_text="It stays on the hub's list until somebody has looked again",
        called="the day to check back",
    )


class CheckingBack(forms.Form):
    what_we_found = forms.CharField(label="What did you find?", widget=Words, max_length=5000)


class TellingReferrer(forms.Form):
    how = forms.CharField(
        label="How were they told?", help_text="For example, rang them at home", max_length=200
    )


class Because(forms.Form):
    why = forms.CharField(label="Why?", widget=Words, max_length=5000)


class Search(forms.Form):
    words = forms.CharField(
        label="Name, or part of it",
        max_length=100,
        min_length=2,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": "Enter a name or part of one",
            "min_length": "Enter at least two letters",
        },
    )


class ChangingKeyWorker(forms.Form):
    replaces = forms.IntegerField(widget=forms.HiddenInput())
    to = forms.ModelChoiceField(
        label="New key worker", queryset=Account.objects.none(), empty_label="Choose one person"
    )
    reason = forms.CharField(
        label="Why is it changing?", help_text="Staying is the rule", widget=Words, max_length=5000
    )
    view = forms.CharField(
        label="What does the young person think?",
        help_text="In their words, or why they could not be asked",
        widget=Words,
        max_length=5000,
    )
    handover_note = forms.CharField(
        label="Handover note", help_text="What the new key worker needs to know first",
        widget=Words, max_length=5000,
    )  # fmt: skip
    from_on = DateField(label="From which day?", called="the day it changes")

    def __init__(self, *args: Any, on: date, hub: Hub, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = team_queries.key_workers(on, hub)  # type: ignore[attr-defined]


class Tying(forms.Form):
    account = forms.ModelChoiceField(
        label="Who?", queryset=Account.objects.none(), empty_label="Choose one person"
    )
    why = forms.ChoiceField(
        label="Why?",
        widget=Radios(
            hints={rules.TieWhy.CONFLICT: "This keeps the record shut to them, whatever their role"}
        ),
        choices=[
            (why.value, words)
            for why, words in rules.TIE_WORDS.items()
            if why not in (rules.TieWhy.THEMSELF, rules.TieWhy.FAMILY)
        ],
    )
    until_on = DateField(
        label="Until which day?",
        help_text="Leave empty only for somebody who is kept out",
        called="the day it ends",
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].queryset = queries.who_could_be_tied()  # type: ignore[attr-defined]


class OwnAccount(forms.Form):
    email = forms.EmailField(
        label="The e-mail address of their account",
        help_text="Typed, so that no list of names is shown",
        error_messages={"required": "Enter the e-mail address of their account"},
    )


class PuttingNotice(forms.Form):
    kind = forms.ChoiceField(
        label="What kind?",
        widget=Radios(
            hints={
                rules.NoticeKind.HOW_TO_TALK: "What helps, from their communication profile",
                rules.NoticeKind.MUST_NOT_BE_TOLD: "Read by the team only: never by family",
            }
        ),
        choices=[(kind.value, words) for kind, words in rules.NOTICE_WORDS.items()],
    )
    words = forms.CharField(
        label="What must everybody know?",
        help_text="One or two lines. Leave addresses out: they have a place of their own.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
    )
    told = forms.ChoiceField(
        label="Does the young person know this is here?",
        widget=Radios(),
        choices=[(told.value, words) for told, words in rules.TOLD_WORDS.items()],
    )
    review_on = DateField(label="When do we look at it again?", called="the day to look again")


class AddingAddress(forms.Form):
    whose = forms.CharField(
        label="Whose address is it?", help_text="For example, gran", max_length=100
    )
    lines = forms.CharField(
        label="Address", widget=forms.Textarea(attrs={"rows": 4}), max_length=500
    )
    postcode = forms.CharField(label="Postcode", max_length=10, required=False)
    from_on = DateField(label="Since when?", called="the day they lived there from")


class Wording(forms.Form):
    wording = forms.CharField(label="In our words", widget=Words, max_length=500)
