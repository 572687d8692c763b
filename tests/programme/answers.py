"""What an invented finance officer answers at each step, as a browser posts it."""

from onedoor.evidence.money import years
from tests.programme import costings


def made(returns, card) -> dict[str, dict]:
    """The plan begins when the returns end, in whatever year that is."""
    year = returns.last_year
    first, second = years.named(year), years.named(year + 1)
    nights = {f"night_{home}": home for home in costings.asked_homes(returns)}
    nights |= {"night_external": "external_home", "night_own_home": ""}
    full = "external_in" if "external_in" in returns.homes else "external_home"
    for free in ("night_parents", "night_adoption"):
        if free in nights:
            nights[free] = "nobody_pays"
    return {
        "returns": {"returns": str(returns.pk), "youngest": "12", "oldest": "17"},
        "prices": {"card": str(card.pk), "remand": "on"},
        "hub": {
            "years": "5", "hubs": "1", **day("opens", 1, 10, year), "hub_home": "2",
            "hub_emergency": "1", "later_hub_home": "4", "later_hub_emergency": "2",
            **day("later_on", 1, 4, year + 1), "outreach_caseload": "31",
        },
        "team": {
            "fte_manager": "1", "fte_deputy": "2", "fte_residential_worker": "8.5",
            "fte_portfolio_lead": "6", "fte_life_coach": "1",
            "fte_communication_support_worker": "1", "fte_police_role": "1",
            "running": ["hub_house"],
        },
        "living": stays("91", "211", "21", "51", "next_left", ["external"], full),
        "emergency": stays("7", "21", "11", "31", "next_hub_home", ["own_home"], full),
        "nights": {
            **nights, "own_item": "own_home", "own_homes": "3", "own_places": "4",
            "own_months": "12",
        },
        "money": {
            "perspective": "council", "price_base": years.named(year - 1), "once1_item": "training",
            "once1_words": "Training the team", "once1_many": "20", **day("once1_on", 1, 9, year),
            "award1_words": "An award nobody made", "award1_payer": "central", "award1_share": "90",
            "award1_source": "invented", f"award1_low_{first}": "711111",
            f"award1_high_{first}": "1111111", f"award1_low_{second}": "311111",
            f"award1_high_{second}": "511111",
        },
        "effects": {
            "assumed": ["external", "step_down", "missing"], "instead": "own_foster",
            "own1_key": "missing", "own1_low": "0.71", "own1_high": "1.11",
            "own1_source": "invented",
        },
        "events": {
            "missing_item": "missing_episode", "missing_low": "4.1", "missing_high": "6.1",
            "missing_source": "invented",
        },
    }  # fmt: skip


def day(name, day, month, year):
    return {f"{name}_day": str(day), f"{name}_month": str(month), f"{name}_year": str(year)}


def stays(low, high, fewest, most, onward, instead_of, if_full):
    return {
        "instead_of": instead_of, "comes_youngest": "12", "comes_oldest": "17",
        "comes_low": fewest, "comes_high": most, "comes_months": "6", "comes_source": "invented",
        "days_low": low, "days_high": high, "days_source": "invented", "next_own_foster": "70",
        onward: "30", "onward_source": "our judgement", "if_full": if_full,
    }  # fmt: skip
