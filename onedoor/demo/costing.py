"""What a third hub would cost and save, asked by those whose work it is: returns, prices, plans.

Asked and no more: the worker beside the web server makes both costings as Northmoor opens.
"""

from datetime import datetime, timedelta
from importlib import resources
from random import Random
from typing import Any

from onedoor.demo import returns
from onedoor.demo.council import Northmoor
from onedoor.demo.texts import told
from onedoor.evidence.money import years
from onedoor.programme import actions as programme
from onedoor.programme import planning, rules, toml
from onedoor.programme.models import Draft, RateCard, Returns
from onedoor.team.models import Account

ANALYST, OFFICER = "Ravi Numberwell", "Constance Pennyworthy"
WORDS, PRICES = "words/costing.toml", "words/prices.csv"
A_LOOK = min(rules.REPLICATIONS)
A_STEP = timedelta(minutes=2)  # at the screen


def prepare(here: Northmoor) -> None:
    """Put it on the agenda: the returns first, and the plans on the morning that somebody looks."""
    until = here.until
    # Drawn before anybody has lived a day, so that the hour of the build alters no figure.
    chance = Random(here.rng.random())  # noqa: S311 — repeatable, and nothing secret
    here.agenda.on(until - timedelta(days=12), lambda at: _keep_the_returns(here, chance, at))
    here.agenda.on(until - timedelta(days=9), lambda at: _bring_the_prices(here, at))
    here.agenda.on(until - timedelta(minutes=35), lambda at: _weigh_two_plans(here, at))


def _keep_the_returns(here: Northmoor, chance: Random, at: datetime) -> None:
    """Nobody says whose they are, for no English authority is called Northmoor."""
    files = returns.five_years(chance, at.date())
    name = told(WORDS)["returns"]
    programme.keep_returns(by=here.accounts[ANALYST], at=at, name=name, files=files)


def _bring_the_prices(here: Northmoor, at: datetime) -> None:
    data = resources.files("onedoor.demo").joinpath(PRICES).read_bytes()
    name = told(WORDS)["prices"]
    programme.make_rate_card(by=here.accounts[OFFICER], at=at, name=name, data=data)


def _weigh_two_plans(here: Northmoor, at: datetime) -> None:
    """One plan step by step, then a copy of it in which little differs."""
    by, kept, card = here.accounts[OFFICER], Returns.objects.get(), RateCard.objects.get()
    first, second = told(WORDS)["plan"]
    answers = answered(kept, card)
    draft = programme.start_draft(by=by, at=at, name=first["title"])
    at = _say_and_ask(by, at, draft, answers, kept, card)
    draft.refresh_from_db()  # with all that was said
    copied = programme.copy_draft(by=by, at=at, draft=draft, name=second["title"])
    changed = {step: answers[step] | second[step] for step in answers if step in second}
    _say_and_ask(by, at, copied, changed, kept, card)


def _say_and_ask(
    by: Account, at: datetime, draft: Draft, answers: dict[str, Any], kept: Returns, card: RateCard
) -> datetime:
    """Save these steps and ask what the whole draft comes to; the moment at which that is done."""
    for step, said in answers.items():
        at += A_STEP
        draft = programme.save_step(
            by=by, at=at, draft=draft, step=step, said=said, version=draft.version
        )
    at += A_STEP
    draft.refresh_from_db()  # asked as it is kept: a database may keep answers in another order
    of = draft.answers["returns"]
    programme.ask_for_costing(
        by=by, at=at, rates=card, returns=kept, ages=(of["youngest"], of["oldest"]),
        plan_text=toml.written(planning.values(draft.name, draft.answers, kept.last_year)),
        replications=A_LOOK, authority=kept.authority,
    )  # fmt: skip
    return at


def answered(kept: Returns, card: RateCard) -> dict[str, dict[str, Any]]:
    """What is said at every step of the first plan, for these returns and this card."""
    year = kept.last_year + 1
    said = _in_time(told(WORDS)["answers"], {"next": year, "opening": years.named(year)})
    said["returns"]["returns"], said["prices"]["card"] = str(kept.pk), str(card.pk)
    # The returns say which kinds of home need a price; most have one of their own name.
    named = {f"night_{home}": home for home in planning.homes_asked(kept.homes)}
    del named[f"night_{planning.BY_THE_HOME}"]
    nights = said["nights"]
    said["nights"] = {night: nights.pop(night, home) for night, home in named.items()} | {
        own: value for own, value in nights.items() if not own.startswith("night_")
    }
    return said


def _in_time(said: Any, when: dict[str, Any]) -> Any:
    """The same answers with their years."""
    match said:
        case dict():
            return {key.format_map(when): _in_time(each, when) for key, each in said.items()}
        case list():
            return [_in_time(each, when) for each in said]
        case str():
            return said.format_map(when)
    return said
