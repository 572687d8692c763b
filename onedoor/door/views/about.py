"""Pages about one young person that belong to the door."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from onedoor.door import access, actions, forms, queries
from onedoor.team import queries as team_queries
from onedoor.team import record
from onedoor.team.rules import NotNow


def page(request: HttpRequest, person, form, title: str, save: str, **more) -> HttpResponse:
    context = {"form": form, "title": title, "save": save, "young_person": person, **more}
    return render(request, "door/form.html", context)


def search(request: HttpRequest) -> HttpResponse:
    """Search is by POST, so that no name stands in a URL or a server's log."""
    today = timezone.localdate()
    access.must_hold(request.user, "search", today)
    form = forms.Search(request.POST or None)
    found = None
    if request.method == "POST" and form.is_valid():
        found = queries.found(request.user, form.cleaned_data["words"], today)
        record.saw(request, "door:search", found)
    context = {"form": form, "found": found, "today": today, "most": queries.FOUND_AT_MOST}
    return render(request, "door/search.html", context)


def people(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    person = access.open_record(request, young_person_id, "see_people")
    today = timezone.localdate()
    ties = list(queries.around(person, today))
    return render(
        request,
        "door/people.html",
        {
            "young_person": person,
            "opens": [t for t in ties if t.opens],
            "shuts": [t for t in ties if not t.opens],
            "changes": queries.key_worker_history(person),
            "may_tie": access.may(request.user, "tie", person, today).allowed,
            "may_change": access.may(request.user, "change_key_worker", person, today).allowed,
        },
    )


def key_worker(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    person = access.open_record(request, young_person_id, "change_key_worker")
    today = timezone.localdate()
    number = len(queries.key_worker_history(person)) - 1
    form = forms.ChangingKeyWorker(
        request.POST or None,
        initial={"from_on": today, "replaces": number},
        on=today,
        hub=person.welcome.hub,
    )
    if request.method == "POST" and form.is_valid():
        try:
            changed = actions.change_key_worker(
                by=request.user, at=timezone.now(), young_person=person, **form.cleaned_data
            )
            messages.success(request, f"{changed.to.name} is now {person.called}'s key worker.")
            return redirect("today:young_person", person.pk)
        except NotNow as error:
            form.add_error(None, error.sentence)
    intro = f"{person.key_worker_name} is their key worker now."
    return page(request, person, form, "Change the key worker", "Change key worker", intro=intro)


def tie(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    person = access.open_record(request, young_person_id, "tie")
    form = forms.Tying(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.tie(
                by=request.user, at=timezone.now(), young_person=person,
                from_on=timezone.localdate(), **form.cleaned_data,
            )  # fmt: skip
            messages.success(request, "Saved. It is in the record.")
            return redirect("door:people", person.pk)
        except NotNow as error:
            form.add_error(None, error.sentence)
    intro = "They will be able to read and do only what their role may, and only until the day."
    return page(request, person, form, "Open this record to somebody", "Save", intro=intro)


def untie(request: HttpRequest, young_person_id: UUID, tie_id: UUID) -> HttpResponse:
    person = access.open_record(request, young_person_id, "tie")
    today = timezone.localdate()
    found = queries.around(person, today).filter(pk=tie_id).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        try:
            actions.untie(by=request.user, at=timezone.now(), a_tie=found, until_on=today)
            messages.success(request, f"Ended. {found.account.name} is no longer tied.")
        except NotNow as error:
            messages.error(request, error.sentence)
        return redirect("door:people", person.pk)
    return render(request, "door/untie.html", {"young_person": person, "tie": found})


def notice(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    person = access.open_record(request, young_person_id, "put_notice")
    form = forms.PuttingNotice(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.put_notice(
                by=request.user, at=timezone.now(), young_person=person, **form.cleaned_data
            )
            messages.success(request, "It is on every page about them from now on.")
            return redirect("today:young_person", person.pk)
        except NotNow as error:
            form.add_error(None, error.sentence)
    return page(request, person, form, "Put up a notice", "Put up the notice")


def lift_notice(request: HttpRequest, young_person_id: UUID, notice_id: UUID) -> HttpResponse:
    person = access.open_record(request, young_person_id, "put_notice")
    standing = queries.banner_notices(request.user, person, timezone.localdate())
    found = next((n for n in standing if n.pk == notice_id), None)
    if found is None:
        raise Http404
    form = forms.Because(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.lift_notice(
                by=request.user, at=timezone.now(), notice=found, **form.cleaned_data
            )
            messages.success(request, "The notice is lifted. It stays in the story.")
            return redirect("today:young_person", person.pk)
        except NotNow as error:
            form.add_error(None, error.sentence)
    intro = f"{found.kind_words}: {found.words}"
    return page(request, person, form, "Lift a notice", "Lift it", intro=intro)


def address(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    """Where their family lives. A page of its own, so that each look stands in the record."""
    person = access.open_record(request, young_person_id, "see_address")
    form = forms.AddingAddress(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_address(
                by=request.user, at=timezone.now(), young_person=person, **form.cleaned_data
            )
            messages.success(request, "Saved.")
            return redirect("door:address", person.pk)
        except NotNow as error:
            form.add_error(None, error.sentence)
    context = {"young_person": person, "form": form, "addresses": person.addresses.all()}
    return render(request, "door/address.html", context)


def step_away(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    person = access.open_record(request, young_person_id, "step_away")
    form = forms.Because(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.step_away(
                by=request.user, at=timezone.now(), young_person=person, **form.cleaned_data
            )
            messages.success(request, f"{person.called} has stepped away. The door stays open.")
            return redirect("today:young_person", person.pk)
        except NotNow as error:
            form.add_error(None, error.sentence)
    intro = f"{person.key_worker_name} stays their key worker, and the door stays open."
    return page(request, person, form, f"{person.called} steps away", "Step away", intro=intro)


def come_back(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    person = access.open_record(request, young_person_id, "step_away")
    form = forms.Because(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.come_back(
                by=request.user, at=timezone.now(), young_person=person, **form.cleaned_data
            )
            messages.success(request, f"{person.called} is back, with the same key worker.")
            return redirect("today:young_person", person.pk)
        except NotNow as error:
            form.add_error(None, error.sentence)
    return page(request, person, form, f"{person.called} comes back", "Welcome them back")


def who_looked(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    person = access.open_record(request, young_person_id, "see_record")
    lines = Paginator(queries.who_looked(person), 50).get_page(request.GET.get("page"))
    for line in lines:
        line.in_words = team_queries.in_words(line.kind, line.verb)
    return render(request, "door/who_looked.html", {"young_person": person, "lines": lines})
