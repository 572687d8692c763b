"""Signing in: by invitation only, at work with a one-time code, and everywhere by default."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

CODE_KNOWN = "one_time_code_set"


class InvitedOnly(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class AskFirst(LoginRequiredMiddleware):
    """Every page asks for sign-in unless its view says otherwise."""

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> Any:
        match = request.resolver_match
        if match and (match.url_name or "").startswith("account_"):
            return None  # allauth's own pages say for themselves who may open them
        return super().process_view(request, view, args, kwargs)


def one_time_code_first(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Somebody at work who has no one-time code yet sets one up before anything else."""

    def ask(request: HttpRequest) -> HttpResponse:
        user = request.user
        if (
            settings.ONE_TIME_CODE_REQUIRED
            and user.is_authenticated
            and user.is_staff_side
            and not request.session.get(CODE_KNOWN)
            and not request.path.startswith((reverse("mfa_index"), "/account/", "/static/"))
        ):
            if not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
                return redirect("mfa_activate_totp")
            request.session[CODE_KNOWN] = True
        return get_response(request)

    return ask
