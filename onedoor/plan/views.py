"""The plan's pages. Each loads in scope, asks or does one thing, and draws or moves on."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onedoor.door import access
from onedoor.door.models import YoungPerson
from onedoor.plan import actions, forms, queries, rules
from onedoor.team import rules as team_rules
from onedoor.team.rules import NotNow

asked_or_answered = require_http_methods(["GET", "HEAD", "POST"])


@require_GET
def plan(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    person = access.open_record(request, young_person_id, "see_plan")
    today = timezone.localdate()
    theirs = request.user.agency == team_rules.Agency.YOUNG_PERSON
    shown = {
        "young_person": person,
        "the_plan": queries.the_plan(request.user, person, today),
        "theirs": theirs,
        "today": today,
        "may_plan": "plan" in person.open_to_do,
        "may_hear": "write" in person.open_to_do,
    }
    return render(request, "plan/plan.html", shown)


@require_POST
def open_plan(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    person = access.open_record(request, young_person_id, "plan")
    try:
        actions.open(
            by=request.user, at=timezone.now(), young_person=person, opened_on=timezone.localdate()
        )
    except NotNow as error:
        messages.info(request, error.sentence)
    else:
        messages.success(request, f"{person.called}’s plan is open.")
    return redirect("plan:plan", young_person_id)


@asked_or_answered
def hear(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    person = access.open_record(request, young_person_id, "write")
    form = forms.Hear(person, timezone.localdate(), request.POST or None)
    return _ask(
        request, person, form, actions.hear, {"young_person": person},
        title=f"What {person.called} said", button="Keep these words",
        done=f"{person.called}’s words are kept.",
    )  # fmt: skip


@asked_or_answered
def aspire(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    person = access.open_record(request, young_person_id, "plan")
    asked_for = request.GET.get("age", "")
    age = int(asked_for) if asked_for in map(str, rules.AGES) else None
    form = forms.Aspire(person, timezone.localdate(), age, request.POST or None)
    return _ask(
        request, person, form, actions.aspire, {"young_person": person},
        title=f"What {person.called} wants life to be like", button="Keep these words",
        done=f"{person.called}’s words are kept.",
    )  # fmt: skip


@asked_or_answered
def goal(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    person = access.open_record(request, young_person_id, "plan")
    today = timezone.localdate()
    form = forms.AgreeGoal(
        person,
        today,
        request.user,
        queries.who_could_help(person, today),
        queries.aspirations_now(request.user, person, today),
        request.POST or None,
    )
    return _ask(
        request, person, form, actions.agree_goal, {"young_person": person},
        title=f"A goal with {person.called}", button="Agree this goal",
        done="The goal is agreed, with its first step.", told=_told_of_first_step,
    )  # fmt: skip


@asked_or_answered
def step(request: HttpRequest, young_person_id: UUID, goal_id: UUID) -> HttpResponse:
    person = access.open_record(request, young_person_id, "plan")
    today = timezone.localdate()
    found = queries.a_goal(request.user, goal_id, person, today) or _nothing()
    form = forms.AddStep(person, today, queries.who_could_help(person, today), request.POST or None)
    return _ask(
        request, person, form, actions.add_step, {"goal": found, "agreed_on": today},
        title="The next step", quote=found.words, button="Add this step",
        done="The step is in the plan.", told=queries.owner_left_out,
    )  # fmt: skip


@asked_or_answered
def step_done(request: HttpRequest, young_person_id: UUID, step_id: UUID) -> HttpResponse:
    person = access.open_record(request, young_person_id, "plan")
    today = timezone.localdate()
    found = queries.a_step(request.user, step_id, person, today) or _nothing()
    form = forms.StepDone(today, request.POST or None)
    return _ask(
        request, person, form, actions.step_done, {"step": found},
        title="This step is done", quote=found.what, button="It is done",
        done="Done. What is the next step?",
    )  # fmt: skip


@asked_or_answered
def goal_ending(request: HttpRequest, young_person_id: UUID, goal_id: UUID) -> HttpResponse:
    person = access.open_record(request, young_person_id, "plan")
    today = timezone.localdate()
    found = queries.a_goal(request.user, goal_id, person, today) or _nothing()
    form = forms.EndGoal(person, today, request.POST or None)
    return _ask(
        request, person, form, actions.end_goal, {"goal": found},
        title="How a goal ended", quote=found.words, button="Save",
        done="That is in the plan now.",
    )  # fmt: skip


def _nothing() -> Any:
    raise Http404


def _told_of_first_step(goal: Any, person: YoungPerson, on: Any) -> str:
    return queries.owner_left_out(goal.steps.first(), person, on)


def _ask(
    request: HttpRequest, person: YoungPerson, form: django_forms.Form, act: Callable,
    about: dict[str, Any], *, title: str, button: str, done: str, quote: str = "",
    told: Callable | None = None,
) -> HttpResponse:  # fmt: skip
    """Draw the form, or do what it asks and go back to the plan."""
    if form.is_valid():
        try:
            made = act(by=request.user, at=timezone.now(), **about, **form.cleaned_data)
        except NotNow as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, done)
            if told and (sentence := told(made, person, timezone.localdate())):
                messages.info(request, sentence)
            return redirect("plan:plan", person.pk)
    shown = {"young_person": person, "form": form, "title": title, "button": button}
    return render(request, "plan/ask.html", shown | {"quote": quote})
