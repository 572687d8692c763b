"""What a visitor should find on the day they look in: somebody at the door, somebody missing,
somebody who should have left, steps to do, and one young person with a long story."""

from datetime import datetime, timedelta
from typing import Any

from onedoor.demo import coming, story, ties
from onedoor.demo.agenda import clock, some_time
from onedoor.demo.council import Northmoor, join_later
from onedoor.demo.life import Life
from onedoor.demo.texts import told
from onedoor.door import actions as door
from onedoor.homes import actions as homes
from onedoor.plan import actions as plan

STAR = "Tamsin Larkspur-Moon"
HER_MUM = "Jo Larkspur-Moon"
MONTH = timedelta(days=30)


def prepare(here: Northmoor, names: Any, days: int, answered: int) -> None:
    """Put all of it on the agenda."""
    until = here.until
    _the_long_story(here, names, days)
    for hub, days_ago, nights in (("ferry", 6, 5), ("ferry", 2, 6), ("bakery", 1, 4)):
        _in_an_emergency(here, names, hub, days_ago, nights)
    for days_ago in (38, 16):
        _in_the_hub(here, names, days_ago)
    for _ in range(answered):
        back = here.rng.randint(3, days - 5)
        _answered(here, names, until - timedelta(days=back))
    _answered(here, names, until - timedelta(days=23), check_back_in=22, looked=False)
    _answered(here, names, until - timedelta(days=2), told_them=False)
    _waiting(here, names)
    here.agenda.on(until - timedelta(days=20), lambda at: _knows_them_outside_work(here, at))
    here.agenda.on(until - timedelta(days=4), lambda at: _covers(here, at))
    here.agenda.on(until - timedelta(days=2), lambda at: _out_of_service(here, at))
    here.agenda.on(_since(until), lambda at: _missing_now(here, at))


def _since(until: datetime) -> datetime:
    """When somebody who is missing now was last seen: this evening, or yesterday's."""
    this_evening = clock(until.date(), 20) <= until
    return (
        until - timedelta(hours=2) if this_evening else clock(until.date() - timedelta(days=1), 22)
    )


# ── the long story ───────────────────────────────────────────────────────────────────────────────


def _the_long_story(here: Northmoor, names: Any, days: int) -> None:
    welcomed_on = here.until.date() - timedelta(days=days - 20)
    mum = join_later(here, clock(here.opened, 17), HER_MUM, "parent-or-carer")
    long = days > 300
    path = [
        {"home": "external-childrens-home", "days": [42, 42]},
        {"home": "hub-bed", "days": [80, 80]},
        {"home": "hub-community-family", "at": "The Winterbournes", "days": [230, 230]},
        {"home": "supported-lodgings", "at": "Edith’s spare room", "days": [395, 395]},
    ]
    journey = told("journeys.toml")["told"]["home-from-far-away"] | {
        "path": path if long else [path[1] | {"days": [30, 30]}, path[3] | {"days": [200, 200]}],
        "ages": [16.05, 16.9],
    }
    sketch = names.sketch(
        journey, "ferry", welcomed_on, STAR, pronouns="she/her", referrer=mum, a_week=2.1,
        key_worker=here.accounts["Bola Harbottle"],
    )  # fmt: skip
    here.keys_held[sketch.key_worker.email] += 1
    life = Life(here, sketch)
    life.world["mum"] = "Mum"
    coming.expect(life)
    for hour, happening in enumerate((_her_own_account, _those_around_her)):
        on = here.until - MONTH + timedelta(hours=hour)
        here.agenda.on(on, lambda at, happening=happening: happening(life, mum, at))
    here.agenda.on(here.until - timedelta(days=9), lambda at: _steps_for_now(life, at))


def _her_own_account(life: Life, mum: Any, at: datetime) -> None:
    here = life.here
    herself = join_later(here, at, STAR, "young-person")
    by = here.at_hub("ferry", "hub-manager")[0]
    for account, why, until in ((herself, "themself", None), (mum, "family", 200)):
        door.tie(
            by=by, at=at, young_person=life.person, account=account, why=why, from_on=at.date(),
            until_on=at.date() + timedelta(days=until) if until else None,
        )  # fmt: skip


def _those_around_her(life: Life, _mum: Any, at: datetime) -> None:
    around = {
        "Imogen Starling-Reed": "social worker",
        "Hester Juniper-Lane": "personal adviser",
        "Barnaby Wagtail": "independent visitor",
        "Edith Lanternby": "carer",
    }
    for name, why in around.items():
        ties.tie_for_a_time(life, at, life.here.accounts[name], why, timedelta(days=180), False)


def _steps_for_now(life: Life, at: datetime) -> None:
    """One step that is late, one that is due today, and one of her own for next week."""
    for goal in told("words/plan.toml")["now"]:
        plan.agree_goal(
            by=life.key_worker, at=at, young_person=life.person, words=goal["words"],
            with_whom="Mum and Bola Harbottle", agreed_on=at.date(), step=goal["step"],
            step_by_on=life.here.until.date() + timedelta(days=goal["in_days"]),
            step_owner=life.key_worker if goal["owner"] == "kw" else None,
        )  # fmt: skip


# ── tonight's homes ──────────────────────────────────────────────────────────────────────────────


def _in_an_emergency(here: Northmoor, names: Any, hub: str, days_ago: int, nights: int) -> None:
    journey = told("journeys.toml")["told"]["crisis-then-home"] | {
        "path": [{"home": "emergency-bed", "days": [nights, nights], "waits": True}],
    }
    welcomed_on = here.until.date() - timedelta(days=days_ago)
    coming.expect(Life(here, names.sketch(journey, hub, welcomed_on)))


def _in_the_hub(here: Northmoor, names: Any, days_ago: int) -> None:
    """Somebody for whom Ferry House is home for a few weeks, with a way home from there."""
    journey = told("journeys.toml")["told"]["hub-then-home"]
    first, then = journey["path"]
    journey = journey | {"path": [first | {"days": [60, 75]}, then]}
    welcomed_on = here.until.date() - timedelta(days=days_ago)
    coming.expect(Life(here, names.sketch(journey, "ferry", welcomed_on)))


def _out_of_service(here: Northmoor, at: datetime) -> None:
    until = at.date() + timedelta(days=6)
    place = here.free_place("hub-bed", "bakery", at.date(), until)
    if place is not None:
        homes.take_out_of_service(
            by=here.manager("bakery"), at=at, place=place, from_on=at.date(), until_on=until,
            why="The radiator leaks. The plumber comes on the last day.",
        )  # fmt: skip


def _missing_now(here: Northmoor, at: datetime) -> None:
    able = [
        life
        for life in here.lives
        if life.with_us and life.sketch.name != STAR and life.stay is not None
        and at.date() < life.stay.planned_until_on
        and not life.person.notices.standing().filter(kind="missing now").exists()
    ]  # fmt: skip
    in_hubs = [life for life in able if life.stay.place.home.kind == "hub-bed"]
    if able:
        story.gone(here.rng.choice(in_hubs or able), at)


def _knows_them_outside_work(here: Northmoor, at: datetime) -> None:
    """A worker's neighbour is welcomed: their record is kept shut to that worker."""
    worker = here.accounts["Joss Underbough"]
    theirs = [
        life
        for life in here.lives
        if life.with_us and life.hub == "ferry" and life.key_worker is not worker
        and life.sketch.name != STAR
    ]  # fmt: skip
    if theirs:
        life = here.rng.choice(theirs)
        door.tie(
            by=here.deputy("ferry"), at=at, young_person=life.person, account=worker,
            why="conflict", from_on=at.date(),
        )  # fmt: skip
        life.shut_to = worker


def _covers(here: Northmoor, at: datetime) -> None:
    theirs = [life for life in here.lives if life.with_us and life.hub == "ferry"]
    if theirs:
        cover = here.accounts["Marnie Elderberry"]
        fortnight = timedelta(days=14)
        ties.tie_for_a_time(here.rng.choice(theirs), at, cover, "cover", fortnight, again=False)


# ── at the door ──────────────────────────────────────────────────────────────────────────────────


def _stranger(here: Northmoor, names: Any, at: datetime) -> Life:
    journey = told("journeys.toml")["told"]["home-with-outreach"]
    hub = here.rng.choice(["ferry", "bakery"])
    return Life(here, names.sketch(journey, hub, at.date()))


def _answered(
    here: Northmoor, names: Any, at: datetime, check_back_in: int = 0, looked: bool = True,
    told_them: bool = True,
) -> None:  # fmt: skip
    """Brought to the door, and answered there with help that somebody else gives."""
    life = _stranger(here, names, at)
    by, rng = here.manager(life.hub), here.rng
    knocked, answered = some_time(rng, at.date(), 8, 10), some_time(rng, at.date(), 12, 17)
    here.agenda.on(knocked, lambda then: coming.knock(life, then))
    help_ = here.decks.draw("the door", "help", told("words/door.toml")["help"])

    def answer(then: datetime) -> None:
        assert life.referral is not None
        starts = then.date() + timedelta(days=rng.randint(3, 9))
        back = then.date() + timedelta(days=check_back_in or rng.randint(21, 40))
        named = door.answer(
            by=by, at=then, referral=life.referral, help_named=help_["what"], given_by=help_["by"],
            by_on=starts, check_back_on=back,
        )  # fmt: skip
        if looked:
            here.agenda.on(
                some_time(rng, back, 9, 11),
                lambda later: door.check_back(
                    by=by, at=later, named_help=named, what_we_found=help_["found"]
                ),
            )
        if told_them:
            soon = then + timedelta(minutes=45)
            here.agenda.on(soon, lambda later: coming.tell_referrer(life, later))

    here.agenda.on(answered, answer)


def _waiting(here: Northmoor, names: Any) -> None:
    """Three who wait tonight. One says that somebody is in danger."""
    teacher = here.accounts["Mr Featherby of Moorgate Academy"]
    yesterday = clock(here.until.date() - timedelta(days=1), 15, 40)
    waiting = (
        (here.until - yesterday, "professional", teacher, {"danger": "No"}),
        (timedelta(hours=2), "family", None, {"danger": "I am not sure"}),
        (timedelta(minutes=40), "themself", None, {"danger": "Yes"}),
    )
    for ago, brought_by, by, more in waiting:
        at = here.until - ago
        life = _stranger(here, names, at)

        def knock(then: datetime, life=life, brought_by=brought_by, by=by, more=more) -> None:
            said = coming.said_at_the_door(life, brought_by, by) | more
            coming.bring(life, then, brought_by, by, said)

        here.agenda.on(at, knock)
