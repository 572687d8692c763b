"""How a step of a plan asks: its parts and rows, what it may offer, the boxes it is made of."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from onedoor.govuk.fields import DateField
from onedoor.programme import planning

FIVE_BELOW = "You would be surprised to see less: 5 times in 100."
FIVE_ABOVE = "You would be surprised to see more: 5 times in 100."
SOURCE_HINT = "Name it so that somebody else can find it, or write: our judgement."


@dataclass(frozen=True)
class Known:
    """What a step may offer: what is kept, the card's prices, and what was said before."""

    answers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    returns: Sequence[tuple[str, str]] = ()
    cards: Sequence[tuple[str, str]] = ()
    homes: Sequence[str] = ()
    last_year: int = 0
    prices: Sequence[tuple[str, str]] = ()

    def items(self, *units: str) -> list[tuple[str, str]]:
        """The priced items by these units, each once, as choices."""
        found = dict.fromkeys(item for item, unit in self.prices if unit in units)
        return [(item, item.replace("_", " ").capitalize()) for item in found]

    def homes_by_night(self) -> list[tuple[str, str]]:
        outside = "External children’s home"
        return [
            (home, outside if home == "external" else planning.words(home))
            for home in planning.homes_asked(self.homes)
        ]


class Step(forms.Form):
    """`parts` are (heading, why, names of fields, whether it is one more of the same); `rows` are
    prefixes answered whole or not."""

    rows: tuple[str, ...] = ()

    def __init__(self, known: Known, *given: Any, **more: Any) -> None:
        self.known = known
        super().__init__(*given, **more)
        self.parts: list[tuple[str, str, list[str], bool]] = []
        self.ask()

    def ask(self) -> None:
        """Add what depends on what is known, and sort the fields into parts."""
        self.part("", "", *self.fields)

    def part(self, heading: str, why: str, *names: str, more: bool = False) -> None:
        self.parts.append((heading, why, list(names), more))

    def shown(self) -> Iterator[tuple[str, str, list[forms.BoundField], bool]]:
        """Each part with its fields, and whether it is folded: one more of the same, and empty."""
        for heading, why, names, more in self.parts:
            fields = [self[name] for name in names]
            said = any(field.errors or _is_said(field.value()) for field in fields)
            yield heading, why, fields, more and not said

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for prefix in self.rows:
            names = [name for name in self.fields if name.startswith(prefix)]
            given = [name for name in names if cleaned.get(name) not in (None, "", [])]
            for name in names if given else ():
                if name not in given and name not in self.errors:
                    self.add_error(name, "Answer this too, or leave all of this part empty")
        return cleaned

    def said(self) -> dict[str, Any]:
        """The answers as plain values, without those left empty."""
        return {
            name: _plain(value)
            for name, value in self.cleaned_data.items()
            if value not in (None, "", [])
        }

    def as_asked(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """Answers kept earlier, as the fields take them."""
        empty = dict.fromkeys(self.fields)
        dates = {name for name, asked in self.fields.items() if isinstance(asked, DateField)}
        return empty | {
            name: date.fromisoformat(value) if name in dates else value
            for name, value in said.items()
        }


def _is_said(value: Any) -> bool:
    """Whether a box, or any box of a date, holds something."""
    several = list(value.values()) if isinstance(value, Mapping) else value
    return any(map(_is_said, several)) if isinstance(several, list) else bool(several)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else value


def number(label: str, hint: str = "", *, most: int = 10_000, **more: Any) -> forms.DecimalField:
    limits = {"min_value": 0, "max_value": most, "decimal_places": 4, "max_digits": 12}
    return forms.DecimalField(label=label, help_text=hint, **{**limits, **more})


def percent(label: str, hint: str = "", **more: Any) -> forms.DecimalField:
    widget = forms.NumberInput(attrs={"suffix": "%"})
    return number(label, hint, most=100, widget=widget, **more)


def pounds(label: str, hint: str = "", **more: Any) -> forms.DecimalField:
    widget = forms.NumberInput(attrs={"prefix": "£", "class": "govuk-input--width-10"})
    limits = {"most": 10**9, "decimal_places": 2}
    return number(label, hint, widget=widget, **{**limits, **more})


def whole(label: str, hint: str = "", *, most: int, least: int = 0, **more: Any):
    return forms.IntegerField(
        label=label, help_text=hint, min_value=least, max_value=most, **more
    )  # fmt: skip


def choice(label: str, choices: Iterable[tuple[str, str]], hint: str = "", **more: Any):
    return forms.ChoiceField(
        label=label, help_text=hint, choices=[("", "Choose one"), *choices], **more
    )  # fmt: skip


def several(label: str, choices: Iterable[tuple[str, str]], hint: str = "", **more: Any):
    return forms.MultipleChoiceField(
        label=label, help_text=hint, choices=list(choices),
        widget=forms.CheckboxSelectMultiple, **more,
    )  # fmt: skip


def words(label: str, hint: str = "", **more: Any) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, max_length=200, **more)


def source(of: str, **more: Any) -> forms.CharField:
    return words(f"Where {of} comes from", SOURCE_HINT, **more)


class FirstOfMonth(DateField):
    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        if found is not None and found.day != 1:
            raise ValidationError(f"{self.opening} must be the first of a month")
        return found
