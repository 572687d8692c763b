"""Signing in: by invitation only, at work with a one-time code, and everywhere by default."""

import time
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.forms import ResetPasswordForm
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from onedoor.team.models import Account

# allauth's own pages that somebody signs in with; each says for itself who may open it.
ON_THE_WAY_IN = (
    "account_login", "account_logout", "account_signup", "account_inactive",
    "account_reauthenticate", "account_email_verification_sent", "account_confirm_email",
    "account_reset_password", "account_reset_password_done", "account_reset_password_from_key",
    "account_reset_password_from_key_done", "mfa_authenticate", "mfa_reauthenticate",
)  # fmt: skip
A_MOMENT = 5 * 60  # seconds
# Where the server listens on a socket of this machine and no proxy says who is asking, everybody
# is counted as one, so that a limit on guesses still holds.
NO_ADDRESS = "0.0.0.0"  # noqa: S104 - nothing listens here
# A visitor's short session ends after so long without a click, on a computer others may use too.
IDLE = 60 * 60  # seconds
LAST_CLICK = "last_click"
BEGUN_HERE = "referrals_begun_here"  # as the door calls them
# Whoever invites somebody vouches for the address; nobody moves their account to another one.
NOT_HERE = ("account_email",)


class InvitedOnly(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "That is not an email address and password we know. Try again, "
        "or choose a new password.",
        "too_many_login_attempts": "There were too many wrong guesses. Wait five minutes, then "
        "try again.",
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        try:
            return super().get_client_ip(request)
        except PermissionDenied:
            return NO_ADDRESS

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **_: Any) -> bool:
        """Who signed in a moment ago is not asked again at once, only to set up a first code."""
        records = get_authentication_records(self.request, self.request.user)
        return not records or time.time() - records[-1]["at"] > A_MOMENT

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        words = "password_reset_key" if user.has_usable_password() else "invitation"
        self.send_mail(f"account/email/{words}", email, context)


def send_invitation(request: HttpRequest, account: Account) -> bool:
    """Send the link with which somebody chooses a password. False where it could not be sent."""
    form = ResetPasswordForm({"email": account.email})
    try:
        return form.is_valid() and bool(form.save(request))
    except OSError:  # every fault of mail, from no server to no such address, is one of these
        return False


class AskFirst(LoginRequiredMiddleware):
    """Every page asks for sign-in unless its view says otherwise."""

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> Any:
        match = request.resolver_match
        name = match.view_name if match else ""
        if name in NOT_HERE:
            raise Http404
        if name in ON_THE_WAY_IN:
            return None
        return super().process_view(request, view, args, kwargs)


def one_time_code_first(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Somebody at work who has no one-time code sets one up before anything else.

    Asked at each click, not once a session: the codes may have been taken off since.
    """

    def ask(request: HttpRequest) -> HttpResponse:
        request.code_wanted = _wants_code(request.user)  # type: ignore[attr-defined]
        if request.code_wanted and not request.path.startswith(reverse("mfa_index")):  # type: ignore[attr-defined]
            return redirect("mfa_activate_totp")
        return get_response(request)

    return ask


def _wants_code(user: Any) -> bool:
    return (
        settings.ONE_TIME_CODE_REQUIRED
        and user.is_authenticated
        and user.is_staff_side
        and not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
    )


def short_session(request: HttpRequest) -> None:
    """What a visitor writes ends when the browser closes, or after an hour without a click.

    Somebody signed in has their own way out, and their own length of session.
    """
    if not request.user.is_authenticated:
        request.session.set_expiry(0)
        request.session[LAST_CLICK] = int(time.time())


def end_short_sessions(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def end(request: HttpRequest) -> HttpResponse:
        last = request.session.get(LAST_CLICK)
        if last is not None and time.time() - last >= IDLE:
            request.session.flush()
        elif last is not None:
            request.session[LAST_CLICK] = int(time.time())
        return get_response(request)

    return end


def leave_behind(request: HttpRequest, **_: Any) -> None:
    """Signing in leaves what a visitor wrote in this browser: it may have been somebody else."""
    for kept in (LAST_CLICK, BEGUN_HERE):
        request.session.pop(kept, None)
