"""Pages about where one young person lives: deciding, moving in, staying and moving on."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from onedoor.door import access
from onedoor.door.pages import ask
from onedoor.homes import actions, forms, queries, rules
from onedoor.homes.views.loading import open_decision, open_stay, page_of
from onedoor.team import record
from onedoor.team.rules import NotNow


def stays(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    person = access.open_record(request, young_person_id, "see")
    shown = {
        "young_person": person,
        "stays": queries.stays_of(person),
        "waiting": queries.decisions_waiting(person) if "see_story" in person.open_to_do else [],
        "may": person.open_to_do,
        "today": timezone.localdate(),
    }
    return render(request, "homes/stays.html", shown)


def decide(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    person = access.open_record(request, young_person_id, "decide")
    today = timezone.localdate()
    posted = request.POST or None
    night = forms.night_asked(posted, today)
    options = queries.options_for(request.user, person, night, today=today)
    record.saw(request, "homes:decide", queries.shown_on(options))
    form = forms.Decide(
        person, queries.provocations(), options, night, posted, initial={"from_on": today}
    )
    if "look" in request.POST:
        form.errors.clear()  # only the night was asked about; all that was typed stays
    elif form.is_valid():
        try:
            decision = actions.decide(
                by=request.user, at=timezone.now(), young_person=person, **form.decided
            )
        except NotNow as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, "The decision is written down. Now plan the move.")
            return redirect("homes:decision", decision.pk)
    shown = {"young_person": person, "form": form, "options": options, "night": night}
    return render(request, "homes/decide.html", shown)


def decision(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    one, person = open_decision(request, decision_id, "see_story")
    shown = {
        "young_person": person,
        "decision": one,
        "answers": queries.answers_of(one),
        "stay": getattr(one, "stay", None),
        "living": queries.current_stay(person.pk),
        "may_move": "move" in person.open_to_do,
    }
    return render(request, "homes/decision.html", shown)


def move_in(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    one, person = open_decision(request, decision_id, "move")
    now = timezone.localtime()
    # Whoever comes in the small hours has come for the night that everybody is still in.
    first = rules.tonight(now) if one.from_on == now.date() else one.from_on
    form = forms.MoveIn(one, request.POST or None, initial={"begins_on": first, "begun_at": now})
    return ask(
        request, form, actions.move_in, {"decision": one}, person=person,
        title=f"{person.called} moves in to {one.place or one.home}", save="Save this stay",
        done=f"{person.called}’s stay at {one.home} is saved.",
        back=reverse("homes:stays", args=[person.pk]),
    )  # fmt: skip


def stay(request: HttpRequest, stay_id: UUID) -> HttpResponse:
    one, person = open_stay(request, stay_id, "see")
    today = timezone.localdate()
    shown = {
        "young_person": person,
        "stay": one,
        "home": one.place.home,
        "overdue": one.is_overdue(today),
        "expected": one.now == rules.Now.PLANNED and one.begins_on <= today,
        "may_move": "move" in person.open_to_do,
        "may_see_decision": "see_story" in person.open_to_do,
        "may_see_address": "see_address" in person.open_to_do,
    }
    return render(request, "homes/stay.html", shown)


def arrive(request: HttpRequest, stay_id: UUID) -> HttpResponse:
    one, person = open_stay(request, stay_id, "move")
    form = forms.Arrive(request.POST or None)
    return ask(
        request, form, actions.arrive, {"stay": one}, person=person, back=page_of(one),
        title=f"{person.called} has arrived", save="They are there",
        done=f"{person.called} is living at {one.place.home}.",
        intro=f"Planned for {one.place} from {rules.said_in_full(one.begins_on)}.",
    )  # fmt: skip


def stay_longer(request: HttpRequest, stay_id: UUID) -> HttpResponse:
    one, person = open_stay(request, stay_id, "move")
    form = forms.Longer(request.POST or None)
    return ask(
        request, form, actions.stay_longer, {"stay": one}, person=person, back=page_of(one),
        title=f"{person.called} stays longer", save="Stay longer", done="The longer stay is saved.",
        intro=f"Planned until {rules.said_in_full(one.planned_until_on)} so far.",
    )  # fmt: skip


def end_early(request: HttpRequest, stay_id: UUID) -> HttpResponse:
    one, person = open_stay(request, stay_id, "move")
    form = forms.Earlier(request.POST or None)
    return ask(
        request, form, actions.end_early, {"stay": one}, person=person, back=page_of(one),
        title=f"{person.called} is to leave earlier", save="Leave earlier",
        done="The shorter stay is saved, and the nights after it are free.",
        intro=f"Planned until {rules.said_in_full(one.planned_until_on)} so far. If they have "
        "left already, end the stay instead.",
    )  # fmt: skip


def correct(request: HttpRequest, stay_id: UUID) -> HttpResponse:
    one, person = open_stay(request, stay_id, "move")
    form = forms.Correct(one, request.POST or None)
    return ask(
        request, form, actions.correct, {"stay": one}, person=person, back=page_of(one),
        title="Put this stay right", save="Save the correction", done="The correction is saved.",
        intro="For what was written wrongly. What it said before is kept.",
    )  # fmt: skip


def end(request: HttpRequest, stay_id: UUID) -> HttpResponse:
    one, person = open_stay(request, stay_id, "move")
    planned = one.now == rules.Now.PLANNED
    if planned:
        return ask(
            request, forms.CallOff(request.POST or None), actions.call_off, {"stay": one},
            person=person, back=page_of(one), title="This stay is not going to happen",
            save="Call it off", done="It is called off, and its nights are free.",
        )  # fmt: skip
    form = forms.End(request.POST or None, initial={"ended_on": timezone.localdate()})
    return ask(
        request, form, actions.end, {"stay": one}, person=person, back=page_of(one),
        title=f"{person.called} has left {one.place.home}", save="End this stay",
        done="The stay has ended.",
        intro="If they are moving to another place from here, choose “Move on” instead, so that "
        "one stay ends as the next begins.",
    )  # fmt: skip


def move_on(request: HttpRequest, stay_id: UUID) -> HttpResponse:
    one, person = open_stay(request, stay_id, "move")
    waiting = queries.decisions_waiting(person)
    today = timezone.localdate()
    if not waiting:
        messages.info(request, f"Decide first where {person.called} is to live next.")
        return redirect(page_of(one))
    initial = {"on": today, "until_on": today + timedelta(days=28)}
    if len(waiting) == 1:
        initial["decision"] = waiting[0].pk
    form = forms.MoveOn(waiting, request.POST or None, initial=initial)
    return ask(
        request, form, actions.move_on, {"stay": one}, person=person,
        back=reverse("homes:stays", args=[person.pk]),
        title=f"{person.called} moves on from {one.place.home}", save="Move on",
        done=f"{person.called} has moved on.",
    )  # fmt: skip
