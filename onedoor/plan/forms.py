from collections.abc import Iterable
from datetime import date, timedelta

from django import forms

from onedoor.door.models import YoungPerson
from onedoor.govuk.fields import DateField, Radios
from onedoor.plan import rules
from onedoor.plan.models import Aspiration
from onedoor.team.models import Account

THEMSELF = "themself"


def _people(young_person: YoungPerson, helpers: Iterable[Account]) -> list[tuple[str, str]]:
    return [
        (THEMSELF, f"{young_person.called}, themself"),
        *((str(account.pk), account.name) for account in helpers),
    ]


class _OwnerField(forms.ChoiceField):
    """Whose step it is: an account, or nobody for the young person's own."""

    def __init__(self, young_person: YoungPerson, helpers: Iterable[Account], label: str) -> None:
        self.helpers = {str(account.pk): account for account in helpers}
        super().__init__(choices=_people(young_person, self.helpers.values()), label=label)

    def clean(self, value: str) -> Account | None:
        return self.helpers.get(super().clean(value))


class Hear(forms.Form):
    words = forms.CharField(widget=forms.Textarea)
    about = forms.ChoiceField(widget=Radios, choices=list(rules.ABOUT_WORDS.items()))
    said_on = DateField(label="When was it said?", called="the day it was said")

    def __init__(self, young_person: YoungPerson, today: date, *args) -> None:
        super().__init__(*args, initial={"said_on": today, "about": rules.About.ANYTHING})
        self.fields["words"].label = f"What did {young_person.called} say?"
        self.fields["words"].help_text = "In their words, not yours. One sentence is enough."
        self.fields["about"].label = "What were they talking about?"


class Aspire(forms.Form):
    age = forms.TypedChoiceField(
        label="At what age?",
        coerce=int,
        widget=Radios(attrs={"class": "govuk-radios--inline"}),
        choices=[(age, str(age)) for age in rules.AGES],
    )
    words = forms.CharField(widget=forms.Textarea)
    said_on = DateField(label="When was it said?", called="the day it was said")

    def __init__(self, young_person: YoungPerson, today: date, age: int | None, *args) -> None:
        super().__init__(*args, initial={"said_on": today, "age": age})
        self.fields["words"].label = f"What does {young_person.called} want life to be like then?"
        self.fields["words"].help_text = "In their words. Anything counts: a dog, a job, a garden."


class AgreeGoal(forms.Form):
    words = forms.CharField(widget=forms.Textarea(attrs={"rows": "3"}))
    with_whom = forms.CharField(label="Who agreed it?", max_length=200)
    aspiration = forms.ChoiceField(label="What is it a step towards?", required=False)
    agreed_on = DateField(label="When was it agreed?", called="the day it was agreed")
    step = forms.CharField(
        label="What is the first step?", widget=forms.Textarea(attrs={"rows": "3"})
    )
    step_by_on = DateField(label="By when?", called="the day to do it by")

    def __init__(
        self,
        young_person: YoungPerson,
        today: date,
        by: Account,
        helpers: Iterable[Account],
        aspirations: Iterable[Aspiration],
        *args,
    ) -> None:
        initial = {
            "agreed_on": today,
            "step_by_on": today + timedelta(days=7),
            "with_whom": f"{young_person.called} and {by.name}",
        }
        super().__init__(*args, initial=initial)
        called = young_person.called
        self.fields["words"].label = f"What does {called} want to happen?"
        self.fields["words"].help_text = f"Write it as {called} would say it."
        self.fields["with_whom"].help_text = f"For example, {called}, Nan and their key worker"
        self.fields["step"].help_text = "One small thing that somebody can do soon."
        self.fields["step_owner"] = _OwnerField(young_person, helpers, "Who will do it?")
        self.aspirations = {str(a.pk): a for a in aspirations}
        self.fields["aspiration"].choices = [("", "Choose")] + [
            (key, f"At {a.age}: {_short(a.words)}") for key, a in self.aspirations.items()
        ]
        if not self.aspirations:
            del self.fields["aspiration"]
        self.order_fields(
            ["words", "with_whom", "aspiration", "agreed_on", "step", "step_owner", "step_by_on"]
        )

    def clean_aspiration(self) -> Aspiration | None:
        return self.aspirations.get(self.cleaned_data["aspiration"])


class AddStep(forms.Form):
    what = forms.CharField(label="What will be done?", widget=forms.Textarea(attrs={"rows": "3"}))
    by_on = DateField(label="By when?", called="the day to do it by")

    def __init__(
        self, young_person: YoungPerson, today: date, helpers: Iterable[Account], *args
    ) -> None:
        super().__init__(*args, initial={"by_on": today + timedelta(days=7)})
        self.fields["what"].help_text = "One small thing. Small is good."
        self.fields["owner"] = _OwnerField(young_person, helpers, "Who will do it?")
        self.order_fields(["what", "owner", "by_on"])


class StepDone(forms.Form):
    done_on = DateField(label="When was it done?", called="the day it was done")

    def __init__(self, today: date, *args) -> None:
        super().__init__(*args, initial={"done_on": today})


class EndGoal(forms.Form):
    ended_as = forms.ChoiceField(
        label="How has it ended?",
        choices=list(rules.ENDED_WORDS.items()),
        widget=Radios(
            hints={
                rules.EndedAs.REACHED: "It happened. Tell everybody.",
                rules.EndedAs.SET_ASIDE: "It is not what they want now, or it has to wait.",
            }
        ),
    )
    why = forms.CharField(
        label="In a few words, what happened?", widget=forms.Textarea, required=False
    )
    ended_on = DateField(label="On what day?", called="the day")

    def __init__(self, young_person: YoungPerson, today: date, *args) -> None:
        super().__init__(*args, initial={"ended_on": today})
        why = self.fields["why"]
        why.help_text = f"{young_person.called} will read this. Say why if it is set aside."


def _short(words: str, longest: int = 60) -> str:
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"
