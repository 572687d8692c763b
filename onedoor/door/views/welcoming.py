"""Pages for those who welcome and answer at the door."""

from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from onedoor.door import access, actions, forms, queries, rules
from onedoor.door.models import Referral
from onedoor.door.pages import ask
from onedoor.door.views.about import page_of
from onedoor.door.views.coming_in import as_initial, said_by_step
from onedoor.team import record


def at_the_door(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    waiting = queries.at_the_door(request.user, today)
    backs = list(queries.check_backs(request.user, today))
    untold = list(queries.not_told(request.user, today))
    record.saw(request, "door:at_the_door", [r.pk for r in (*waiting, *backs, *untold)])
    context = {"waiting": waiting, "check_backs": backs, "not_told": untold, "today": today}
    return render(request, "door/at_the_door.html", context)


def load(request: HttpRequest, referral_id: UUID) -> Referral:
    found = queries.one_referral(request.user, referral_id, timezone.localdate())
    if found is None:
        raise Http404
    # By its own opaque id too: who read it before it became a young person is then known.
    seen = [found.pk, *filter(None, [found.young_person_id])]
    record.saw(request, request.resolver_match.view_name, seen)
    return found


def its_page(found: Referral) -> str:
    return reverse("door:referral", args=[found.pk])


def referral(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    found = load(request, referral_id)
    known = []
    if not found.ended_as:
        name = str(found.answers.get("young_person_name", ""))
        known = queries.perhaps_known(request.user, name, timezone.localdate())
        record.saw(request, "door:referral", known)
    person, today = found.young_person, timezone.localdate()
    where = person is None or access.may(request.user, "see_address", person, today).allowed
    context = {"referral": found, "steps": said_by_step(found, where), "known": known}
    return render(request, "door/referral.html", context)


def welcome(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    found = load(request, referral_id)
    today = timezone.localdate()
    hubs = [m.hub for m in request.user.memberships_on(today) if m.hub]
    said = as_initial(found)
    initial = {
        "name": said.get("young_person_name", ""),
        "preferred_name": said.get("preferred_name", ""),
        "born_on": said.get("born_on") or None,
        "must_not_be_told": said.get("must_not_know", ""),
        "hub": hubs[0].pk if len(hubs) == 1 else None,
    }
    form = forms.Welcoming(request.POST or None, initial=initial, on=today, hubs=hubs)
    if request.method == "POST":
        form.offer_somebody_else()
    return ask(
        request, form,
        actions.welcome, {"referral": found}, title="Welcome a young person",
        save="Welcome them", back=its_page(found), then=page_of,
        done="They are welcomed. Now tell whoever brought them.",
    )  # fmt: skip


def answer(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    found = load(request, referral_id)
    today = timezone.localdate()
    initial = {"by_on": today + timedelta(days=2), "check_back_on": today + timedelta(days=14)}
    return ask(
        request, forms.Answering(request.POST or None, initial=initial), actions.answer,
        {"referral": found}, title="Answer with named help", save="Answer",
        intro="Nobody leaves the door with nothing. Name the help, who gives it and by when.",
        done="Answered. Now tell whoever brought them.", back=its_page(found),
    )  # fmt: skip


def check_back(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    found = load(request, referral_id)
    if found.ended_as != rules.Ending.ANSWERED:
        raise Http404
    helped = found.named_help
    return ask(
        request, forms.CheckingBack(request.POST or None), actions.check_back,
        {"named_help": helped}, title="Check back", save="Save what I found",
        intro=f"The help was: {helped.help} It was to be given by {helped.given_by}.",
        done="Checked. Thank you for looking again.", back=its_page(found),
        then=reverse("door:at_the_door"),
    )  # fmt: skip


def tell_referrer(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    found = load(request, referral_id)
    reach = found.answers.get("referrer_reach") or found.answers.get("reach") or "not said"
    return ask(
        request, forms.TellingReferrer(request.POST or None), actions.tell_referrer,
        {"referral": found}, title="Tell whoever brought them", save="They have been told",
        intro=f"They asked to be reached: {reach}", done="Noted: they have been told.",
        back=its_page(found), then=reverse("door:at_the_door"),
    )  # fmt: skip


def same_person(request: HttpRequest, referral_id: UUID, young_person_id: UUID) -> HttpResponse:
    """Somebody already known has come back through the door."""
    found = load(request, referral_id)
    person = access.open_record(request, young_person_id, "step_away")
    return ask(
        request, forms.Because(request.POST or None), actions.come_back,
        {"young_person": person, "referral": found}, person=person,
        title=f"{person.called} has come back", save="Welcome them back",
        intro=f"{person.key_worker_name} is still their key worker.",
        done=f"{person.called} is back, with the same key worker.",
        back=its_page(found), then=page_of(person),
    )  # fmt: skip


def provocations(request: HttpRequest) -> HttpResponse:
    rows = queries.provocations_in_use(request.user, timezone.localdate())
    return render(request, "door/provocations.html", {"provocations": rows})


def word_provocation(request: HttpRequest, key: str) -> HttpResponse:
    today = timezone.localdate()
    rows = {p.key: p for p in queries.provocations_in_use(request.user, today)}
    if key not in rows:
        raise Http404
    return ask(
        request, forms.Wording(request.POST or None, initial={"wording": rows[key].wording}),
        actions.word_provocation, {"key": key, "from_on": today},
        title="Our wording of a provocation", save="Use this wording",
        intro=f"As the model's authors print it: {rules.provocations()[key].wording}",
        done="The new wording is in use from today. The former is kept.",
        back=reverse("door:provocations"),
    )  # fmt: skip
