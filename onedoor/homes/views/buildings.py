"""Pages about homes and places: what there is, and who is where by day."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from onedoor.door.pages import ask
from onedoor.homes import actions, forms, queries
from onedoor.homes.models import Home
from onedoor.homes.views.loading import whose_asked
from onedoor.team import record
from onedoor.team.rules import roles_that_may

WEEK = 7


def homes(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    week = _week_asked(request, today)
    every = queries.places_by_day(request.user, week["nights"][0], WEEK, today=today)
    board, elsewhere = queries.the_range(every), queries.elsewhere(every)
    lived_in = [home for of_kind in elsewhere for home in of_kind.lived_in]
    record.saw(request, "homes:homes", queries.shown_on([*board, *lived_in]))
    shown = {
        "board": board,
        "elsewhere": elsewhere,
        "today": today,
        "may_keep": _may_keep(request, today),
        "free": sum(len(home.free) for home in board),
    }
    return render(request, "homes/homes.html", shown | week)


def home(request: HttpRequest, home_id: UUID) -> HttpResponse:
    today = timezone.localdate()
    one = queries.one_home(request.user, home_id, today)
    if one is None:
        raise Http404
    week = _week_asked(request, today)
    board = queries.places_by_day(request.user, week["nights"][0], WEEK, today=today, home=one)
    record.saw(request, "homes:home", queries.shown_on(board))
    shown = {
        "home": one,
        "board": board,
        "today": today,
        "out_of_service": queries.out_of_service(one, today),
        "may_keep": _may_keep(request, today),
        "may_see_address": _runs_its_hub(request, one, today),
    }
    return render(request, "homes/home.html", shown | week)


def open_home(request: HttpRequest) -> HttpResponse:
    """A home; or, with ?whose=, one young person's own."""
    _keepers_only(request)
    whose = whose_asked(request)
    initial = {"opened_on": timezone.localdate()}
    form = forms.OpenHome(request.POST or None, initial=initial, ones_own=whose is not None)
    if whose is not None:
        return ask(
            request, form, actions.open_home, {"whose": whose}, person=whose,
            title=f"Add a home of {whose.called}’s own", save="Add this home",
            done="The home is added.", back=reverse("homes:stays", args=[whose.pk]),
            intro=f"It is offered to nobody but {whose.called}, and only those who may see "
            f"{whose.called} read its name.",
        )  # fmt: skip
    return ask(
        request, form, actions.open_home, {}, title="Add a home", save="Add this home",
        done="The home is added.", back=reverse("homes:homes"),
        intro="A family’s own home, or somebody’s own tenancy, is added from the page of the "
        "young person whose home it is.",
    )  # fmt: skip


def add_place(request: HttpRequest, home_id: UUID) -> HttpResponse:
    _keepers_only(request)
    one = queries.one_home(request.user, home_id, timezone.localdate())
    if one is None:
        raise Http404
    return ask(
        request, forms.AddPlace(request.POST or None), actions.add_place, {"home": one},
        title=f"Add a place in {one.name}", save="Add this place", done="The place is added.",
        back=reverse("homes:home", args=[one.pk]),
        intro="One place is room for one young person.",
    )  # fmt: skip


def out_of_service(request: HttpRequest, place_id: UUID) -> HttpResponse:
    place = queries.one_place(request.user, place_id, timezone.localdate())
    if place is None:
        raise Http404
    return ask(
        request, forms.TakeOutOfService(request.POST or None), actions.take_out_of_service,
        {"place": place}, title=f"Take {place} out of service", save="Take it out of service",
        done=f"{place} is out of service for those nights.",
        back=reverse("homes:home", args=[place.home_id]),
        intro="It holds those nights just as a stay would, so nobody can be given them.",
    )  # fmt: skip


def back_in_service(request: HttpRequest, out_id: UUID) -> HttpResponse:
    out = queries.one_out_of_service(request.user, out_id, timezone.localdate())
    if out is None:
        raise Http404
    return ask(
        request, forms.BackInService(request.POST or None), actions.back_in_service,
        {"out_of_service": out}, title=f"{out.place} can be used again", save="Save",
        done="The nights from then on are free.",
        back=reverse("homes:home", args=[out.place.home_id]),
    )  # fmt: skip


def _keepers_only(request: HttpRequest) -> None:
    queries.must_keep(request.user, timezone.localdate())
    # The pages that keep homes show nobody, and their choices touch rows that could.
    record.saw(request, request.resolver_match.view_name, [])


def _may_keep(request: HttpRequest, today: date) -> bool:
    return bool(request.user.roles_on(today) & set(roles_that_may("keep_homes")))


def _runs_its_hub(request: HttpRequest, home: Home, today: date) -> bool:
    """Where a home is, is known to those who run its hub; others ask them."""
    return home.whose_id is None and any(
        held.hub_id == (home.hub_id or held.hub_id) and held.role in roles_that_may("keep_homes")
        for held in request.user.memberships_on(today)
        if held.hub_id
    )


def _week_asked(request: HttpRequest, today: date) -> dict[str, Any]:
    """Seven nights from the day the address names, and the weeks on either side."""
    week = timedelta(days=WEEK)
    try:
        first = date.fromisoformat(request.GET.get("from", ""))
        around = {"before": first - week, "after": first + week}
    except (ValueError, OverflowError):
        first, around = today, {"before": today - week, "after": today + week}
    return around | {"nights": [first + timedelta(days=n) for n in range(WEEK)]}
