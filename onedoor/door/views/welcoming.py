"""Pages for those who welcome and answer at the door."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from onedoor.door import access, actions, forms, queries, rules
from onedoor.door.views.coming_in import as_initial, said_by_step
from onedoor.team import record
from onedoor.team.rules import NotNow


def at_the_door(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    waiting = list(queries.at_the_door(request.user, today))
    backs = list(queries.check_backs(request.user, today))
    untold = list(queries.not_told(request.user, today))
    record.saw(request, "door:at_the_door", [r.young_person_id for r in untold])
    return render(
        request,
        "door/at_the_door.html",
        {"waiting": waiting, "check_backs": backs, "not_told": untold, "today": today},
    )


def load(request: HttpRequest, referral_id: UUID):
    referral = queries.one_referral(request.user, referral_id, timezone.localdate())
    if referral is None:
        raise Http404
    record.saw(request, request.resolver_match.view_name, [referral.young_person_id])
    return referral


def referral(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    found = load(request, referral_id)
    known = []
    if not found.ended_as:
        name = str(found.answers.get("young_person_name", ""))
        known = queries.perhaps_known(request.user, name, timezone.localdate())
        record.saw(request, "door:referral", known)
    context = {"referral": found, "steps": said_by_step(found), "known": known}
    return render(request, "door/referral.html", context)


def welcome(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    found = load(request, referral_id)
    today = timezone.localdate()
    hubs = [m.hub for m in request.user.memberships_on(today) if m.hub]
    said = as_initial(found)
    initial = {
        "name": said.get("young_person_name", ""),
        "preferred_name": said.get("preferred_name", ""),
        "born_on": said.get("born_on"),
        "hub": hubs[0].pk if len(hubs) == 1 else None,
    }
    form = forms.Welcoming(request.POST or None, initial=initial, on=today, hubs=hubs)
    if request.method == "POST" and form.is_valid():
        try:
            person = actions.welcome(
                by=request.user, at=timezone.now(), referral=found, **form.cleaned_data
            )
            messages.success(
                request, f"{person.called} is welcomed. Now tell whoever brought them."
            )
            return redirect("today:young_person", person.pk)
        except NotNow as error:
            form.add_error(None, error.sentence)
    return render(
        request, "door/form.html",
        {"form": form, "title": "Welcome a young person", "save": "Welcome them",
         "back": found, "back_route": "door:referral"},
    )  # fmt: skip


def answer(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    found = load(request, referral_id)
    today = timezone.localdate()
    initial = {"by_on": today + timedelta(days=2), "check_back_on": today + timedelta(days=14)}
    form = forms.Answering(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(by=request.user, at=timezone.now(), referral=found, **form.cleaned_data)
            messages.success(request, "Answered. Now tell whoever brought them.")
            return redirect("door:referral", found.pk)
        except NotNow as error:
            form.add_error(None, error.sentence)
    return render(
        request, "door/form.html",
        {"form": form, "title": "Answer with named help", "save": "Answer",
         "intro": "Nobody leaves the door with nothing. Name the help, who gives it and by when.",
         "back": found, "back_route": "door:referral"},
    )  # fmt: skip


def check_back(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    found = load(request, referral_id)
    if found.ended_as != rules.Ending.ANSWERED:
        raise Http404
    form = forms.CheckingBack(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.check_back(
                by=request.user, at=timezone.now(), named_help=found.named_help,
                **form.cleaned_data,
            )  # fmt: skip
            messages.success(request, "Checked. Thank you for looking again.")
            return redirect("door:at_the_door")
        except NotNow as error:
            form.add_error(None, error.sentence)
    return render(
        request, "door/form.html",
        {"form": form, "title": "Check back", "save": "Save what I found",
         "intro": f"The help was: {found.named_help.help} It was to be given by "
                  f"{found.named_help.given_by}.",
         "back": found, "back_route": "door:referral"},
    )  # fmt: skip


def tell_referrer(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    found = load(request, referral_id)
    form = forms.TellingReferrer(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.tell_referrer(
                by=request.user, at=timezone.now(), referral=found, **form.cleaned_data
            )
            messages.success(request, "Noted: they have been told.")
            return redirect("door:at_the_door")
        except NotNow as error:
            form.add_error(None, error.sentence)
    return render(
        request, "door/form.html",
        {"form": form, "title": "Tell whoever brought them", "save": "They have been told",
         "intro": f"They asked to be reached: {found.answers.get('referrer_reach', 'not said')}",
         "back": found, "back_route": "door:referral"},
    )  # fmt: skip


def same_person(request: HttpRequest, referral_id: UUID, young_person_id: UUID) -> HttpResponse:
    """Somebody already known has come back through the door."""
    found = load(request, referral_id)
    person = access.open_record(request, young_person_id, "step_away")
    form = forms.Because(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.come_back(
                by=request.user, at=timezone.now(), young_person=person, referral=found,
                **form.cleaned_data,
            )  # fmt: skip
            messages.success(request, f"{person.called} is back, with the same key worker.")
            return redirect("today:young_person", person.pk)
        except NotNow as error:
            form.add_error(None, error.sentence)
    return render(
        request, "door/form.html",
        {"form": form, "title": f"{person.called} has come back", "save": "Welcome them back",
         "young_person": person, "back": found, "back_route": "door:referral",
         "intro": f"{person.key_worker_name} is still their key worker."},
    )  # fmt: skip


def provocations(request: HttpRequest) -> HttpResponse:
    rows = queries.provocations_in_use(request.user, timezone.localdate())
    return render(request, "door/provocations.html", {"provocations": rows})


def word_provocation(request: HttpRequest, key: str) -> HttpResponse:
    today = timezone.localdate()
    rows = {p.key: p for p in queries.provocations_in_use(request.user, today)}
    if key not in rows:
        raise Http404
    form = forms.Wording(request.POST or None, initial={"wording": rows[key].wording})
    if request.method == "POST" and form.is_valid():
        actions.word_provocation(
            by=request.user, at=timezone.now(), key=key, from_on=today, **form.cleaned_data
        )
        messages.success(request, "The new wording is in use from today. The former is kept.")
        return redirect("door:provocations")
    return render(
        request, "door/form.html",
        {"form": form, "title": "Our wording of a provocation", "save": "Use this wording",
         "intro": f"As the model's authors print it: {rules.provocations()[key].wording}"},
    )  # fmt: skip
