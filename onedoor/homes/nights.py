"""Nights: the one writer, and the check that the rows say what the stays say.

Locks are taken in one order everywhere: the young person, then places by id. Two people who want
the last place then wait for each other instead of waiting in a circle.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count, F, Max, Min, Q

from onedoor.door.models import YoungPerson
from onedoor.homes import rules
from onedoor.homes.models import Night, OutOfService, Place, Stay
from onedoor.team.rules import NotNow

CHOOSE_ANOTHER = "Nothing was saved. Choose another place or other nights."


def lock_person(young_person_id: UUID) -> None:
    """Nobody else changes where this young person lives until we are done."""
    # Not their key: rows elsewhere may go on pointing at them. SQLite has one writer already.
    YoungPerson.objects.select_for_update(no_key=True).get(pk=young_person_id)


def lock_places(place_ids: Iterable[UUID]) -> None:
    rows = Place.objects.filter(pk__in=set(place_ids)).order_by("pk")
    list(rows.select_for_update(no_key=True))


def claim(
    holder: Stay | OutOfService, place: Place, first: date, until: date,
    way_out: str = CHOOSE_ANOTHER,
) -> None:  # fmt: skip
    """Make the holder's nights exactly these: in this place, from `first` up to `until`.

    Call it inside record.change. Whoever comes second gets a sentence, and nothing is saved.
    """
    mine = Night.objects.filter(**_held_by(holder))
    lock_places({place.pk, *mine.values_list("place", flat=True)})
    mine.exclude(place=place, night__gte=first, night__lt=until).delete()
    already = set(mine.values_list("night", flat=True))
    young_person_id = holder.young_person_id if isinstance(holder, Stay) else None
    new = [
        Night(place=place, night=night, young_person_id=young_person_id, **_held_by(holder))
        for night in rules.nights(first, until)
        if night not in already
    ]
    try:
        with transaction.atomic():
            Night.objects.bulk_create(new)
    except IntegrityError as error:
        sentence = _whose_it_is(holder, place, first, until)
        if sentence is None:
            raise
        raise NotNow(f"{sentence} {way_out}") from error


def _held_by(holder: Stay | OutOfService) -> dict[str, Stay | OutOfService]:
    return {"stay": holder} if isinstance(holder, Stay) else {"out_of_service": holder}


def _whose_it_is(holder: Stay | OutOfService, place: Place, first: date, until: date) -> str | None:
    """The first night that somebody else has, said so that it names nobody."""
    others = (
        Night.objects.filter(night__gte=first, night__lt=until)
        .exclude(Q(**_held_by(holder)))
        .order_by("night")
    )
    taken = others.filter(place=place).first()
    if taken is not None:
        night = rules.said(taken.night)
        if taken.out_of_service_id is not None:
            return f"This place is out of service on the night of {night}."
        return f"Somebody else has just been given this place for the night of {night}."
    if isinstance(holder, Stay):
        elsewhere = others.filter(young_person=holder.young_person_id).first()
        if elsewhere is not None:
            return (
                f"{holder.young_person.called} has another place for the night of "
                f"{rules.said(elsewhere.night)}."
            )
    return None


# ── do the rows agree? ───────────────────────────────────────────────────────────────────────────

_ROWS = {
    "rows": Count("nights"),
    "first_row": Min("nights__night"),
    "last_row": Max("nights__night"),
}


def check() -> list[str]:
    """Every way in which nights, stays and decisions disagree, as sentences without names."""
    return [*_stays_without_their_nights(), *_places_out_of_service(), *_stays_beside_decisions()]


def _stays_without_their_nights() -> Iterator[str]:
    strays = Count("nights", filter=~Q(nights__place=F("place")))
    others = Count("nights", filter=~Q(nights__young_person=F("young_person")))
    counted = Stay.objects.annotate(**_ROWS, strays=strays, others=others)
    for stay in counted.order_by("begins_on").iterator():
        first, until = stay.claims
        if not _agree(stay, first, until):
            yield f"Stay {stay.pk} should hold {_span(first, until)}; its rows are {_found(stay)}."
        if stay.strays:
            yield f"Stay {stay.pk} has {stay.strays} of its nights in another place."
        if stay.others:
            yield f"Stay {stay.pk} has {stay.others} of its nights under somebody else."


def _places_out_of_service() -> Iterator[str]:
    strays = Count("nights", filter=~Q(nights__place=F("place")))
    for out in OutOfService.objects.annotate(**_ROWS, strays=strays).iterator():
        if not _agree(out, out.from_on, out.until_on):
            yield (
                f"Out of service {out.pk} should hold {_span(out.from_on, out.until_on)}; "
                f"its rows are {_found(out)}."
            )
        if out.strays:
            yield f"Out of service {out.pk} has {out.strays} of its nights in another place."


def _stays_beside_decisions() -> Iterator[str]:
    for stay in Stay.objects.exclude(decision__young_person=F("young_person")):
        yield f"Stay {stay.pk} rests on a decision that was made for somebody else."
    for stay in Stay.objects.exclude(decision__home=F("place__home")):
        yield f"Stay {stay.pk} is in another home than was decided."


# One row a night is certain (unique by place and night), so three numbers settle the rest.
def _agree(counted: Stay | OutOfService, first: date, until: date) -> bool:
    wanted = rules.nights(first, until)
    ends = (wanted[0], wanted[-1]) if wanted else (None, None)
    found = (counted.rows, counted.first_row, counted.last_row)  # type: ignore[union-attr]
    return found == (len(wanted), *ends)


def _span(first: date, until: date) -> str:
    return f"{rules.count_of_nights(first, until)} from {first}"


def _found(counted: Stay | OutOfService) -> str:
    return f"{counted.rows} from {counted.first_row} to {counted.last_row}"  # type: ignore[union-attr]
