"""The fields and widgets Django lacks: a date in three boxes, a moment in four, several files,
and choices with a hint or a further question beneath each."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from onedoor.govuk.words import LONDON, in_london

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
TIMES_IN_WORDS = {"midday": time(12), "noon": time(12), "midnight": time(0)}
TIME = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?\s*(am|pm)?")


class Radios(forms.RadioSelect):
    """Radio buttons; `hints` says more under a choice, `reveals` names the field a choice asks."""

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Any = (),
        *,
        hints: Mapping[str, str] | None = None,
        reveals: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(attrs, choices)
        self.hints = dict(hints or {})
        self.reveals = dict(reveals or {})


class Checkboxes(forms.CheckboxSelectMultiple):
    """Checkboxes; `hints` says more under a choice, `reveals` names the field a choice asks."""

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Any = (),
        *,
        hints: Mapping[str, str] | None = None,
        reveals: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(attrs, choices)
        self.hints = dict(hints or {})
        self.reveals = dict(reveals or {})


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; the cleaned value is a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        if not data:
            super().clean(None, initial)
            return []
        return [super(FilesField, self).clean(one, initial) for one in data]


class DateBoxes(forms.MultiWidget):
    """Day, month and year, each in a box of its own."""

    parts: tuple[str, ...] = ("day", "month", "year")

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part: forms.TextInput() for part in self.parts}, attrs)

    def decompress(self, value: Any) -> list[Any]:
        if not isinstance(value, date):
            return [""] * len(self.parts)
        return [value.day, value.month, value.year]


class MomentBoxes(DateBoxes):
    """Day, month, year, and the time in words people use: 5:30pm, 17:30, midday."""

    parts = ("day", "month", "year", "time")

    def decompress(self, value: Any) -> list[Any]:
        if not isinstance(value, datetime):
            return [*super().decompress(value)[:3], ""]
        local = in_london(value)
        return [local.day, local.month, local.year, f"{local:%H:%M}"]


class DateField(forms.MultiValueField):
    """A date. `called` is how the error messages speak of it: "the date you met"."""

    widget: Any = DateBoxes

    def __init__(self, *, called: str = "the date", **kwargs: Any) -> None:
        self.called = called
        boxes = [forms.CharField(required=False) for _ in self.widget.parts]
        super().__init__(boxes, require_all_fields=False, **kwargs)

    def clean(self, value: Any) -> Any:
        if self.disabled and not isinstance(value, list):
            value = self.widget.decompress(value)
        texts = [str(text or "").strip() for text in value or [""] * len(self.fields)]
        if not any(texts):
            if self.required:
                raise self.wrong(f"Enter {self.called}", "required", self.widget.parts)
            return None
        found = self.read(texts)
        self.run_validators(found)
        return found

    def read(self, texts: list[str]) -> Any:
        self.check_nothing_missing(texts)
        return self.read_date(texts)

    def check_nothing_missing(self, texts: list[str]) -> None:
        parts = self.widget.parts
        missing = [part for part, text in zip(parts, texts, strict=True) if not text]
        if missing:
            named = " and ".join(f"a {part}" for part in missing)
            raise self.wrong(f"{self.opening} must include {named}", "incomplete", missing)

    def read_date(self, texts: list[str]) -> date:
        day, month, year = texts[0], texts[1].lower(), texts[2]
        if not re.fullmatch(r"\d{4}", year):
            raise self.wrong("Year must include 4 numbers, like 2026", "year", ["year"])
        number = MONTHS.index(month[:3]) + 1 if month[:3] in MONTHS else month
        try:
            return date(int(year), int(number), int(day))
        except ValueError:
            boxes = ("day", "month", "year")
            raise self.wrong(f"{self.opening} must be a real date", "not_real", boxes) from None

    @property
    def opening(self) -> str:
        return self.called[:1].upper() + self.called[1:]

    def wrong(self, sentence: str, code: str, parts: Any) -> ValidationError:
        # The parts ride along so that the drawing marks the right boxes and links to the first.
        return ValidationError(sentence.replace("%", "%%"), code, {"parts": tuple(parts)})


class MomentField(DateField):
    """A date and a time in England, as an aware datetime."""

    widget = MomentBoxes

    def __init__(self, *, called: str = "the date and time", **kwargs: Any) -> None:
        super().__init__(called=called, **kwargs)

    def read(self, texts: list[str]) -> datetime:
        self.check_nothing_missing(texts)
        on, at = self.read_date(texts), self.read_time(texts[3])
        found = datetime.combine(on, at, LONDON)
        # In the hour the clocks skip in March, going to UTC and back gives another time.
        back = found.astimezone(UTC).astimezone(LONDON)
        if (back.hour, back.minute) != (at.hour, at.minute):
            sentence = "The clocks went forward in that hour, so there was no such time"
            raise self.wrong(sentence, "skipped", ["time"])
        return found

    def read_time(self, text: str) -> time:
        said = text.lower().strip()
        if said in TIMES_IN_WORDS:
            return TIMES_IN_WORDS[said]
        parsed = TIME.fullmatch(said)
        hour, minute, half = parsed.groups() if parsed else ("", None, None)
        if half and 1 <= int(hour) <= 12:
            hour = str(int(hour) % 12 + (12 if half == "pm" else 0))
        elif half or not minute or len(hour) == 1 and hour != "0":
            # "5:30" alone could be the morning or the evening: ask rather than guess.
            raise self.wrong(TIME_SENTENCE, "time", ["time"])
        try:
            return time(int(hour), int(minute or 0))
        except ValueError:
            raise self.wrong(TIME_SENTENCE, "time", ["time"]) from None


TIME_SENTENCE = "Enter the time with am or pm, like 5:30pm, or on the 24-hour clock, like 17:30"
