from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from onedoor.team import actions, queries, record, rules, signing_in
from onedoor.team.forms import GiveRole, Invite
from onedoor.team.models import Account
from onedoor.team.rules import NotNow


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "team/accessibility.html")


@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "team/privacy.html")


@login_not_required
def ask_for_help(request: HttpRequest) -> HttpResponse:
    return render(request, "team/help.html")


def people(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    keeps = queries.holds(request.user, "keep_team", today)
    context = {
        "groups": queries.who_works_here(request.user, today),
        "keeps": keeps,
        "away": queries.not_here_today(request.user, today) if keeps else [],
    }
    return render(request, "team/people.html", context)


def person(request: HttpRequest, account_id: UUID) -> HttpResponse:
    today = timezone.localdate()
    account = _account(request, account_id)
    held = list(queries.roles_over_time(account))
    for membership in held:
        membership.may_end = queries.may_end(request.user, membership, today)
        membership.is_over = membership.until_on is not None and membership.until_on <= today
    keeps = queries.holds(request.user, "keep_team", today) and account != request.user
    context = {"account": account, "held": held, "keeps": keeps, "today": today}
    return render(request, "team/person.html", context)


def invite(request: HttpRequest) -> HttpResponse:
    return _choose_role(request, None)


def give_role(request: HttpRequest, account_id: UUID) -> HttpResponse:
    return _choose_role(request, _account(request, account_id))


def _choose_role(request: HttpRequest, account: Account | None) -> HttpResponse:
    offered = queries.roles_to_give(request.user, timezone.localdate(), account)
    return render(request, "team/choose_role.html", {"offered": offered, "account": account})


def invite_as(request: HttpRequest, role: str) -> HttpResponse:
    form = _form(request, Invite, role)
    if form.is_valid():
        try:
            account = actions.join(by=request.user, at=timezone.now(), **form.said())
        except NotNow as error:
            form.add_error(None, error.sentence)
        else:
            _send(request, account)
            return redirect("team:person", account.pk)
    return render(request, "team/give_role.html", {"form": form, "role": form.role})


def give_role_as(request: HttpRequest, account_id: UUID, role: str) -> HttpResponse:
    account = _account(request, account_id)
    form = _form(request, GiveRole, role)
    if form.is_valid():
        came_back = not account.is_active
        try:
            actions.give_role(by=request.user, at=timezone.now(), account=account, **form.said())
        except NotNow as error:
            form.add_error(None, error.sentence)
        else:
            if came_back:
                _send(request, account)
            return redirect("team:person", account.pk)
    context = {"form": form, "role": form.role, "account": account}
    return render(request, "team/give_role.html", context)


@require_POST
def send_again(request: HttpRequest, account_id: UUID) -> HttpResponse:
    account = _account(request, account_id)
    queries.must_hold(request.user, "keep_team", timezone.localdate())
    _send(request, account)
    return redirect("team:person", account.pk)


def the_record(request: HttpRequest) -> HttpResponse:
    before = request.GET.get("before", "")
    number = int(before) if before.isascii() and before.isdecimal() and len(before) < 19 else None
    page = queries.the_record(request.user, timezone.localdate(), number)
    record.saw(request, "team:record", [])
    return render(request, "team/record.html", {"page": page, "further": number is not None})


def _account(request: HttpRequest, account_id: UUID) -> Account:
    return get_object_or_404(queries.people(request.user, timezone.localdate()), pk=account_id)


def _form(request: HttpRequest, asks: type[GiveRole], role_key: str) -> GiveRole:
    """The questions for one role; Refused where this account may not give it."""
    today = timezone.localdate()
    role = rules.roles().get(role_key)
    if role is None:
        raise Http404
    hubs = queries.hubs_to_give(request.user, today, role)
    return asks(request.POST or None, role=role, hubs=hubs, today=today)


def _send(request: HttpRequest, account: Account) -> None:
    if signing_in.send_invitation(request, account):
        messages.success(request, f"{account.name} has been sent a link to choose a password.")
    else:
        messages.error(
            request, "The message could not be sent. The account is ready: send it again later."
        )
