"""Loading a stay or a decision in scope."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse

from onedoor.door import access
from onedoor.door.models import YoungPerson
from onedoor.homes import queries
from onedoor.homes.models import Decision, Stay


def open_stay(request: HttpRequest, stay_id: UUID, doing: str) -> tuple[Stay, YoungPerson]:
    stay = queries.one_stay(stay_id)
    if stay is None:
        raise Http404
    return stay, access.open_record(request, stay.young_person_id, doing)


def open_decision(
    request: HttpRequest, decision_id: UUID, doing: str
) -> tuple[Decision, YoungPerson]:
    decision = queries.one_decision(decision_id)
    if decision is None:
        raise Http404
    return decision, access.open_record(request, decision.young_person_id, doing)


def whose_asked(request: HttpRequest) -> YoungPerson | None:
    """The young person that ?whose= names, with their record opened."""
    asked = request.GET.get("whose", "")
    if not asked:
        return None
    try:
        young_person_id = UUID(asked)
    except ValueError:
        raise Http404 from None
    return access.open_record(request, young_person_id, "see")


def page_of(stay: Stay) -> str:
    return reverse("homes:stay", args=[stay.pk])
