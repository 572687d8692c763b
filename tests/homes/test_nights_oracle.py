"""Nights against a slow, obvious twin that counts day by day and has no database.

Three thousand things happen at random to three places and four young people, while the clock moves
on. After each, the twin and the rooms must agree on whether it could happen and on every night.
"""

import random
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pytest

from onedoor.homes import actions, nights
from onedoor.homes.models import Night, Place
from onedoor.team.rules import NotNow
from tests.factories import NOW, TODAY, a_young_person
from tests.homes.homely import a_decision, a_home, noon

pytestmark = pytest.mark.django_db

OPERATIONS = 3_000
DAY = timedelta(days=1)
LONG = 60 * DAY  # how far back the two are compared each time; now and then, all the way


@dataclass
class Lived:
    """A stay, or with nobody in it a repair, as the twin remembers it."""

    who: int | None
    where: int
    first: date
    until: date
    came: bool = False
    left: date | None = None
    off: bool = False
    decided: date = TODAY

    @property
    def living(self):
        return self.came and self.left is None

    @property
    def waiting(self):
        return self.who is not None and not self.came and not self.off

    @property
    def open(self):
        return self.living or self.waiting

    def days(self, since):
        day = max(self.first, since)
        while day < (self.left or self.until) and not self.off:
            yield day
            day += DAY


class Clash(Exception):
    pass


def sure(fact):
    if not fact:
        raise Clash


@dataclass
class Twin:
    today: date = TODAY
    kept: list[Lived] = field(default_factory=list)

    def nights(self, since=date.min):
        """Every night of every place, counted out one by one."""
        taken, asleep = {}, set()
        for one in self.kept:
            for day in one.days(since):
                sure((one.where, day) not in taken)
                taken[one.where, day] = one.who
                sure(one.who is None or (one.who, day) not in asleep)
                asleep.add((one.who, day))
        return taken

    def stands(self):
        living = [one for one in self.kept if one.living]
        sure(len({one.where for one in living}) == len(living))
        sure(len({one.who for one in living}) == len(living))
        self.nights()

    def overdue_in(self, where):
        return any(o.living and o.where == where and o.until <= self.today for o in self.kept)

    # Each of these says what must be true, and then what becomes true.

    def move_in(self, who, where, first, until, came):
        sure(until >= first and not self.overdue_in(where))
        sure(not came or first <= self.today)
        decided = min(first, self.today)
        self.kept.append(Lived(who, where, first, until, came=came, decided=decided))

    def arrive(self, n):
        sure(self.kept[n].waiting and self.kept[n].first <= self.today)
        self.kept[n].came = True

    def stay_longer(self, n, until):
        one = self.kept[n]
        sure(one.open)
        sure(until > one.until and until > self.today)
        one.until = until

    def end_early(self, n, until):
        one = self.kept[n]
        sure(one.open)
        sure(one.first <= until < one.until and (until >= self.today or not one.came))
        one.until = until

    def correct(self, n, first, where):
        one = self.kept[n]
        sure(not one.off and (first, where) != (one.first, one.where))
        sure(one.decided <= first <= one.until and first <= (one.left or one.until))
        sure(not one.came or first <= self.today)
        if where != one.where:
            sure(not self.overdue_in(where) and not (one.living and one.until <= self.today))
        one.first, one.where = first, where

    def end(self, n, left):
        one = self.kept[n]
        sure(one.living and one.first <= left <= self.today)
        one.left = left

    def move_on(self, n, where, on, until):
        self.end(n, on)
        self.move_in(self.kept[n].who, where, on, until, came=True)

    def call_off(self, n):
        sure(self.kept[n].waiting)
        self.kept[n].off = True

    def repair(self, where, first, until):
        sure(first < until and not self.overdue_in(where))
        self.kept.append(Lived(None, where, first, until))

    def repaired(self, n, until):
        sure(self.kept[n].first <= until < self.kept[n].until)
        self.kept[n].until = until


class Rooms:
    """The same verbs, done with the real actions."""

    def __init__(self, hub):
        self.manager, self.home = hub.manager, a_home(hub.manager, places=["A", "B", "C"])
        self.places = list(Place.objects.filter(home=self.home).order_by("name"))
        self.people = [a_young_person(hub.hub, hub.manager, hub.worker) for _ in range(4)]
        self.at, self.rows = NOW, []

    def by(self):
        return {"by": self.manager, "at": self.at}

    def decided(self, person, place, on):
        return a_decision(
            self.manager, person, self.home, place=place, at=self.at, from_on=on,
            decided_at=noon(min(on, self.at.date())),
        )  # fmt: skip

    def move_in(self, who, where, first, until, came):
        decision = self.decided(self.people[who], self.places[where], first)
        stay = actions.move_in(
            **self.by(), decision=decision, begins_on=first, until_on=until,
            begun_at=noon(first) if came else None,
        )  # fmt: skip
        self.rows.append(stay)

    def arrive(self, n):
        stay = self.rows[n]
        stay.refresh_from_db()
        actions.arrive(**self.by(), stay=stay, begun_at=noon(stay.begins_on))

    def stay_longer(self, n, until):
        actions.stay_longer(**self.by(), stay=self.rows[n], until_on=until, why="Not yet.")

    def end_early(self, n, until):
        actions.end_early(**self.by(), stay=self.rows[n], until_on=until, why="Ready.")

    def correct(self, n, first, where):
        stay = self.rows[n]
        stay.refresh_from_db()
        moved = stay.begun_at is not None and first != stay.begins_on
        actions.correct(
            **self.by(), stay=stay, begins_on=first, begun_at=noon(first) if moved else None,
            place=self.places[where], why="A slip.",
        )  # fmt: skip

    def end(self, n, left):
        actions.end(
            **self.by(), stay=self.rows[n], ended_on=left, why="Went home.", as_planned=True
        )

    def move_on(self, n, where, on, until):
        stay = self.rows[n]
        decision = self.decided(stay.young_person, self.places[where], on)
        new = actions.move_on(
            **self.by(), stay=stay, decision=decision, on=on, begun_at=noon(on), until_on=until,
            why="Another room.", as_planned=True,
        )  # fmt: skip
        self.rows.append(new)

    def call_off(self, n):
        actions.call_off(**self.by(), stay=self.rows[n], why="It fell through.")

    def repair(self, where, first, until):
        row = actions.take_out_of_service(
            **self.by(), place=self.places[where], from_on=first, until_on=until, why="Damp."
        )
        self.rows.append(row)

    def repaired(self, n, until):
        actions.back_in_service(**self.by(), out_of_service=self.rows[n], until_on=until)

    def nights(self, since):
        where = {place.pk: n for n, place in enumerate(self.places)}
        who = {person.pk: n for n, person in enumerate(self.people)} | {None: None}
        rows = Night.objects.filter(place__home=self.home, night__gte=since)
        found = rows.values_list("place", "night", "young_person")
        return {(where[place], night): who[person] for place, night, person in found}


def anything(chance, twin):
    """Something that somebody might try, now and then something that cannot be."""

    def some_day(low, high):
        return twin.today + timedelta(days=chance.randint(low, high))

    where, n = chance.randrange(3), len(twin.kept)
    open_or_recent = [i for i in range(n) if i > n - 10 or twin.kept[i].open]
    stays = [i for i in open_or_recent if twin.kept[i].who is not None]
    repairs = [i for i in range(max(0, n - 25), n) if twin.kept[i].who is None]
    verbs = {"move_in": 8, "repair": 1}
    if stays:
        verbs |= {"arrive": 4, "stay_longer": 3, "end_early": 3, "correct": 4, "end": 5}
        verbs |= {"move_on": 4, "call_off": 3}
    if repairs:
        verbs |= {"repaired": 1}
    verb = chance.choices(list(verbs), list(verbs.values()))[0]
    living = [one for one in twin.kept if one.living]
    if verb == "move_in":
        came, who = chance.random() < 0.5, chance.randrange(4)
        if came and chance.random() < 0.8:
            who = chance.choice(list({0, 1, 2, 3} - {one.who for one in living}) or [who])
            where = chance.choice(list({0, 1, 2} - {one.where for one in living}) or [where])
        first = some_day(-1, 1) if came else some_day(0, 5)
        return verb, who, where, first, first + DAY * chance.randint(-1, 5), came
    if verb == "repair":
        first = some_day(-3, 9)
        return verb, where, first, first + DAY * chance.randint(0, 4)
    if verb == "repaired":
        which = chance.choice(repairs)
        return verb, which, twin.kept[which].first + DAY * chance.randint(-1, 4)
    which = chance.choice(stays)
    likely = [i for i in stays if twin.kept[i].open]
    if verb in {"end", "move_on"}:
        likely = [i for i in likely if twin.kept[i].living]
    if verb in {"arrive", "call_off"}:
        likely = [i for i in likely if twin.kept[i].waiting]
    if likely and chance.random() < 0.9:
        which = chance.choice(likely)
    if verb in {"arrive", "call_off"}:
        return verb, which
    if verb == "correct":
        first = twin.kept[which].first + DAY * chance.randint(-2, 2)
        return verb, which, first, chance.choice([where, twin.kept[which].where])
    if verb == "end":
        return verb, which, chance.choice([twin.kept[which].until, some_day(-1, 1)])
    if verb == "move_on":
        on = some_day(-1, 0)
        return verb, which, where, on, on + DAY * chance.randint(0, 5)
    until = twin.kept[which].until
    if verb == "stay_longer":
        return verb, which, max(until, twin.today) + DAY * chance.randint(-1, 3)
    return verb, which, until - DAY * chance.randint(-1, 3)


def happens(world, verb, *given):
    try:
        getattr(world, verb)(*given)
    except NotNow:
        return False
    return True


def imagined(twin, verb, *given):
    """The twin as it would be, or as it was if that cannot be."""
    then = Twin(twin.today, [replace(one) for one in twin.kept])
    try:
        getattr(then, verb)(*given)
        then.stands()
    except Clash:
        return twin, False
    return then, True


def test_three_thousand_things_leave_the_nights_a_day_by_day_count_would(hub):
    chance = random.Random(20261120)
    twin, rooms = Twin(), Rooms(hub)
    done = refused = 0
    for number in range(OPERATIONS):
        if chance.random() < 0.2:
            twin.today += DAY
            rooms.at += DAY
        what = anything(chance, twin)
        twin, can_be = imagined(twin, *what)
        assert happens(rooms, *what) is can_be, f"operation {number}: {what} on {twin.today}"
        done, refused = done + can_be, refused + (not can_be)
        since = twin.today - LONG if number % 100 else date.min
        assert rooms.nights(since) == twin.nights(since), f"after operation {number}: {what}"
    print(f"{done} happened and {refused} could not; {len(twin.kept)} stays and repairs")
    # Both happen often, or nothing was tried.
    assert done > OPERATIONS / 5
    assert refused > OPERATIONS / 5
    assert nights.check() == []
