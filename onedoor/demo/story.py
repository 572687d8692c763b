"""What happens from day to day, and who writes it down."""

from datetime import date, datetime, timedelta
from functools import partial

from onedoor.demo.agenda import clock
from onedoor.demo.life import Life
from onedoor.demo.texts import filled, told
from onedoor.door import actions as door
from onedoor.door.models import Notice
from onedoor.outcomes import actions as outcomes
from onedoor.outcomes.models import Event
from onedoor.team.models import Account

SETTLED_AFTER = timedelta(days=110)
FROM_WHOM = {"school": ("teacher", 0.3), "family": ("mum", 0.25), "worry": ("mum", 0.15)}


def begin(life: Life, day: date) -> None:
    rng, journey = life.here.rng, life.sketch.journey
    life.later(day + timedelta(days=1), _something_happens)
    # Who is missing tonight is told; nobody else is still away from the night before.
    latest = life.here.until.date() - timedelta(days=2)
    for after in journey.get("missing_on", ()):
        gone_on = day + timedelta(days=after)
        if gone_on <= latest:
            life.here.agenda.on(clock(gone_on, 22, rng.randrange(60)), life.while_here(missing))
    for when, kind in (("arrested_on", "police"), ("in_hospital_on", "hospital")):
        for after in journey.get(when, ()):
            life.later(day + timedelta(days=after), partial(_happens, kind), 10, 20)


def _happens(kind: str, life: Life, at: datetime) -> None:
    note(life, at, kind)


def _something_happens(life: Life, at: datetime) -> None:
    rng = life.here.rng
    early = at.date() - life.sketch.welcomed_on < SETTLED_AFTER
    rhythm = told("rhythm.toml")["early" if early else "later"]
    kind = rng.choices(list(rhythm), weights=list(rhythm.values()))[0]
    note(life, at, kind)
    a_week = life.sketch.a_week * (1.0 if early else 0.62)
    days = 1 + int(rng.expovariate(a_week / 7))
    life.later(at.date() + timedelta(days=min(days, 45)), _something_happens, 8, 20)


def note(life: Life, at: datetime, kind: str, words: str = "") -> Event:
    """Somebody writes down what happened, most often within hours and now and then days later."""
    rng = life.here.rng
    by = _who_writes(life, at, kind)
    carer = by.agency == "carer"
    kind = "talk" if carer else kind
    if not words:
        words = life.say(
            "carer" if carer else kind, told("words/events.toml")["carer" if carer else kind]
        )
    late = timedelta(days=rng.choice([2, 3])) if rng.random() < 0.05 else timedelta(0)
    day = max(at.date() - late, life.sketch.welcomed_on)
    happened_at = at - late - timedelta(minutes=rng.randint(10, 200))
    known = happened_at.date() == day and (happened_at.hour >= 8 or kind == "missing")
    whose, how_often = FROM_WHOM.get(kind, ("", 0))
    event = outcomes.note_event(
        by=by, at=at, young_person=life.person, kind=kind, happened_on=day, words=words,
        happened_at=happened_at if known and rng.random() < 0.6 else None,
        from_whom=life.world[whose] if rng.random() < how_often else "",
        told=rng.random() < 0.8,
    )  # fmt: skip
    if rng.random() < 0.01:
        life.later(at.date() + timedelta(days=1), lambda self, then: _put_right(self, then, event))
    return event


def _who_writes(life: Life, at: datetime, kind: str) -> Account:
    rng, here = life.here.rng, life.here
    chance = rng.random()
    if kind in ("police", "court") and chance < 0.7:
        return here.at_hub(life.hub, "police-role")[0]
    if kind == "feelings" and chance < 0.35:
        return here.at_hub(life.hub, "life-coach")[0]
    if kind in ("talk", "good-news", "other") and chance < 0.4 and (carer := _carer(life, at)):
        return carer
    if chance < 0.6:
        return life.key_worker
    workers = here.at_hub(life.hub, "residential-worker", "outreach-worker")
    return rng.choice([worker for worker in workers if worker != life.shut_to])


def _carer(life: Life, at: datetime) -> Account | None:
    """Whoever opens their home to them, so long as the record is open to them too."""
    if life.stay is None:
        return None
    carer = life.here.carers.get(life.stay.place.home.name)
    if carer is None:
        return None
    return carer if life.person.ties.current(at.date()).filter(account=carer).exists() else None


def _put_right(life: Life, at: datetime, event: Event) -> None:
    if event.written_by == life.shut_to:
        return
    outcomes.correct_event(
        by=event.written_by, at=at, event=event, why="It was the day before. I had the wrong day.",
        kind=event.kind, happened_on=event.happened_on - timedelta(days=1), words=event.words,
        told=event.told,
    )  # fmt: skip


def missing(life: Life, at: datetime) -> None:
    """Missing for a night: noted, put on every page, and taken down when they are home."""
    if life.person.notices.standing().filter(kind="missing now").exists():
        return
    notice = gone(life, at)
    home_at = at + timedelta(minutes=life.here.rng.randint(200, 900))

    def home(self: Life, then: datetime) -> None:
        lines = told("words/door.toml")["notice"]["lifted"]
        why = self.say("lifted", lines)
        door.lift_notice(by=self.key_worker, at=then, notice=notice, why=why)
        words = self.say("found", told("words/events.toml")["found"])
        note(self, then + timedelta(minutes=20), "talk", words)

    life.here.agenda.on(home_at, life.while_here(home))


def gone(life: Life, at: datetime) -> Notice:
    words = life.say("missing", told("words/events.toml")["missing"])
    note(life, at, "missing", words)
    left = f"{at - timedelta(hours=2):%-I}pm"
    by = life.here.deputy(life.hub)
    return door.put_notice(
        by=by, at=at + timedelta(minutes=5), young_person=life.person, kind="missing now",
        words=filled(told("words/door.toml")["notice"]["missing"], life.world | {"clock": left}),
        told="told", review_on=at.date(),
    )  # fmt: skip
