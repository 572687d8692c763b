"""Looking at Northmoor through somebody's eyes: one click, in a demonstration and nowhere else."""

from uuid import UUID

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from onedoor.demo import queries


@require_GET
@never_cache
@login_not_required
def sign_in(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/sign_in.html", {"seats": queries.seats(timezone.localdate())})


@require_POST
@never_cache
@login_not_required
def be(request: HttpRequest, account_id: UUID) -> HttpResponse:
    account = queries.somebody_to_be(account_id)
    if account is None:
        raise Http404
    login(request, account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return redirect("/")
