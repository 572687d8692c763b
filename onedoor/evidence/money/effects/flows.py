"""From the effects of a plan to changes of the model's rates."""

from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

from onedoor.evidence.model.scenario import Change, Flow
from onedoor.evidence.money import asked
from onedoor.evidence.money.effects.effect import Effect, Reals
from onedoor.evidence.refusal import Refused


@cache
def _said() -> dict[str, Any]:
    text = resources.files(__package__).joinpath("flows.toml").read_text("utf-8")
    return asked.parsed(text, "flows.toml")


def sends_elsewhere(key: str) -> bool:
    """Whether an effect needs to be told where young people live instead."""
    return any(each.get("instead") for each in _said()["flow"] if each["effect"] == key)


def change(
    effect: Effect, log_ratio: Reals, states: Iterable[str], ages: tuple[int, int], first: int
) -> Change | None:
    """The change that an effect makes: `log_ratio` (R,) from month `first` on, for young people of
    these ages (first month, and the first that is too old). None where it touches no flow between
    the `states` that the council has, as an effect on events does not.

    Raises `Refused` when the effect sends young people to a kind of home that is not among them.
    """
    there = tuple(states)
    if effect.instead and effect.instead not in there:
        raise Refused(
            f"The effect {effect.key} sends young people to {effect.instead} instead, and nobody "
            f"lived there in these returns, so nothing says how long they would stay. Give one of: "
            f"{', '.join(there)}."
        )
    flows = []
    for each in _said()["flow"]:
        if each["effect"] != effect.key:
            continue
        ends = [_states(each.get(end), there) for end in ("out_of", "into")]
        if None in ends:
            continue
        out_of, into = (end or () for end in ends)
        instead = effect.instead if each.get("instead") else None
        flows.append(Flow(each["what"], out_of, into, ages, instead))
    if not flows:
        return None
    return Change(tuple(flows), log_ratio, first, effect.months)


def _states(group: str | None, there: tuple[str, ...]) -> tuple[str, ...] | None:
    """The states of a group that are there: () for all of them where there is no group, and None
    where the council has none of the group."""
    if group is None:
        return ()
    found = tuple(state for state in _said()["groups"][group] if state in there)
    return found or None
