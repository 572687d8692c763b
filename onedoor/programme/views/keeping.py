"""What a costing is made from: the returns that are kept, and the rate cards."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from onedoor.evidence.money import rates
from onedoor.evidence.money.rates.reading import COLUMNS
from onedoor.programme import actions, queries, reading
from onedoor.programme.forms import CardForm, KeepForm
from onedoor.programme.models import Returns
from onedoor.team import queries as team_queries
from onedoor.team.rules import NotNow


def returns(request: HttpRequest) -> HttpResponse:
    kept = queries.returns(request.user, timezone.localdate())
    return render(request, "programme/costing/returns.html", {"returns": kept})


def keep(request: HttpRequest) -> HttpResponse:
    team_queries.must_hold(request.user, "keep_costing", timezone.localdate())
    form = KeepForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.keep_returns(by=request.user, at=timezone.now(), **form.said())
        except NotNow as not_now:
            form.add_error("files", not_now.sentence)
        else:
            many = kept.baseline.repairs_count
            read = "Every line was taken as written."
            if many:
                read = f"{many:,} not taken exactly as written: the baseline lists each of them."
            messages.success(request, f"The returns are kept, and a baseline is made. {read}")
            _say_what_is_alike(request, kept)
            return redirect("programme:returns")
    return render(request, "programme/costing/keep.html", {"form": form})


def _say_what_is_alike(request: HttpRequest, kept: Returns) -> None:
    for other in queries.same_files(request.user, timezone.localdate(), kept):
        messages.info(
            request,
            f"The same files are kept as “{other.name}” too, with another council or list of hubs. "
            "Let one of them go when you no longer need both.",
        )


@require_POST
def let_go(request: HttpRequest, returns_id: UUID) -> HttpResponse:
    kept = queries.returns(request.user, timezone.localdate()).filter(pk=returns_id).first()
    if kept is None:
        raise Http404
    try:
        actions.let_go(by=request.user, at=timezone.now(), returns=kept)
    except NotNow as not_now:
        messages.error(request, not_now.sentence)
    else:
        messages.success(request, "The files are let go. What was costed from them stays.")
    return redirect("programme:returns")


def rate_cards(request: HttpRequest) -> HttpResponse:
    cards = queries.rate_cards(request.user, timezone.localdate())
    return render(request, "programme/costing/rate_cards.html", {"cards": cards})


def new_rate_card(request: HttpRequest) -> HttpResponse:
    team_queries.must_hold(request.user, "keep_costing", timezone.localdate())
    form = CardForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            card = actions.make_rate_card(
                by=request.user, at=timezone.now(), name=said["name"], data=said["file"].read()
            )
        except NotNow as not_now:
            said = not_now.sentence.replace("prices.csv, row", "Row")
            form.add_error("file", said.replace("prices.csv", "The file"))
        else:
            messages.success(request, f"Version {card.number} is kept. It cannot be changed.")
            return redirect("programme:rate_card", card.pk)
    offered = {"columns": COLUMNS, "units": rates.UNITS, "payers": rates.PAYERS}
    offered |= {"classes": rates.CLASSES, "bases": rates.BASES}
    return render(request, "programme/costing/new_rate_card.html", {"form": form, **offered})


def rate_card(request: HttpRequest, card_id: UUID) -> HttpResponse:
    card = queries.a_rate_card(request.user, timezone.localdate(), card_id)
    if card is None:
        raise Http404
    return render(
        request,
        "programme/costing/rate_card.html",
        {
            "card": card,
            "rates": reading.a_tariff(card.text).rates,
            "remand": rates.statutory("remand").rates,
        },
    )
