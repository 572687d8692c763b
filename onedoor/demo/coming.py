"""How somebody comes: brought to the door, and welcomed by one who gives them a key worker."""

from datetime import date, datetime, timedelta

from onedoor.demo import moves, planning, story, ties
from onedoor.demo.agenda import clock, some_time
from onedoor.demo.council import first_name
from onedoor.demo.life import Life
from onedoor.demo.texts import told
from onedoor.door import actions as door
from onedoor.door.models import Referral
from onedoor.team.models import Account


def expect(life: Life) -> None:
    """Somebody will bring them to the door a day or two before they are welcomed."""
    here, day = life.here, life.sketch.welcomed_on
    days_before = here.rng.choice([0, 1, 1, 2, 3])
    knocked = some_time(here.rng, day - timedelta(days=days_before), 8, 12)
    here.agenda.on(knocked, lambda at: knock(life, at))
    here.agenda.on(clock(day, 14, here.rng.randrange(60)), lambda at: welcome(life, at))


def knock(life: Life, at: datetime) -> Referral:
    here, sketch = life.here, life.sketch
    brought_by = "family" if sketch.referrer else here.rng.choice(sketch.journey["brought"])
    by = sketch.referrer
    if brought_by == "professional":
        by = here.someone("", "professional", "social-worker")
    life.referral = bring(life, at, brought_by, by, said_at_the_door(life, brought_by, by))
    return life.referral


def said_at_the_door(life: Life, brought_by: str, by: Account | None) -> dict[str, str]:
    lines, rng, sketch = told("words/door.toml"), life.here.rng, life.sketch
    own = brought_by == "themself"
    said = {
        "young_person_name": sketch.name,
        "preferred_name": sketch.preferred,
        "born_on": sketch.born_on.isoformat(),
        "reach": life.say("reach", lines["reach"]),
        "staying": life.say("staying", lines["staying"]),
        "worried": life.say(
            "themself" if own else "worried", lines["themself" if own else "worried"]
        ),
        "going_well": life.say("going_well", lines["going_well"]),
        "their_words": life.say("their_words", lines["their_words"]),
        "danger": rng.choice(["No", "No", "No", "I am not sure"]),
        "must_not_know": life.say("must_not_know", lines["must_not_know"]),
    }
    if not own:
        family = life.world["nan"] if rng.random() < 0.5 else life.world["mum"]
        elder = rng.choice(told("names.toml")["elder"])
        said |= {
            "referrer_name": by.name if by else f"{elder} {sketch.name.split()[-1]}",
            "referrer_relation": family if brought_by == "family" else WHO[by.agency if by else ""],
            "referrer_reach": life.say("referrer_reach", lines["referrer_reach"]),
            "they_know": rng.choice(["Yes", "Yes", "Not yet"]),
        }
    return {key: words for key, words in said.items() if words}


WHO = {
    "education": "Teacher",
    "health": "School nurse",
    "police": "Neighbourhood police officer",
    "council": "Social worker",
}
STEPS = {
    "you": ("referrer_name", "referrer_relation", "referrer_reach"),
    "young-person": ("young_person_name", "preferred_name", "born_on", "reach", "staying"),
    "happening": ("worried", "going_well", "their_words", "they_know"),
    "safety": ("danger", "must_not_know"),
}


def bring(
    life: Life, at: datetime, brought_by: str, by: Account | None, said: dict[str, str]
) -> Referral:
    referral = door.open_referral(by=by, at=at, brought_by=brought_by)
    for step, keys in STEPS.items():
        part = {key: said[key] for key in keys if key in said}
        if part:
            at += timedelta(minutes=2)
            door.save_step(by=by, at=at, referral=referral, step=step, said=part, finished=True)
    return door.refer(by=by, at=at + timedelta(minutes=1), referral=referral)


def eighteenth(born_on: date) -> date:
    leap = (born_on.month, born_on.day) == (2, 29)
    return born_on.replace(year=born_on.year + 18, day=28 if leap else born_on.day)


# ── welcomed ─────────────────────────────────────────────────────────────────────────────────────


def welcome(life: Life, at: datetime) -> None:
    here, sketch = life.here, life.sketch
    by = here.manager(life.hub)
    life.key_worker = sketch.key_worker or here.next_key_worker(life.hub)
    life.world["kw"] = first_name(life.key_worker.name)
    assert life.referral is not None
    life.person = door.welcome(
        by=by, at=at, referral=life.referral, hub=here.hubs[life.hub], key_worker=life.key_worker,
        name=sketch.name, preferred_name=sketch.preferred, pronouns=sketch.pronouns,
        born_on=sketch.born_on, cohort=sketch.journey["cohort"],
    )  # fmt: skip
    life.with_us = True
    here.lives.append(life)
    if legal := sketch.journey.get("legal"):
        door.stand(
            by=by, at=at, young_person=life.person, of="legal", value=legal, from_on=at.date()
        )
        life.later(at.date() + timedelta(days=1), ties.social_worker)
    life.later(eighteenth(sketch.born_on), ties.turns_eighteen)
    number = here.rng.randint(1, 99)
    lines = f"{number} {here.rng.choice(['Ropewalk', 'Crumb Street', 'Gull Lane', 'Moor View'])}"
    door.add_address(
        by=by, at=at, young_person=life.person, whose=f"{life.world['mum']}’s house",
        lines=f"{lines}, Northmoor", postcode=f"NM{here.rng.randint(1, 9)} 4XY", from_on=at.date(),
    )  # fmt: skip
    here.agenda.on(at + timedelta(hours=20), lambda then: tell_referrer(life, then))
    moves.settle(life, at)
    planning.begin(life, at.date())
    story.begin(life, at.date())


def tell_referrer(life: Life, at: datetime) -> None:
    assert life.referral is not None
    life.referral.refresh_from_db()  # it has ended since it was brought
    door.tell_referrer(
        by=life.here.manager(life.hub), at=at, referral=life.referral,
        how=life.here.rng.choice(["Rang them", "By message", "They were here"]),
    )  # fmt: skip
