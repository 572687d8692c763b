"""The one way our pages ask: draw a form, or do what it says and go on."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from onedoor.door.models import YoungPerson
from onedoor.team.rules import NotNow


def ask(
    request: HttpRequest, form: forms.Form, act: Callable[..., Any], about: dict[str, Any],
    *, title: str, save: str, done: str, back: str, then: Callable[[Any], str] | str = "",
    intro: str = "", person: YoungPerson | None = None,
) -> HttpResponse:  # fmt: skip
    """Do `act` with what was typed and go on to `then`, or draw the form with what is wrong.

    `then` may be worked out from what the act made; without it the page goes `back`.
    """
    if form.is_valid():
        try:
            made = act(by=request.user, at=timezone.now(), **about, **form.cleaned_data)
        except NotNow as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, done)
            return redirect((then(made) if callable(then) else then) or back)
    shown = {"form": form, "title": title, "save": save, "back": back, "intro": intro}
    return render(request, "door/form.html", shown | {"young_person": person})
