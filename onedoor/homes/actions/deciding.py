from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from onedoor.door import access
from onedoor.door import actions as door
from onedoor.door import rules as door_rules
from onedoor.door.models import Provocation, YoungPerson
from onedoor.homes import rules
from onedoor.homes.actions.buildings import open_home
from onedoor.homes.models import Decision, DecisionAnswer, Home, Place
from onedoor.team import record
from onedoor.team.models import Account
from onedoor.team.rules import NotNow

Answers = Sequence[tuple[Provocation, str, str]]


def decide(
    *, by: Account, at: datetime, young_person: YoungPerson, wishes: str = "",
    not_asked_why: str = "", answers: Answers, options_considered: str, refused: str,
    effect_on_others: str, home: Home | None = None, place: Place | None = None,
    their_own: str = "", from_on: date, reasons: str, decided_at: datetime | None = None,
) -> Decision:  # fmt: skip
    """Decide where a young person lives: their wishes first, then the provocations, then why.

    `their_own` is the kind of a home of their own that nobody has written down: it is opened.
    """
    with record.change("homes.decide", by=by, at=at, about=[young_person]):
        today = timezone.localdate(at)
        access.must(by, "decide", young_person, today)
        decided_at = decided_at or at
        rules.check_decided(timezone.localdate(decided_at), today)
        rules.check_wishes(wishes, not_asked_why)
        rules.check_provocations(
            {key: door_rules.parts_of(key) for key in door_rules.provocations()},
            dict(Provocation.objects.in_use().values_list("key", "wording")),
            [(provocation.key, part, words) for provocation, part, words in answers],
        )
        rules.check_reasons(options_considered, refused, effect_on_others, reasons)
        if home is None:
            home, place = _their_own_home(by, at, young_person, their_own, from_on)
        rules.check_old_enough(home.of_kind, young_person.age_on(from_on), young_person.called)
        if home.of_kind.ones_own:
            rules.check_theirs(home.whose_id == young_person.pk, young_person.called)
        if place is not None and place.home_id != home.pk:
            raise NotNow(f"{place.name} is not in {home.name}. Choose a place that is.")
        written = door.answer_provocations(by=by, at=at, young_person=young_person, answers=answers)
        decision = Decision.objects.create(
            young_person=young_person, wishes=wishes.strip(), not_asked_why=not_asked_why.strip(),
            options_considered=options_considered.strip(), refused=refused.strip(),
            effect_on_others=effect_on_others.strip(), for_kind=home.kind, home=home, place=place,
            from_on=from_on, reasons=reasons.strip(), decided_by=by, decided_at=decided_at,
            recorded_at=at,
        )  # fmt: skip
        DecisionAnswer.objects.bulk_create(
            DecisionAnswer(decision=decision, answer=answer) for answer in written
        )
        return decision


def _their_own_home(
    by: Account, at: datetime, young_person: YoungPerson, kind: str, from_on: date
) -> tuple[Home, Place]:
    if kind not in rules.ones_own():
        raise NotNow("Choose which home, or that it is a home of their own.")
    # Only those who may see them read this name. The number tells two of one name apart.
    name = f"{rules.kinds()[kind].name}, {young_person.name}"
    alike = Home.objects.filter(name__startswith=name).count()
    home = open_home(
        by=by, at=at, name=f"{name} {alike + 1}" if alike else name, kind=kind,
        hub=young_person.welcome.hub, opened_on=from_on, places=["Own room"], whose=young_person,
    )  # fmt: skip
    return home, home.places.get()
