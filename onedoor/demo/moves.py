"""Where a young person lives: each home a decision and a stay, until they step away, and back."""

from datetime import date, datetime, timedelta
from typing import Any

from onedoor.demo import planning, story, ties
from onedoor.demo.council import A_LONG_TIME, open_home
from onedoor.demo.life import Life
from onedoor.demo.texts import told
from onedoor.door import actions as door
from onedoor.door.rules import parts_of
from onedoor.homes import actions as homes
from onedoor.homes import rules
from onedoor.homes.models import Decision, Place

OWN = ("family-home", "own-tenancy")


def settle(life: Life, at: datetime) -> None:
    """The first home of their journey, or the first further on that has room for them today."""
    for stage, part in enumerate(life.path):
        until, planned = _how_long(life, at.date(), part)
        place = _place(life, at, part, planned)
        if place is not None:
            life.stage = stage
            decision = _decide(life, at, place)
            then = at + timedelta(minutes=20)
            life.stay = homes.move_in(
                by=life.key_worker, at=then, decision=decision, begins_on=at.date(),
                until_on=planned, begun_at=then,
            )  # fmt: skip
            _what_comes_next(life, place, until, planned)
            return


def _how_long(life: Life, day: date, part: dict[str, Any]) -> tuple[date, date]:
    """Until when they will stay, and until when they think they will."""
    nights = min(life.here.rng.randint(*part["days"]), A_LONG_TIME)
    short = nights > 60 and life.here.rng.random() < 0.4
    return day + timedelta(days=nights), day + timedelta(days=nights * 2 // 3 if short else nights)


def _place(life: Life, at: datetime, part: dict[str, Any], until: date) -> Place | None:
    kind = part["home"]
    if _too_young(life, at.date(), kind):
        return None
    if kind in OWN:
        return _own_place(life, at, kind)
    return life.here.free_place(kind, life.hub, at.date(), until, part.get("at", ""))


def _too_young(life: Life, day: date, kind: str) -> bool:
    return life.person.age_on(day) < rules.kinds()[kind].from_age


def _own_place(life: Life, at: datetime, kind: str) -> Place:
    """Their family's home, or their own front door. It is theirs whenever they come back to it."""
    if kind not in life.own_homes:
        name = life.here.next_name(kind)
        life.own_homes[kind] = open_home(
            life.here, at,
            {"name": name, "kind": kind, "hub": life.hub, "places": ["Own room"],
             "whose": life.person},
        )  # fmt: skip
    return life.own_homes[kind].places.get()


def _decide(life: Life, at: datetime, place: Place) -> Decision:
    lines = told("words/home.toml")
    answers = [
        (
            provocation,
            part,
            life.say(f"{provocation.key} {part}", lines["answers"][provocation.key][part]),
        )
        for provocation in life.here.provocations
        for part in parts_of(provocation.key)
    ]
    asked = place.home.kind != "emergency-bed" or life.here.rng.random() < 0.4
    said = {"wishes": life.say("wishes", lines["wishes"])}
    if not asked:
        said = {"not_asked_why": life.say("not_asked", [lines["not_asked"]])}
    return homes.decide(
        by=life.here.manager(life.hub), at=at, young_person=life.person, answers=answers,
        options_considered=life.say("considered", lines["considered"]),
        refused=life.say("refused", lines["refused"]),
        effect_on_others="Nobody else lives there."
        if place.home.kind in OWN
        else life.say("effect", lines["effect"]),
        home=place.home, place=place, from_on=at.date(),
        reasons=life.say("reasons", lines["reasons"]), **said,
    )  # fmt: skip


def _what_comes_next(life: Life, place: Place, until: date, planned: date) -> None:
    carer = life.here.carers.get(place.home.name)
    if carer is not None and life.stay is not None:
        day = life.stay.begins_on + timedelta(days=1)
        long = max(until - day, timedelta(days=30))
        life.later(day, lambda self, at: ties.tie_for_a_time(self, at, carer, "carer", long, False))
    # The day before the last, so that nobody is overdue who only waits for the clock.
    if life.path[life.stage].get("waits"):
        return
    if planned < until:
        life.later(planned - timedelta(days=2), lambda self, at: _longer(self, at, until))
    life.later(until - timedelta(days=1), _next, 13, 15)


def _longer(life: Life, at: datetime, until: date) -> None:
    if life.stay is not None:
        why = life.say("longer", told("words/home.toml")["longer"])
        life.stay = homes.stay_longer(
            by=life.key_worker, at=at, stay=life.stay, until_on=until, why=why
        )


def _next(life: Life, at: datetime) -> None:
    """The next home on their way; longer here while it has no room or they are too young for it;
    or stepping away."""
    if life.stay is None or life.stage + 1 == len(life.path):
        step_away(life, at)
        return
    part = life.path[life.stage + 1]
    until, planned = _how_long(life, at.date(), part)
    place = _place(life, at, part, planned)
    if place is None:
        growing_up = _too_young(life, at.date(), part["home"])
        wait = life.stay.planned_until_on + timedelta(days=90 if growing_up else 14)
        _longer(life, at, wait)
        life.later(wait - timedelta(days=1), _next, 13, 15)
        return
    life.stage += 1
    decision = _decide(life, at, place)
    then = at + timedelta(minutes=15)
    life.stay = homes.move_on(
        by=life.key_worker, at=then, stay=life.stay, decision=decision, begun_at=then, on=at.date(),
        until_on=planned, why=life.say("moved", told("words/home.toml")["moved"]), as_planned=True,
    )  # fmt: skip
    _what_comes_next(life, place, until, planned)


def _leave(life: Life, at: datetime, why: str) -> None:
    if life.stay is not None:
        homes.end(
            by=life.key_worker, at=at, stay=life.stay, ended_on=at.date(), why=why, as_planned=True
        )
        life.stay = None


def step_away(life: Life, at: datetime) -> None:
    here = life.here
    planning.end_all(life, at)
    _leave(life, at, "Stepping away: they stay at home, and the door stays open.")
    door.step_away(
        by=here.manager(life.hub), at=at + timedelta(minutes=5), young_person=life.person,
        why=life.say("step_away", told("words/door.toml")["step_away"]),
    )  # fmt: skip
    life.with_us = False
    here.keys_held[life.key_worker.email] -= 1
    if here.rng.random() < life.sketch.journey.get("comes_back", 0):
        back = at + timedelta(days=here.rng.randint(40, 150))
        here.agenda.on(back, lambda then: come_back(life, then))


def come_back(life: Life, at: datetime) -> None:
    here = life.here
    door.come_back(
        by=here.manager(life.hub), at=at, young_person=life.person,
        why=life.say("come_back", told("words/door.toml")["come_back"]),
    )  # fmt: skip
    life.with_us, life.spell = True, life.spell + 1
    here.keys_held[life.key_worker.email] += 1
    # Whoever comes back has outreach where they live now.
    life.path, life.stage = [{"home": "family-home", "days": [120, 260]}], 0
    settle(life, at)
    planning.begin(life, at.date())
    story.begin(life, at.date())
