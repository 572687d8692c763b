"""Small pages for tests of what surrounds every page: the record of reads, the guard, the logs."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError, connection
from django.http import Http404, HttpResponse
from django.urls import include, path

from onedoor.door.models import YoungPerson
from onedoor.team import record
from onedoor.team.models import Account
from onedoor.team.rules import Refused

# Words that stand for everything private; none of them may reach a log.
CANARY = "Zebedee-Canary"
SOMEBODY = UUID("11111111-2222-4333-8444-555555555555")


def shows(request):
    record.saw(request, "today:young_person", [SOMEBODY])
    return HttpResponse("Robin lives here")


def cannot_be_recorded(request):
    record.saw(request, "today:young_person", [SOMEBODY])
    request.seen.kind = "overheard"  # the database knows no such kind, so the line is refused
    return HttpResponse("Robin lives here")


def forgets_to_record(request):
    return HttpResponse(", ".join(person.called for person in YoungPerson.objects.all()))


def records_what_it_reads(request):
    people = list(YoungPerson.objects.all())
    record.saw(request, "door:search", people)
    return HttpResponse(", ".join(person.called for person in people))


def refuses(request):
    raise Refused("You cannot see this.", subject=SOMEBODY)


def refuses_after_reading(request):
    record.saw(request, "today:young_person", [UUID(int=7)])
    raise Refused("You cannot see this.", subject=SOMEBODY)


@login_not_required
def refuses_anybody(request):
    raise Refused("You cannot see this.", subject=SOMEBODY)


def is_not_there(request):
    record.saw(request, "today:young_person", [SOMEBODY])
    raise Http404(CANARY)


def falls_over(request):
    name = CANARY
    raise RuntimeError(f"{name} {request.POST} {request.GET}")


def falls_in_the_database(request):
    account = Account.objects.get(pk=request.user.pk)
    Account(email=account.email, name=CANARY, agency="council", joined_at=account.joined_at).save()
    raise IntegrityError(CANARY)


def asks_the_database_nonsense(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s FROM nowhere", [CANARY])


urlpatterns = [
    *[
        path(f"{view.__name__}/", view, name=view.__name__)
        for view in (
            shows,
            cannot_be_recorded,
            forgets_to_record,
            records_what_it_reads,
            refuses,
            refuses_after_reading,
            refuses_anybody,
            is_not_there,
            falls_over,
            falls_in_the_database,
            asks_the_database_nonsense,
        )  # fmt: skip
    ],
    path("", include("onedoor.urls_council")),
]
