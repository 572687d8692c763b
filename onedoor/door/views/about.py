"""Pages about one young person that belong to the door."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from onedoor.door import access, actions, forms, queries, rules
from onedoor.door.models import YoungPerson
from onedoor.door.pages import ask
from onedoor.door.views.coming_in import said_by_step
from onedoor.team import queries as team_queries
from onedoor.team import record
from onedoor.team.models import Account
from onedoor.team.rules import NotNow


def page_of(person: YoungPerson) -> str:
    return reverse("today:young_person", args=[person.pk])


def search(request: HttpRequest) -> HttpResponse:
    """Search is by POST, so that no name stands in a URL or a server's log."""
    today = timezone.localdate()
    access.must_hold(request.user, "search", today)
    form = forms.Search(request.POST or None)
    found = None
    if form.is_valid():
        found = queries.found(request.user, form.cleaned_data["words"], today)
        record.saw(request, "door:search", found)
    context = {"form": form, "found": found, "today": today, "most": queries.FOUND_AT_MOST}
    return render(request, "door/search.html", context)


def people(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    person = access.open_record(request, young_person_id, "see_people")
    ties = list(queries.around(person, timezone.localdate()))
    context = {
        "young_person": person,
        "opens": [tie for tie in ties if tie.opens],
        "shuts": [tie for tie in ties if not tie.opens],
        "changes": queries.key_worker_history(person),
        "lifted": queries.lifted_notices(person),
        "may_tie": "tie" in person.open_to_do,
        "may_change": "change_key_worker" in person.open_to_do,
    }
    return render(request, "door/people.html", context)


def key_worker(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    person = access.open_record(request, young_person_id, "change_key_worker")
    today = timezone.localdate()
    shown_now = len(queries.key_worker_history(person)) - 1
    form = forms.ChangingKeyWorker(
        request.POST or None,
        initial={"from_on": today, "replaces": shown_now},
        on=today,
        hub=person.welcome.hub,
    )
    return ask(
        request, form, actions.change_key_worker, {"young_person": person}, person=person,
        title="Change the key worker", save="Change key worker", back=page_of(person),
        intro=f"{person.key_worker_name} is their key worker now.",
        done="The key worker is changed. Now help them say goodbye and hello.",
    )  # fmt: skip


def name(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    person = access.open_record(request, young_person_id, "correct_name")
    now = {key: getattr(person, key) for key in forms.Naming.base_fields}
    return ask(
        request, forms.Naming(request.POST or None, initial=now), actions.correct_name,
        {"young_person": person}, person=person, title=f"What {person.called} is called",
        save="Call them this", done="From now on every page says so.", back=page_of(person),
        intro="Names, pronouns and date of birth as they are. What they were is kept, unseen.",
    )  # fmt: skip


def standing(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    person = access.open_record(request, young_person_id, "plan")

    def stand(*, by: Account, at: datetime, standing: str, **said: Any) -> None:
        of, value = standing.split("|")
        actions.stand(by=by, at=at, young_person=person, of=of, value=value, **said)

    form = forms.HowThingsStand(request.POST or None, initial={"from_on": timezone.localdate()})
    return ask(
        request, form, stand, {}, person=person,
        title=f"How things stand for {person.called}", save="Write it down",
        done="Written down. What it was before stays in the story.", back=page_of(person),
    )  # fmt: skip


def tie(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    person = access.open_record(request, young_person_id, "tie")
    return ask(
        request, forms.Tying(request.POST or None), actions.tie,
        {"young_person": person, "from_on": timezone.localdate()}, person=person,
        title="Open this record to somebody", save="Save", done="Saved. It is in the record.",
        back=reverse("door:people", args=[person.pk]),
        intro="They will be able to read and do only what their role may, until the day you name.",
    )  # fmt: skip


def own_account(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    """Open their own plan to a young person. The account is named by its address, from no list."""
    person = access.open_record(request, young_person_id, "tie")
    form = forms.OwnAccount(request.POST or None)
    today = timezone.localdate()

    def link(*, by: Account, at: datetime, email: str) -> None:
        account = queries.own_account(email, today)
        if account is None:
            raise NotNow("No young person has an account with that address. Invite them first.")
        actions.tie(
            by=by, at=at, young_person=person, account=account, why=rules.TieWhy.THEMSELF,
            from_on=today,
        )  # fmt: skip

    return ask(
        request, form, link, {}, person=person, title=f"{person.called}’s own account",
        save="Open their plan to them", done="They can read their own plan from now on.",
        back=reverse("door:people", args=[person.pk]),
    )  # fmt: skip


def said_at_the_door(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    person = access.open_record(request, young_person_id, "see_story")
    where = "see_address" in person.open_to_do
    told = [
        {"referral": referral, "steps": said_by_step(referral, where)}
        for referral in queries.said_at_the_door(person)
    ]
    return render(request, "door/said_at_the_door.html", {"young_person": person, "told": told})


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
    return ask(
        request, forms.PuttingNotice(request.POST or None), actions.put_notice,
        {"young_person": person}, person=person, title="Put up a notice",
        save="Put up the notice", done="It is on every page about them from now on.",
        back=page_of(person),
    )  # fmt: skip


def lift_notice(request: HttpRequest, young_person_id: UUID, notice_id: UUID) -> HttpResponse:
    person = access.open_record(request, young_person_id, "put_notice")
    standing = queries.banner_notices(request.user, person, timezone.localdate())
    found = next((each for each in standing if each.pk == notice_id), None)
    if found is None:
        raise Http404
    return ask(
        request, forms.Because(request.POST or None), actions.lift_notice, {"notice": found},
        person=person, title="Lift a notice", save="Lift it", back=page_of(person),
        intro=f"{found.kind_words}: {found.words}",
        done="The notice is lifted. It is kept with the people around them.",
    )  # fmt: skip


def address(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    """Where their family lives. A page of its own, so that each look stands in the record."""
    person = access.open_record(request, young_person_id, "see_address")
    context = {"young_person": person, "addresses": person.addresses.all()}
    return render(request, "door/address.html", context)


def add_address(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    person = access.open_record(request, young_person_id, "see_address")
    return ask(
        request, forms.AddingAddress(request.POST or None), actions.add_address,
        {"young_person": person}, person=person, title="Add a family address",
        save="Keep this address", done="The address is kept.",
        back=reverse("door:address", args=[person.pk]),
    )  # fmt: skip


def come_back(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    person = access.open_record(request, young_person_id, "step_away")
    return ask(
        request, forms.Because(request.POST or None), actions.come_back,
        {"young_person": person}, person=person, title=f"{person.called} comes back",
        save="Welcome them back", done=f"{person.called} is back, with the same key worker.",
        back=page_of(person),
    )  # fmt: skip


def who_looked(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    person = access.open_record(request, young_person_id, "see_record")
    lines = Paginator(queries.who_looked(person), 50).get_page(request.GET.get("page"))
    for line in lines:
        line.in_words = team_queries.in_words(line.kind, line.verb)
    return render(request, "door/who_looked.html", {"young_person": person, "lines": lines})
