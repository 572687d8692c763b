"""The steps of a plan about its hubs, one form each, and all the steps by name.

Nothing that was not published has an answer filled in.
"""

from datetime import date
from typing import Any

from django import forms

from onedoor.evidence.money import years
from onedoor.evidence.money.plan import lines
from onedoor.govuk.fields import Radios
from onedoor.programme import planning
from onedoor.programme.forms.asking import (
    FIVE_ABOVE,
    FIVE_BELOW,
    FirstOfMonth,
    Step,
    choice,
    number,
    percent,
    several,
    source,
    whole,
)
from onedoor.programme.forms.pricing import EffectsStep, EventsStep, MoneyStep, NightsStep


class ReturnsStep(Step):
    def ask(self) -> None:
        self.fields["returns"] = forms.ChoiceField(
            label="Which returns", choices=self.known.returns, widget=Radios,
            help_text="The costing begins with the financial year after the last of them.",
        )  # fmt: skip
        for name, label, ages in (
            ("youngest", "Youngest age", (0, 1, 5, 10, 12, 14, 16)),
            ("oldest", "Oldest age", (4, 9, 11, 13, 15, 17)),
        ):
            self.fields[name] = forms.TypedChoiceField(
                label=label, coerce=int, choices=[(age, str(age)) for age in ages],
                initial={"youngest": 12, "oldest": 17}[name],
                help_text="Whole years, counted. Bands of age with one rate begin and end here.",
            )  # fmt: skip
        super().ask()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("oldest", 0) < cleaned.get("youngest", 0):
            self.add_error("oldest", "The oldest age must not be below the youngest")
        return cleaned


class PricesStep(Step):
    def ask(self) -> None:
        self.fields["card"] = forms.ChoiceField(
            label="Which rate card", choices=self.known.cards, widget=Radios,
            help_text="Each costing keeps the version it was made with. A later version alters "
            "none.",
        )  # fmt: skip
        self.fields["remand"] = forms.BooleanField(
            label="Use the prices that the law sets for nights on remand", required=False,
            help_text="By night and kind of place, from the regulations. A night less is money "
            "avoided, not cash: councils are funded for remand.",
        )  # fmt: skip
        super().ask()


class HubStep(Step):
    rows = ("later_",)

    def ask(self) -> None:
        add = self.fields
        add["years"] = whole(
            "How many financial years", most=10, least=1, initial=planning.USUAL_YEARS
        )  # fmt: skip
        add["hubs"] = whole("How many hubs open", most=20, least=1)
        add["opens"] = FirstOfMonth(
            label="The day they open", called="the day they open",
            help_text="The first of a month, in the years of the costing.",
        )  # fmt: skip
        self.there = set(self.known.homes) & set(planning.NOT_PRICED)
        if self.there:
            add["hubs_now"] = whole(
                "How many hubs there are now", most=20, least=1,
                hint="Young people live in a hub already, by the list that came with the returns. "
                "Those hubs are paid for with the plan and without it.",
            )  # fmt: skip
        self.part("Hubs", "A hub’s team is paid from the day it opens.", *add)
        for lead, heading, why in (
            ("", "Beds of each hub when it opens", "A hub was published with four beds to live in "
             "and two for emergencies (Lushey, 2017). Yours may have others."),
            ("later_", "More or fewer beds later", "If the hubs fill up step by step. Otherwise "
             "leave this empty."),
        ):  # fmt: skip
            needed = lead == ""
            names = [f"{lead}hub_home", f"{lead}hub_emergency"]
            add[names[0]] = whole(
                "Beds to live in" if needed else "Later: beds to live in", most=100, required=needed
            )  # fmt: skip
            add[names[1]] = whole(
                "Emergency beds" if needed else "Later: emergency beds", most=100, required=needed
            )  # fmt: skip
            if not needed:
                add["later_on"] = FirstOfMonth(
                    label="The day from which that holds",
                    called="the day from which that holds",
                    required=False,
                )
                names.append("later_on")
            self.part(heading, why, *names)
        add["outreach_caseload"] = whole(
            "Young people each hub supports at once in outreach",
            "About 40 young people to each hub at once was published, without saying how many of "
            "them are in its beds (scie.org.uk/strengthening-families/north-yorks-no-wrong-door). "
            "Give yours, or 0.",
            most=1000,
        )
        self.part(
            "Outreach", "Support in their own homes, by the same team.", "outreach_caseload"
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, many = years.begins(years.named(self.known.last_year)), cleaned.get("years")
        until = date(first.year + many, 4, 1) if many else None
        for name in ("opens", "later_on"):
            on = cleaned.get(name)
            if on and until and not first <= on < until:
                self.add_error(
                    name, f"It must be from {years.said(first)} to before {years.said(until)}"
                )
        for name in (f"{lead}{bed}" for lead in ("", "later_") for bed in sorted(self.there)):
            if cleaned.get(name):
                self.add_error(
                    name,
                    "Young people live in such beds already in these returns, so a plan cannot add "
                    "any. Answer 0, or bring the returns again without the hub on their list",
                )
        if cleaned.get("hub_emergency") and not cleaned.get("hub_home"):
            self.add_error("hub_home", "A hub with emergency beds needs a bed to live in")
        return cleaned


class TeamStep(Step):
    rows = ("families_", "lodgings_", "outreach_")

    def ask(self) -> None:
        yearly = self.known.items("year")
        for post, fte in lines.shape().items():
            missing = f" {_no_price(post)}" if f"pay_{post}" not in dict(yearly) else ""
            self.fields[f"fte_{post}"] = number(
                post.replace("_", " ").capitalize(), f"Full-time equivalents in each hub.{missing}",
                most=100, initial=fte,
            )  # fmt: skip
        self.part(
            "The team of each hub",
            "What is filled in is the team that was published (cypnow.co.uk); change it to yours. "
            "Pay is in the rate card, with everything the employer pays on top.",
            *self.fields,
        )
        self.fields["running"] = several(
            "What a hub costs by the year beside its team",
            [each for each in yearly if not each[0].startswith("pay_")],
            "The house, its running, relief workers. What this comes to was not published "
            "anywhere, so it has to be in your rate card as a price by the year.",
        )  # fmt: skip
        self.part("The house", "", "running")
        for key, heading in (
            ("families", "Hub community families"), ("lodgings", "Supported lodgings"),
            ("outreach", "Outreach beside the team"),
        ):  # fmt: skip
            self.fields[f"{key}_many"] = number("How many, to all hubs together", required=False)
            self.fields[f"{key}_item"] = choice("Their price by the year", yearly, required=False)
            why = "Paid from the day the hubs open, full or empty. Leave empty if there are none."
            self.part(heading, why, f"{key}_many", f"{key}_item")

    def clean(self) -> dict[str, Any]:
        cleaned, yearly = super().clean(), dict(self.known.items("year"))
        for post in lines.shape():
            if cleaned.get(f"fte_{post}") and f"pay_{post}" not in yearly:
                self.add_error(f"fte_{post}", _no_price(post))
        return cleaned


def _no_price(post: str) -> str:
    return f"The rate card has no price pay_{post}. Add a row to it, or make this 0."


class BedStep(Step):
    """Who comes to one kind of bed, for how long, and where they go then. None of it is known."""

    bed = "hub_home"

    def ask(self) -> None:
        said, homes = self.known.answers, self.known.homes_by_night()
        add = self.fields
        ages = said.get("returns", {})
        add["instead_of"] = several("Where they would have gone without a hub", homes)
        add["comes_youngest"] = whole(
            "From age", "Bands begin at 0, 1, 5, 10, 12, 14 and 16.", most=17,
            initial=ages.get("youngest"),
        )  # fmt: skip
        add["comes_oldest"] = whole("To age", most=17, initial=ages.get("oldest"))
        add["comes_low"] = percent("Of those, at least this many come to the hub", FIVE_BELOW)
        add["comes_high"] = percent("At most this many", FIVE_ABOVE)
        add["comes_months"] = whole("Months until as many come", most=60, least=1)
        add["comes_source"] = source("this share")
        self.part("Who comes", "", *add)
        names = ("days_low", "days_high", "days_source")
        add[names[0]] = number("At least so many days, on average", FIVE_BELOW, most=1461)
        add[names[1]] = number("At most so many days, on average", FIVE_ABOVE, most=1461)
        add[names[2]] = source("this range of days")
        self.part("How long they stay", "", *names)
        onward = [(home, text) for home, text in homes if home != "external"]
        onward += [(each, planning.words(each)) for each in self.known.homes
                   if each in planning.EXTERNAL]  # fmt: skip
        if_full = list(onward)
        if self.bed != "hub_home":
            onward.insert(0, ("hub_home", "A bed to live in, in the hub"))
        elif "emergency" in planning.steps_of(said):
            onward.insert(0, ("hub_emergency", "An emergency bed of the hub"))
        onward.append(("left", "Home, or on to independence: out of care"))
        self.onward = [f"next_{home}" for home, _ in onward]
        for home, text in onward:
            add[f"next_{home}"] = percent(text, required=False)
        add["onward_source"] = source("this split")
        self.part(
            "Where they go then", "Out of 100 who leave this bed. Together they must be 100.",
            *self.onward, "onward_source",
        )  # fmt: skip
        add["if_full"] = choice("Where they go when the hub is full", if_full)
        self.part("When every bed is taken", "", "if_full")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        total = sum(cleaned.get(name) or 0 for name in self.onward)
        if total != 100 and not set(self.onward) & set(self.errors):
            self.add_error(self.onward[0], f"Together these are {total:.4g}%. Make them 100%")
        for low, high in (("comes_low", "comes_high"), ("days_low", "days_high")):
            if low in cleaned and high in cleaned and not cleaned[low] < cleaned[high]:
                self.add_error(high, "It must be above the least: an assumption is a range")
        return cleaned


class EmergencyStep(BedStep):
    bed = "hub_emergency"


FORMS: dict[str, type[Step]] = {
    "returns": ReturnsStep,
    "prices": PricesStep,
    "hub": HubStep,
    "team": TeamStep,
    "living": BedStep,
    "emergency": EmergencyStep,
    "nights": NightsStep,
    "money": MoneyStep,
    "effects": EffectsStep,
    "events": EventsStep,
}
