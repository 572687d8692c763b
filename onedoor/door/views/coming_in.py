"""The way in for everyone: a family member, a young person, a professional of any agency."""

from uuid import UUID

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from onedoor.door import actions, asking, forms, queries, rules
from onedoor.door.models import Referral
from onedoor.team import record
from onedoor.team.rules import NotNow
from onedoor.team.signing_in import short_session

MINE = "referrals_begun_here"
SOMEWHERE_ORDINARY = "https://www.bbc.co.uk/weather"


def _by(request: HttpRequest):
    return request.user if request.user.is_authenticated else None


@login_not_required
@never_cache
def come_in(request: HttpRequest) -> HttpResponse:
    form = forms.WhoYouAre(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "door/come_in.html", {"form": form})
    if not ratelimit.consume(request, action="start_referral"):
        return render(request, "429.html", status=429)
    who = form.cleaned_data["brought_by"]
    if who == rules.Brought.PROFESSIONAL and not request.user.is_authenticated:
        return redirect(f"{reverse('account_login')}?next={reverse('door:come_in')}")
    if request.user.is_authenticated:
        referral = actions.open_referral(by=request.user, at=timezone.now(), brought_by=who)
    else:
        code = rules.new_return_code()
        referral = actions.open_referral(
            by=None, at=timezone.now(), brought_by=who, return_code=code
        )
        remember(request, referral, code)
    first = asking.steps_for(who)[0]
    return redirect("door:referral_step", referral.pk, first.key)


def remember(request: HttpRequest, referral: Referral, code: str) -> None:
    short_session(request)  # the next person at this computer finds nothing
    request.session[MINE] = {**request.session.get(MINE, {}), str(referral.pk): code}


def being_written(request: HttpRequest, referral_id: UUID) -> Referral:
    """The referral this visitor began, in this browser or under this account."""
    referral = queries.begun(referral_id)
    theirs = referral is not None and (
        referral.referrer_id == request.user.pk
        if request.user.is_authenticated and referral.referrer_id
        else str(referral.pk) in request.session.get(MINE, {}) and referral.referrer_id is None
    )
    if not theirs:
        raise Http404
    record.saw(request, "door:referral_step", [])
    return referral


@login_not_required
@never_cache
def referral_step(request: HttpRequest, referral_id: UUID, step: str) -> HttpResponse:
    referral = being_written(request, referral_id)
    steps = asking.steps_for(referral.brought_by)
    keys = [s.key for s in steps]
    if step not in keys:
        raise Http404
    if referral.sent_at:
        return redirect("door:referral_sent", referral.pk)
    now = steps[keys.index(step)]
    by = _by(request) if referral.referrer_id else None
    if request.method == "POST" and not ratelimit.consume(request, action="save_step"):
        return render(request, "429.html", status=429)
    if request.method == "POST" and "autosave" in request.POST:
        typed = forms.OneStep(now, referral.brought_by, request.POST)
        if not request.POST.get("website"):
            actions.save_step(
                by=by, at=timezone.now(), referral=referral, step=step,
                said=typed.said_so_far(), finished=False,
            )  # fmt: skip
        return HttpResponse(status=204)
    form = forms.OneStep(
        now, referral.brought_by, request.POST or None, initial=as_initial(referral)
    )
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["website"]:
            return render(request, "429.html", status=429)
        actions.save_step(
            by=by, at=timezone.now(), referral=referral, step=step, said=form.said, finished=True
        )
        following = keys.index(step) + 1
        if "change" in request.GET or following == len(keys):
            return redirect("door:referral_check", referral.pk)
        return redirect("door:referral_step", referral.pk, keys[following])
    back = keys.index(step) - 1
    return render(
        request,
        "door/referral_step.html",
        {
            "form": form,
            "referral": referral,
            "title": now.words(referral.brought_by),
            "number": keys.index(step) + 1,
            "of": len(keys),
            "back": reverse("door:referral_step", args=[referral.pk, keys[back]])
            if back >= 0
            else reverse("door:come_in"),
            "code": request.session.get(MINE, {}).get(str(referral.pk)),
        },
    )


def as_initial(referral: Referral) -> dict:
    said = dict(referral.answers)
    if said.get("born_on"):
        said["born_on"] = timezone.datetime.fromisoformat(said["born_on"]).date()
    return said


@login_not_required
@never_cache
def referral_check(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    referral = being_written(request, referral_id)
    if referral.sent_at:
        return redirect("door:referral_sent", referral.pk)
    problem = ""
    if request.method == "POST":
        by = _by(request) if referral.referrer_id else None
        try:
            actions.refer(by=by, at=timezone.now(), referral=referral)
            return redirect("door:referral_sent", referral.pk)
        except NotNow as error:
            problem = error.sentence
    context = {
        "referral": referral,
        "steps": said_by_step(referral),
        "problem": problem,
        "code": request.session.get(MINE, {}).get(str(referral.pk)),
    }
    return render(request, "door/referral_check.html", context)


def said_by_step(referral: Referral, may_read_where: bool = True) -> list[dict]:
    """The questions and what was said to each, step by step, for reading back.

    Once it is somebody's, what may say where they are is read only by those who read addresses.
    """
    said = referral.answers
    return [
        {
            "key": step.key,
            "title": step.words(referral.brought_by),
            "at_the_hub": step.at_the_hub or step.title,
            "rows": [
                {
                    "question": question.words(referral.brought_by),
                    "said": as_initial(referral)["born_on"]
                    if question.kind == "date" and said.get(question.key)
                    else said.get(question.key, ""),
                    "is_date": question.kind == "date" and bool(said.get(question.key)),
                }
                for question in step.asks(referral.brought_by)
                if may_read_where or not question.where
            ],
        }
        for step in asking.steps_for(referral.brought_by)
    ]


@login_not_required
@never_cache
def referral_sent(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    referral = being_written(request, referral_id)
    if not referral.sent_at:
        return redirect("door:referral_check", referral.pk)
    return render(request, "door/referral_sent.html", {"referral": referral})


@login_not_required
@never_cache
def referral_return(request: HttpRequest) -> HttpResponse:
    form = forms.ReturnCode(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action="return_code"):
            return render(request, "429.html", status=429)
        code = form.cleaned_data["code"]
        referral = queries.with_return_code(code)
        record.saw(request, "door:referral_return", [])
        if referral is not None:
            remember(request, referral, code)
            return redirect("door:referral_check", referral.pk)
        form.add_error("code", "We cannot find that code. Check each letter, or start again.")
    return render(request, "door/referral_return.html", {"form": form})


def brought(request: HttpRequest) -> HttpResponse:
    """What the signed-in person has brought to the door, and how it ended."""
    rows = list(queries.brought(request.user))
    record.saw(request, "door:brought", [r.young_person_id for r in rows])
    return render(request, "door/brought.html", {"referrals": rows})


@login_not_required
@never_cache
def leave_quickly(request: HttpRequest) -> HttpResponse:
    """Away at once, and nothing of the form stays in this browser for whoever sits down next."""
    request.session.pop(MINE, None)
    return redirect(SOMEWHERE_ORDINARY)


@require_POST
@login_not_required
def forget_me(request: HttpRequest) -> HttpResponse:
    """Finish on a shared computer: nothing of the form stays in this browser."""
    request.session.pop(MINE, None)
    return redirect("door:come_in")
