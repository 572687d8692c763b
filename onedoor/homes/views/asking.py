"""The one way these pages ask: draw a form, or do what it says and go on."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from onedoor.door import access
from onedoor.door.models import YoungPerson
from onedoor.homes import queries
from onedoor.homes.models import Decision, Stay
from onedoor.team.rules import NotNow


def ask(
    request: HttpRequest, form: django_forms.Form, act: Callable[..., Any], about: dict[str, Any],
    *, title: str, save: str, done: str, back: str, intro: str = "",
    person: YoungPerson | None = None,
) -> HttpResponse:  # fmt: skip
    if form.is_valid():
        try:
            act(by=request.user, at=timezone.now(), **about, **form.cleaned_data)
        except NotNow as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, done)
            return redirect(back)
    shown = {"form": form, "title": title, "save": save, "back": back, "intro": intro}
    return render(request, "homes/form.html", shown | {"young_person": person})


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


def page_of(stay: Stay) -> str:
    return reverse("homes:stay", args=[stay.pk])
