"""The steps of a plan about money and effects: nights, what is paid beside, and what may change."""

from decimal import Decimal
from typing import Any

from onedoor.evidence.money import effects, rates, years
from onedoor.evidence.money.plan import PERSPECTIVES
from onedoor.govuk.fields import DateField
from onedoor.programme import planning
from onedoor.programme.forms.asking import (
    FIVE_ABOVE,
    FIVE_BELOW,
    FirstOfMonth,
    Step,
    choice,
    number,
    percent,
    pounds,
    several,
    source,
    whole,
    words,
)


class NightsStep(Step):
    rows = ("own_",)

    def ask(self) -> None:
        items = self.known.items("night", "week")
        nothing = (planning.NOBODY_PAYS, "Nobody pays for a night there")
        for home, text in self.known.homes_by_night():
            by_name = {"external": "external_home"}.get(home, home)
            there = by_name in dict(items)
            self.fields[f"night_{home}"] = choice(
                text, [*items, nothing], required=home != planning.BY_THE_HOME,
                initial=by_name if there else None,
            )  # fmt: skip
        self.part(
            "What a night costs in each kind of home that your returns know",
            "Where the rate card has a price of the same name, it is chosen already.",
            *self.fields,
        )
        if "night_own_home" not in self.fields:
            return
        self.fields["own_item"] = choice(
            "Price of one home by the year", self.known.items("year"), required=False
        )
        self.fields["own_homes"] = whole("How many are open now", most=1000, required=False)
        self.fields["own_places"] = whole("Places in each", most=100, least=1, required=False)
        self.fields["own_months"] = whole(
            "Months that a home must not be needed before it can close", most=60, least=1,
            required=False,
        )  # fmt: skip
        self.part(
            "The council’s own homes, if they are paid by the home",
            "An empty place in an own home saves nothing: money comes free when a whole home can "
            "close. If you fill this in, leave its price by the night above empty.",
            "own_item", "own_homes", "own_places", "own_months",
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "night_own_home" in self.fields and "night_own_home" not in self.errors:
            by_night, by_home = cleaned.get("night_own_home"), cleaned.get("own_item")
            if bool(by_night) == bool(by_home) and "own_item" not in self.errors:
                wrong = "is there twice: keep one" if by_home else "is missing: give one"
                self.add_error(
                    "night_own_home", f"Its price, by the night or by the home, {wrong} of the two"
                )
        return cleaned


class MoneyStep(Step):
    rows = (*(f"once{n}_" for n in planning.ONCE), "double_")

    def ask(self) -> None:
        add, optional = self.fields, {"required": False}
        first = years.named(self.known.last_year)
        add["perspective"] = choice(
            "Whose money the headline counts", [(key, key.capitalize()) for key in PERSPECTIVES],
            "The council’s own counts cash only. All three are in the results.",
        )  # fmt: skip
        add["price_base"] = choice(
            "The year of the prices",
            [(year, year) for year in (years.after(first, n) for n in range(-3, 2))],
            "Every figure is shown in pounds of this year, without inflation.",
        )  # fmt: skip
        self.part("How it is shown", "", *add)
        events, yearly = self.known.items("event"), self.known.items("year")
        for n in planning.ONCE:
            row = f"once{n}_"
            add[row + "item"] = choice("Its price", events, **optional)
            add[row + "words"] = words("What it is for", **optional)
            add[row + "many"] = number("How many", **optional)
            add[row + "on"] = DateField(
                label="The day it is paid", called="the day it is paid", **optional
            )
            self.part(
                f"Paid once, {n} of {len(planning.ONCE)}",
                "Building, training, moving in. Its price is in the rate card, for an event."
                if n == 1 else "",
                *(name for name in add if name.startswith(row)), more=n > 1,
            )  # fmt: skip
        add["double_item"] = choice("Its price by the year", yearly, **optional)
        add["double_words"] = words("What it is for", **optional)
        add["double_many"] = number("How many", **optional)
        add["double_first"] = FirstOfMonth(label="From", called="the first day", **optional)
        add["double_until"] = FirstOfMonth(label="Until", called="the last day", **optional)
        self.part(
            "Double running", "What is paid for the old and the new at once, for a time.",
            *(name for name in add if name.startswith("double_")),
        )  # fmt: skip
        for n in planning.AWARDS:
            self._award(n)

    def _award(self, n: int) -> None:
        """One award: what, from whom, whose, and two figures for each financial year."""
        add, row, optional = self.fields, f"award{n}_", {"required": False}
        payers = [(payer, payer.replace("_", " ").capitalize()) for payer in rates.PAYERS]
        add[row + "words"] = words("What it is for", **optional)
        add[row + "payer"] = choice("From", payers, **optional)
        add[row + "share"] = percent(
            "Share of it to the council",
            "The rest goes to the programme’s central team. 100 if the council has it all.",
            **optional,
        )
        add[row + "source"] = source("this award", **optional)
        for year in planning.award_years(self.known.answers, self.known.last_year):
            add[f"{row}low_{year}"] = pounds(f"{year}: at least", **optional)
            add[f"{row}high_{year}"] = pounds(f"{year}: at most", **optional)
        self.part(
            f"Award, {n} of {len(planning.AWARDS)}",
            "Money from others is shown beside a saving, never inside it. Give pounds of each "
            "financial year, the same twice where it is sure; leave a year empty if nothing comes."
            if n == 1 else "",
            *(name for name in add if name.startswith(row)), more=n > 1,
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for n in planning.AWARDS:
            row = f"award{n}_"
            named = [row + each for each in ("words", "payer", "share", "source")]
            there = [
                year
                for year in planning.award_years(self.known.answers, self.known.last_year)
                if self._year(cleaned, row, year)
            ]
            said = [name for name in named if cleaned.get(name) not in (None, "")]
            if not said and not there:
                continue
            for name in named:
                if name not in said and name not in self.errors:
                    self.add_error(name, "Answer this too, or leave all of this part empty")
            if not there:
                first = next(name for name in self.fields if name.startswith(row + "low_"))
                self.add_error(first, "Give what comes in one year or more, or take this award out")
        return cleaned

    def _year(self, cleaned: dict[str, Any], row: str, year: str) -> bool:
        """Whether anything is said of a year, with what is wrong in it beside its boxes."""
        names = [f"{row}{bound}_{year}" for bound in ("low", "high")]
        low, high = (cleaned.get(name) for name in names)
        for name, value in zip(names, (low, high), strict=True):
            if value is None and (low, high) != (None, None) and name not in self.errors:
                self.add_error(name, "Give this too: the same as the other where the award is sure")
        if low is not None and high is not None and high < low:
            self.add_error(names[1], "It must not be below the least")
        return (low, high) != (None, None) or bool(set(names) & set(self.errors))


class EffectsStep(Step):
    rows = tuple(f"own{n}_" for n in planning.OWN_RANGES)

    def ask(self) -> None:
        known = [(key, each.words) for key, each in effects.sceptical().items()]
        low, _, high = effects.sceptical()["entry"].ratio
        self.fields["assumed"] = several(
            "What the plan may change", known,
            f"Each is a range: between {1 - low:.0%} fewer and {high - 1:.0%} more, 9 times in 10. "
            "It is our sceptical judgement, the same for all. With none chosen, the costing shows "
            "what the hubs cost.", required=False,
        )  # fmt: skip
        self.fields["instead"] = choice(
            "Where those live who do not go to an external home",
            [each for each in self.known.homes_by_night() if each[0] != "external"],
            "Nobody vanishes. Needed only with external children’s homes.", required=False,
        )  # fmt: skip
        self.part("", "", "assumed", "instead")
        for n in planning.OWN_RANGES:
            row = f"own{n}_"
            self.fields[row + "key"] = choice("For", known, required=False)
            ratio = {"most": 100, "min_value": Decimal("0.01"), "required": False}
            self.fields[row + "low"] = number("Lowest ratio", FIVE_BELOW, **ratio)
            self.fields[row + "high"] = number("Highest ratio", FIVE_ABOVE, **ratio)
            self.fields[row + "source"] = source("this range", required=False)
            self.part(
                f"A range of your own, {n} of {len(planning.OWN_RANGES)}",
                "A ratio of rates, with the model to without it: 1 is no change, 0.8 is a fifth "
                "less." if n == 1 else "",
                *(name for name in self.fields if name.startswith(row)), more=n > 1,
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        assumed = cleaned.get("assumed", [])
        if "external" in assumed and not cleaned.get("instead"):
            self.add_error("instead", "Choose where those live who do not go to an external home")
        for row in self.rows:
            low, high = cleaned.get(row + "low"), cleaned.get(row + "high")
            if low and high and high < low + Decimal("0.001"):
                self.add_error(row + "high", "It must be above the lowest: an effect is a range")
            if cleaned.get(row + "key") and cleaned[row + "key"] not in assumed:
                self.add_error(row + "key", "Choose it above too, or take this range out")
        return cleaned


class EventsStep(Step):
    rows = tuple(f"{key}_" for key in planning.EVENTS)

    def ask(self) -> None:
        said = {"missing": "Episodes of missing", "arrest": "Arrests"}
        said["crisis"] = "Presentations in crisis at A&E"
        for key in planning.EVENTS:
            self.fields[f"{key}_item"] = choice(
                "Its price", self.known.items("event"), required=False
            )
            per = {"most": 1000, "min_value": Decimal("0.0001"), "required": False}
            self.fields[f"{key}_low"] = number("At least, in 1,000 nights", FIVE_BELOW, **per)
            self.fields[f"{key}_high"] = number("At most, in 1,000 nights", FIVE_ABOVE, **per)
            self.fields[f"{key}_source"] = source("this count", required=False)
            self.part(
                said[key], "", *(name for name in self.fields if name.startswith(f"{key}_"))
            )  # fmt: skip
