"""Today's pages: my day, who is where tonight, one young person."""

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from onedoor.door import access
from onedoor.door.pages import ask
from onedoor.govuk import words
from onedoor.homes import rules as homes_rules
from onedoor.team import record
from onedoor.team.rules import NotNow
from onedoor.today import actions, forms, queries

PEOPLE_A_PAGE = 100
# Farther than this from today nobody asks who is where; the homes' own pages show places ahead.
AS_FAR_AS = timedelta(days=366)


@require_GET
def my_day(request: HttpRequest) -> HttpResponse:
    today, night = timezone.localdate(), homes_rules.tonight(timezone.localtime())
    day = queries.my_day(request.user, night, today)
    if day.asked_about_people:
        record.saw(request, request.resolver_match.view_name, day.shown)
    return render(request, "today/my_day.html", {"day": day, "today": today, "night": night})


@require_GET
def tonight(request: HttpRequest) -> HttpResponse:
    today, this_night = timezone.localdate(), homes_rules.tonight(timezone.localtime())
    night = _asked_for(request.GET.get("on", ""), today) or this_night
    found = queries.tonight(request.user, night, today, this_night=this_night)
    page = Paginator(found.rows, PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    record.saw(request, request.resolver_match.view_name, [row.person.pk for row in page])
    shown = {
        "tonight": found,
        "page": page,
        "night": night,
        "today": today,
        "this_night": this_night,
        "before": night - timedelta(days=1),
        "after": night + timedelta(days=1),
    }
    return render(request, "today/tonight.html", shown)


@require_GET
def young_person(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    person = access.open_record(request, young_person_id, "see")
    today, night = timezone.localdate(), homes_rules.tonight(timezone.localtime())
    shown = {
        "young_person": person,
        "page": queries.the_page(request.user, person, night, today),
        "may": person.open_to_do,
        "today": today,
        "night": night,
    }
    return render(request, "today/young_person.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, account_id: UUID) -> HttpResponse:
    today = timezone.localdate()
    account = queries.leaver(request.user, account_id, today)
    if account is None:
        raise Http404
    if request.method == "POST":
        try:
            actions.leave(by=request.user, at=timezone.now(), account=account)
        except NotNow as error:
            messages.error(request, error.sentence)
        else:
            messages.success(request, f"{account.name} has left and can no longer sign in.")
            return redirect("team:person", account.pk)
    theirs = list(queries.theirs(request.user, account, today))
    how_many = queries.how_many_are_theirs(account)
    record.saw(request, request.resolver_match.view_name, theirs)
    shown = {"account": account, "theirs": theirs, "how_many": how_many}
    return render(request, "today/leave.html", shown | {"elsewhere": how_many - len(theirs)})


def end_role(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    today = timezone.localdate()
    held = queries.role_to_end(request.user, membership_id, today)
    if held is None:
        raise Http404
    # Why it cannot end yet counts young people, and names nobody.
    record.saw(request, request.resolver_match.view_name, [])
    until = f" until {words.day(held.until_on)}" if held.until_on else ""
    return ask(
        request, forms.EndRole(request.POST or None, initial={"until_on": today}),
        actions.end_role, {"membership": held}, title=f"End {held.account.name}’s role",
        save="End this role", done=f"{held.account.name}’s role has an end.",
        intro=f"{held}, from {words.day(held.from_on)}{until}",
        back=reverse("team:person", args=[held.account_id]),
    )  # fmt: skip


def step_away(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    person = access.open_record(request, young_person_id, "step_away")
    return ask(
        request, forms.StepAway(request.POST or None), actions.step_away,
        {"young_person": person}, person=person, title=f"{person.called} steps away",
        save="Step away", done=f"{person.called} has stepped away. The door stays open.",
        intro=f"{person.key_worker_name} stays their key worker, and the door stays open.",
        back=reverse("today:young_person", args=[person.pk]),
    )  # fmt: skip


def _asked_for(text: str, today: date) -> date | None:
    """The day in the address, where it is one and not out of all reach."""
    try:
        asked = date.fromisoformat(text)
    except ValueError:
        return None
    return asked if abs(asked - today) <= AS_FAR_AS else None
