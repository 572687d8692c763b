"""The story and what is noted in it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods

from onedoor.door import access
from onedoor.door.models import YoungPerson
from onedoor.outcomes import actions, forms, queries, rules
from onedoor.team.rules import NotNow

asked_or_answered = require_http_methods(["GET", "HEAD", "POST"])


@require_GET
def story(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    person = access.open_record(request, young_person_id, "see_story")
    today = timezone.localdate()
    narrow = _narrowed(request, person)
    asked_page = request.GET.get("page", "")
    page = min(int(asked_page), 10_000) if asked_page.isdecimal() and int(asked_page) else 1
    about, (from_on, until_on) = narrow.cleaned_data["about"], narrow.days
    found = queries.story(
        request.user, person, today, about=about, from_on=from_on, until_on=until_on, page=page
    )
    shown = {
        "young_person": person,
        "story": found,
        "narrow": narrow,
        "narrowed_to": _words(narrow),
        "may_write": "write" in person.open_to_do,
        "same_filter": _address(narrow),
        "pages": _pages(found, narrow),
    }
    return render(request, "outcomes/story.html", shown)


@require_GET
def story_to_print(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    person = access.open_record(request, young_person_id, "see_story")
    now = timezone.now()
    narrow = _narrowed(request, person)
    about, (from_on, until_on) = narrow.cleaned_data["about"], narrow.days
    found = queries.whole_story(
        request.user, person, timezone.localdate(now),
        about=about, from_on=from_on, until_on=until_on,
    )  # fmt: skip
    shown = {
        "young_person": person,
        "lines": found,
        "narrowed_to": _words(narrow),
        "printed_at": now,
        "same_filter": _address(narrow),
    }
    return render(request, "outcomes/story_to_print.html", shown)


@asked_or_answered
def note_event(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    person = access.open_record(request, young_person_id, "write")
    today = timezone.localdate()
    kind = request.GET.get("kind", "")
    form = forms.NoteEvent(person, today, request.POST or None, kind=kind)
    if form.is_valid():
        try:
            actions.note_event(
                by=request.user, at=timezone.now(), young_person=person, **form.cleaned_data
            )
        except NotNow as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, f"That is in {person.called}’s story.")
            # A carer may write in a story that only the team may read.
            reads = "see_story" in person.open_to_do
            return redirect("outcomes:story" if reads else "today:young_person", person.pk)
    return render(request, "outcomes/note_event.html", {"young_person": person, "form": form})


@asked_or_answered
def correct_event(request: HttpRequest, young_person_id: UUID, event_id: UUID) -> HttpResponse:
    person = access.open_record(request, young_person_id, "see_story")
    today = timezone.localdate()
    access.must(request.user, "write", person, today)
    event = queries.an_event(request.user, event_id, person, today)
    if event is None:
        raise Http404
    form = forms.CorrectEvent(event, today, request.POST or None)
    if form.is_valid():
        try:
            actions.correct_event(
                by=request.user, at=timezone.now(), event=event, **form.cleaned_data
            )
        except NotNow as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, "That is put right. What was written before stays, marked.")
            return redirect("outcomes:story", person.pk)
    shown = {"young_person": person, "form": form, "event": event}
    return render(request, "outcomes/correct_event.html", shown)


def _narrowed(request: HttpRequest, person: YoungPerson) -> forms.Narrow:
    """The filter as asked; a key that nobody offered is passed over, not complained about."""
    first, last = person.welcome.welcomed_on.year, timezone.localdate().year
    years = list(range(last, min(first, last) - 1, -1))
    form = forms.Narrow(years, request.GET)
    form.is_valid()
    form.errors.clear()
    form.cleaned_data = {"about": [], "year": ""} | form.cleaned_data
    return form


def _words(narrow: forms.Narrow) -> str:
    """What the story is narrowed to, in words; nothing where it is whole."""
    said = [rules.ABOUT[key] for key in narrow.cleaned_data["about"]]
    if year := narrow.cleaned_data["year"]:
        said.append(year.replace("before-", "before "))
    return ", ".join(said)


def _address(narrow: forms.Narrow, **more: int) -> str:
    given = [("about", key) for key in narrow.cleaned_data["about"]]
    if year := narrow.cleaned_data["year"]:
        given.append(("year", year))
    return urlencode([*given, *more.items()])


def _pages(found: queries.Story, narrow: forms.Narrow) -> dict:
    """Later and earlier, as the pagination component draws them."""
    drawn: dict = {"landmarkLabel": "Pages of the story"}
    if found.page > 1:
        href = f"?{_address(narrow, page=found.page - 1)}"
        drawn["previous"] = {"href": href, "text": "Later"}
    if found.is_more:
        href = f"?{_address(narrow, page=found.page + 1)}"
        drawn["next"] = {"href": href, "text": "Earlier"}
    return drawn if len(drawn) > 1 else {}
