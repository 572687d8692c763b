"""What is done together: words are heard, hopes are kept, goals are agreed and reached."""

from datetime import date, datetime, timedelta
from typing import Any

from onedoor.demo.agenda import days_after, some_time
from onedoor.demo.life import Life, UnderWay
from onedoor.demo.texts import filled, told
from onedoor.door import actions as door
from onedoor.plan import actions as plan
from onedoor.plan.models import Step
from onedoor.plan.rules import About
from onedoor.team.models import Account

AGES = (20, 35, 50)


def begin(life: Life, day: date) -> None:
    rng = life.here.rng
    life.later(days_after(day, 1, 4, rng), _hear)
    life.later(days_after(day, 5, 15, rng), _hope)
    life.later(days_after(day, 8, 21, rng), _agree)
    if life.spell == 0 and rng.random() < 0.75:
        life.later(days_after(day, 15, 45, rng), _how_to_talk)
    if life.spell == 0 and rng.random() < 0.12:
        life.later(days_after(day, 1, 2, rng), _allergy)
    if life.spell == 0 and rng.random() < 0.1:
        life.later(days_after(day, 2, 5, rng), _must_not_be_told)


def _hear(life: Life, at: datetime) -> None:
    about = life.here.rng.choice(list(About)).value
    words = life.say(f"voice {about}", told("words/plan.toml")["voice"][about])
    plan.hear(
        by=life.key_worker, at=at, young_person=life.person, about=about, words=words,
        said_on=at.date(),
    )  # fmt: skip
    life.later(days_after(at.date(), 20, 48, life.here.rng), _hear)


def _hope(life: Life, at: datetime) -> None:
    age = life.here.decks.draw(life.sketch.name, "age", AGES)
    words = life.say(f"at {age}", told("words/plan.toml")["aspiration"][str(age)])
    plan.aspire(
        by=life.key_worker, at=at, young_person=life.person, age=age, words=words,
        said_on=at.date(),
    )  # fmt: skip
    life.later(days_after(at.date(), 60, 140, life.here.rng), _hope)


def _agree(life: Life, at: datetime) -> None:
    rng = life.here.rng
    grown = life.person.age_on(at.date()) >= 18
    goals = [
        goal
        for goal in told("words/plan.toml")["goal"]
        if not (grown and "eighteen" in goal["words"])
    ]
    drawn: dict[str, Any] = life.here.decks.draw(life.sketch.name, f"goal {grown}", goals)
    world, steps = life.around_now(), list(drawn["steps"])
    owner, what = steps.pop(0)
    day = at.date()
    mum = life.world["mum"]
    goal = plan.agree_goal(
        by=life.key_worker, at=at, young_person=life.person, words=filled(drawn["words"], world),
        with_whom=rng.choice([mum, life.key_worker.name, f"{mum} and {life.key_worker.name}"]),
        agreed_on=day, step=filled(what, world), step_by_on=days_after(day, 5, 14, rng),
        step_owner=_owner(life, owner),
    )  # fmt: skip
    way = UnderWay(goal, steps, world)
    life.under_way.append(way)
    _do(life, goal.steps.get(), way)
    life.later(days_after(day, 45, 90, rng), _agree)


def _owner(life: Life, owner: str) -> Account | None:
    role = {
        "coach": "life-coach",
        "comm": "communication-support-worker",
        "police": "police-role",
    }.get(owner)
    if role:
        return life.here.at_hub(life.hub, role)[0]
    return life.key_worker if owner == "kw" else None


def _do(life: Life, step: Step, way: UnderWay) -> None:
    """The step is done, mostly in time; then comes the next, or the goal is reached."""
    rng = life.here.rng
    late = rng.randint(1, 9) if rng.random() < 0.12 else -rng.randint(0, 3)
    done_on = max(step.by_on + timedelta(days=late), step.agreed_on)
    life.later(done_on, lambda self, at: _done(self, at, step, way), 16, 19)


def _done(life: Life, at: datetime, step: Step, way: UnderWay) -> None:
    if way not in life.under_way:
        return
    by = step.owner if step.owner and step.owner.is_active else life.key_worker
    plan.step_done(by=by, at=at, step=step, done_on=at.date())
    if way.steps:
        owner, what = way.steps.pop(0)
        following = plan.add_step(
            by=life.key_worker, at=at + timedelta(minutes=3), goal=way.goal,
            what=filled(what, way.world | {"kw": life.world["kw"]}), agreed_on=at.date(),
            by_on=days_after(at.date(), 6, 20, life.here.rng), owner=_owner(life, owner),
        )  # fmt: skip
        _do(life, following, way)
    else:
        day = days_after(at.date(), 2, 12, life.here.rng)
        life.later(day, lambda self, then: _end(self, then, way))


def _end(life: Life, at: datetime, way: UnderWay) -> None:
    if way not in life.under_way:
        return
    life.under_way.remove(way)
    reached = life.here.rng.random() < 0.8
    lines = told("words/plan.toml")["ending"]["reached" if reached else "aside"]
    plan.end_goal(
        by=life.key_worker, at=at, goal=way.goal, ended_as="reached" if reached else "set aside",
        ended_on=at.date(), why=life.say(f"ending {reached}", lines),
    )  # fmt: skip


def end_all(life: Life, at: datetime) -> None:
    """Whoever steps away leaves no goal half open."""
    for way in list(life.under_way):
        _end(life, at, way)


# ── what everybody must know first ───────────────────────────────────────────────────────────────


def _how_to_talk(life: Life, at: datetime) -> None:
    comm = life.here.at_hub(life.hub, "communication-support-worker")[0]
    standing = life.person.notices.standing().filter(kind="how to talk with me").first()
    if standing is not None:
        door.lift_notice(by=comm, at=at, notice=standing, why="Looked at again together.")
    review = at.date() + timedelta(days=180)
    _notice(life, at + timedelta(minutes=4), comm, "how to talk with me", "talk", "told", review)
    # Looked at again whether or not they have stepped away: the notice stands all the while.
    again = some_time(life.here.rng, review - timedelta(days=3), 9, 16)
    life.here.agenda.on(again, lambda then: _how_to_talk(life, then))


def _allergy(life: Life, at: datetime) -> None:
    review = at.date() + timedelta(days=730)
    _notice(life, at, life.key_worker, "allergy", "allergy", "told", review)


def _must_not_be_told(life: Life, at: datetime) -> None:
    review = at.date() + timedelta(days=365)
    by = life.here.manager(life.hub)
    _notice(life, at, by, "must not be told", "not_told", "told", review)


def _notice(
    life: Life, at: datetime, by: Account, kind: str, lines: str, knows: str, review: date
) -> None:
    words = life.say(f"notice {lines}", told("words/door.toml")["notice"][lines])
    door.put_notice(
        by=by, at=at, young_person=life.person, kind=kind, words=words, told=knows,
        review_on=review,
    )  # fmt: skip
