import csv
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from onedoor.evidence.ssda903 import ledger
from onedoor.programme import actions, queries, tables
from onedoor.programme.forms import MakeForm
from onedoor.team import queries as team_queries
from onedoor.team import record
from onedoor.team.rules import NotNow, roles_that_may

LINES_A_PAGE = 100


def baseline(request: HttpRequest, baseline_id: UUID | None = None) -> HttpResponse:
    on = timezone.localdate()
    kept = queries.a_baseline(request.user, on, baseline_id)
    if kept is None and baseline_id:
        raise Http404
    return render(
        request,
        "programme/baseline.html",
        {
            "baseline": kept,
            "tables": tables.every_table(kept.counted, kept.pictures) if kept else [],
            "row_heads": tables.ROW_HEADS.values(),
            "accounts": tables.accounts(kept.counted) if kept else [],
            "repairs_count": f"{kept.repairs_count:,}" if kept else "",
            "others": [b for b in queries.baselines(request.user, on) if b != kept],
            "may_make": _may_keep(request, on),
        },
    )


def make(request: HttpRequest) -> HttpResponse:
    team_queries.must_hold(request.user, "keep_baseline", timezone.localdate())
    form = MakeForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.make_baseline(by=request.user, at=timezone.now(), **form.said())
        except NotNow as not_now:
            form.add_error(None, not_now.sentence)
        else:
            messages.success(request, "The baseline is made. The files themselves were not kept.")
            return redirect("programme:baseline")
    return render(request, "programme/make.html", {"form": form})


def repairs(request: HttpRequest, baseline_id: UUID) -> HttpResponse:
    kept = _with_repairs(request, baseline_id)
    page = Paginator(kept.repairs, LINES_A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "baseline": kept,
        "page": page,
        "lines": [dict(zip(ledger.SCHEMA, line, strict=True)) for line in page],
        "repairs_count": f"{kept.repairs_count:,}",
    }
    return render(request, "programme/repairs.html", shown)


def repairs_csv(request: HttpRequest, baseline_id: UUID) -> HttpResponse:
    kept = _with_repairs(request, baseline_id)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="repairs-{kept.made_at:%Y-%m-%d}.csv"'
    out = csv.writer(response)
    out.writerow(ledger.SCHEMA)
    out.writerows([ledger.safe_cell(str(cell)) for cell in line] for line in kept.repairs)
    return response


def _with_repairs(request: HttpRequest, baseline_id: UUID):
    kept = queries.a_baseline_with_repairs(request.user, timezone.localdate(), baseline_id)
    if kept is None:
        raise Http404
    # Lines of the return are about children one by one, though nobody here can say who.
    record.saw(request, request.resolver_match.view_name, [])
    return kept


def _may_keep(request: HttpRequest, on) -> bool:
    return bool(request.user.roles_on(on) & set(roles_that_may("keep_baseline")))
