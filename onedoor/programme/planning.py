"""From what was said at each step of a draft to the plan that is costed."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from onedoor.evidence.model import states
from onedoor.evidence.money import years

Answers = Mapping[str, Mapping[str, Any]]

# In the order in which they are asked. `check` is a page of its own.
STEPS = {
    "returns": "The returns",
    "prices": "The rate card",
    "hub": "The hubs and their beds",
    "team": "The team",
    "living": "Who lives in the hub",
    "emergency": "Who comes in an emergency",
    "nights": "The price of a night",
    "money": "The money around it",
    "effects": "What it may change",
    "events": "Missing, arrests and crises",
}
EXTERNAL = ("external_in", "external_out", "external_home")
BEDS = {"living": "hub_home", "emergency": "hub_emergency"}
NOT_PRICED = ("hub_home", "hub_emergency")
NOBODY_PAYS = "nobody_pays"
BY_THE_HOME = "own_home"
USUAL_YEARS = 5
ONCE, AWARDS, OWN_RANGES = range(1, 4), range(1, 4), range(1, 4)
EVENTS = ("missing", "arrest", "crisis")


def words(state: str) -> str:
    return states.states("all_care").state(state).words


def steps_of(answers: Answers) -> dict[str, str]:
    """The steps that this draft needs: no stay is asked about for beds that it does not have."""
    hub = answers.get("hub", {})
    skipped = {
        step
        for step, bed in BEDS.items()
        if hub and not hub.get(bed) and not hub.get(f"later_{bed}")
    }
    if "living" in skipped:
        skipped.add("emergency")
    return {step: title for step, title in STEPS.items() if step not in skipped}


def still_to_say(answers: Answers) -> list[str]:
    return [step for step in steps_of(answers) if step not in answers]


def homes_asked(homes: Sequence[str]) -> list[str]:
    """The kinds of home that need a price by the night: external ones are one question."""
    asked = [home for home in homes if home not in (*EXTERNAL, *NOT_PRICED)]
    return [*asked, *(["external"] if set(homes) & set(EXTERNAL) else [])]


def unlike(answers: Answers, homes: Sequence[str]) -> str:
    """What of a whole draft does not fit the homes of its returns, as a sentence that begins with
    its place; blank where all of it does. Other returns may have been chosen since it was said."""
    asked = "Answer this step again for the returns that were chosen."
    for number, step in enumerate((each for each in BEDS if each in steps_of(answers)), 1):
        said = answers[step]
        shares = (key for key, value in said.items() if key.startswith("next_") and Decimal(value))
        named = {said["if_full"], *(key.removeprefix("next_") for key in shares)}
        gone = sorted(words(each) for each in named - {*homes, *NOT_PRICED, "left"})
        if gone:
            where = f"plan.toml, [hub], bed {number}"
            return f"{where}: in these returns nobody lives in: {', '.join(gone)}. {asked}"
    if bool(set(homes) & set(NOT_PRICED)) != ("hubs_now" in answers["hub"]):
        return f"plan.toml, [hub]: there are hubs now in these returns, or not any more. {asked}"
    said = answers["nights"]
    for home in homes_asked(homes):
        if f"night_{home}" not in said and not (home == BY_THE_HOME and "own_item" in said):
            return f"plan.toml, [nights]: a kind of home has no price by the night yet. {asked}"
    return ""


def values(title: str, answers: Answers, last_year: int) -> dict[str, Any]:
    """The whole plan as plain values; `last_year` is that of the returns it follows on."""
    hub, team, money = answers["hub"], answers["team"], answers["money"]
    there = [bed for step, bed in BEDS.items() if step in steps_of(answers)]
    return {
        "title": title,
        "first_year": years.named(last_year),
        "years": hub["years"],
        "price_base": money["price_base"],
        "perspective": money["perspective"],
        "rate_files": ["prices.csv"],
        **({"statutory": ["remand"]} if "remand" in answers["prices"] else {}),
        "nights": _nights(answers["nights"]),
        "hub": {
            "hubs": hub["hubs"],
            **_there_now(hub),
            "opens": _day(hub["opens"]),
            **_outreach(hub),
            "running": team["running"],
            "posts": {
                key.removeprefix("fte_"): Decimal(fte)
                for key, fte in team.items()
                if key.startswith("fte_")
            },
            **(_beds(answers, there, hub) if there else {}),
        },
        "own_homes": _own_homes(answers["nights"]),
        "fixed": _beside(team, hub),
        "double_running": _double_running(money),
        "once": [
            {**_row(money, f"once{n}_", "item", "words"), "many": Decimal(money[f"once{n}_many"]),
             "on": _day(money[f"once{n}_on"])}
            for n in ONCE if f"once{n}_item" in money
        ],
        "award": _awards(money),
        "effect": _effects(answers["effects"]),
        "event": _events(answers["events"], answers["effects"]),
        "rate": [_nothing(last_year)],
    }  # fmt: skip


def _row(said: Mapping[str, Any], prefix: str, *names: str) -> dict[str, Any]:
    return {name: said[prefix + name] for name in names}


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _part(percent: str) -> Decimal:
    return Decimal(percent) / 100


def _outreach(hub: Mapping[str, Any]) -> dict[str, Any]:
    """Nothing where a draft was begun before it was asked: the plan then does not say."""
    key = "outreach_caseload"
    return {key: hub[key]} if key in hub else {}


def award_years(answers: Answers, last_year: int) -> list[str]:
    """The financial years an award is asked about: those of the plan, or five until it says."""
    many = answers.get("hub", {}).get("years", USUAL_YEARS)
    return [years.after(years.named(last_year), number) for number in range(many)]


def _awards(money: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One for each award and year in which anything was said to come."""
    found = []
    for n in AWARDS:
        row = f"award{n}_"
        said = (key.removeprefix(row + "low_") for key in money if key.startswith(row + "low_"))
        found += [
            {
                **_row(money, row, "words", "payer", "source"),
                "year": year,
                "low": Decimal(money[f"{row}low_{year}"]),
                "high": Decimal(money[f"{row}high_{year}"]),
                "to_council": _part(money[row + "share"]),
            }
            for year in said
        ]
    return found


def _nights(said: Mapping[str, Any]) -> dict[str, list[str]]:
    found = {}
    for key, item in said.items():
        if not key.startswith("night_"):
            continue
        home = key.removeprefix("night_")
        if home == BY_THE_HOME and "own_item" in said:
            continue
        for state in EXTERNAL if home == "external" else (home,):
            found[state] = [item]
    return found


def _nothing(last_year: int) -> dict[str, Any]:
    """A price of nothing, for nights that somebody has said nobody pays for."""
    return {
        "item": NOBODY_PAYS, "unit": "night", "mode": 0, "currency": "GBP",
        "price_year": years.named(last_year), "payer": "council", "class": "cashable",
        "basis": "mean", "valid_from": date(2000, 4, 1), "retrieved": date(last_year, 4, 1),
        "source": "said in this draft: nobody pays for such a night",
    }  # fmt: skip


def _there_now(hub: Mapping[str, Any]) -> dict[str, Any]:
    """Hubs that are open without the plan: they, and no price by the night, pay for their beds."""
    return {"hubs_now": hub["hubs_now"], "states": NOT_PRICED} if "hubs_now" in hub else {}


def _beds(answers: Answers, there: Sequence[str], hub: Mapping[str, Any]) -> dict[str, Any]:
    places = [{"on": _day(hub["opens"]), **{bed: hub.get(bed) or 0 for bed in there}}]
    if "later_on" in hub:
        later = {bed: hub.get(f"later_{bed}", hub.get(bed)) or 0 for bed in there}
        places.append({"on": _day(hub["later_on"]), **later})
    beds, comes = [], []
    for step, bed in BEDS.items():
        if bed not in there:
            continue
        said = answers[step]
        shares = {
            key.removeprefix("next_"): _part(value)
            for key, value in said.items()
            if key.startswith("next_") and Decimal(value)
        }
        beds.append(
            {"state": bed, "days_low": Decimal(said["days_low"]),
             "days_high": Decimal(said["days_high"]), "source": said["days_source"],
             "next": shares, "next_source": said["onward_source"], "if_full": said["if_full"]}
        )  # fmt: skip
        instead = [
            state
            for home in said["instead_of"]
            for state in (EXTERNAL if home == "external" else (home,))
        ]
        comes.append(
            {"state": bed, "instead_of": instead,
             "ages": [said["comes_youngest"], said["comes_oldest"]],
             "low": _part(said["comes_low"]), "high": _part(said["comes_high"]),
             "months": said["comes_months"], "source": said["comes_source"]}
        )  # fmt: skip
    return {"places": places, "bed": beds, "comes": comes}


def _own_homes(said: Mapping[str, Any]) -> list[dict[str, Any]]:
    if "own_item" not in said:
        return []
    return [
        {"state": BY_THE_HOME, "item": said["own_item"], "homes_now": said["own_homes"],
         "places": said["own_places"], "months_before_closing": said["own_months"]}
    ]  # fmt: skip


def _beside(team: Mapping[str, Any], hub: Mapping[str, Any]) -> list[dict[str, Any]]:
    called = {"families": "Hub community families", "lodgings": "Supported lodgings"}
    called["outreach"] = "Outreach beside the team"
    return [
        {"item": team[f"{key}_item"], "words": said, "many": Decimal(team[f"{key}_many"]),
         "first": _day(hub["opens"])}
        for key, said in called.items() if f"{key}_item" in team
    ]  # fmt: skip


def _double_running(money: Mapping[str, Any]) -> list[dict[str, Any]]:
    if "double_item" not in money:
        return []
    return [
        {**_row(money, "double_", "item", "words"), "many": Decimal(money["double_many"]),
         "first": _day(money["double_first"]), "until": _day(money["double_until"])}
    ]  # fmt: skip


def _effects(said: Mapping[str, Any]) -> list[dict[str, Any]]:
    own = {said[f"own{n}_key"]: f"own{n}_" for n in OWN_RANGES if f"own{n}_key" in said}
    found = []
    for key in said.get("assumed", []):
        effect: dict[str, Any] = {"key": key}
        if key == "external":
            effect["instead"] = said["instead"]
        if key in own:
            effect["ratio_low"] = Decimal(said[own[key] + "low"])
            effect["ratio_high"] = Decimal(said[own[key] + "high"])
            effect["source"] = said[own[key] + "source"]
        found.append(effect)
    return found


def _events(said: Mapping[str, Any], effects: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {"item": said[f"{key}_item"], "low": Decimal(said[f"{key}_low"]),
         "high": Decimal(said[f"{key}_high"]), "source": said[f"{key}_source"],
         "effect": key if key in effects.get("assumed", []) else ""}
        for key in EVENTS if f"{key}_item" in said
    ]  # fmt: skip


# Where a sentence about the plan says its fault is, and the step that can mend it.
PLACES = (
    (r"\[hub\], (bed|comes) 1", "living"),
    (r"\[hub\], (bed|comes) 2", "emergency"),
    (r"\[hub\](,|:) (posts|running)|\[\[fixed\]\]", "team"),
    (r"\[hub\]", "hub"),
    (r"\[nights\]|\[\[own_homes\]\]|paid for twice", "nights"),
    (r"\[\[(once|award|double_running)\]\]|price_base|perspective|deflator", "money"),
    (r"\[\[effect\]\]", "effects"),
    (r"\[\[event\]\]", "events"),
    (r"^prices\.csv|has two prices", "prices"),
)


def step_of(sentence: str) -> str:
    """The step at which what a sentence finds fault with was said."""
    return next((step for place, step in PLACES if re.search(place, sentence)), "prices")


def plainly(sentence: str) -> str:
    """The sentence without the name of a file that nobody here has seen."""
    said = re.sub(r"^plan\.toml(, \[\[?\w+\]?\](, \w+)?( \d+)?)*(, \w+)*:\s*", "", sentence)
    said = re.sub(r'add a \[\[rate\]\] with item = "(\w+)"', r"add \1 to the rate card", said)
    said = said.replace("Add a [[rate]] that holds", "Add a price to the rate card that holds")
    return said[:1].upper() + said[1:]
