from django.urls import path

from onedoor.programme.views import baselines, costings, drafting, giving, keeping

app_name = "programme"
DRAFT, ONE = "costing/draft/<uuid:draft_id>", "costing/<uuid:costing_id>"
urlpatterns = [
    path("baseline/", baselines.baseline, name="baseline"),
    path("baseline/make/", baselines.make, name="make"),
    path("baseline/<uuid:baseline_id>/", baselines.baseline, name="one_baseline"),
    path("baseline/<uuid:baseline_id>/repairs/", baselines.repairs, name="repairs"),
    path("baseline/<uuid:baseline_id>/repairs.csv", baselines.repairs_csv, name="repairs_csv"),
    # what a costing is made from
    path("costing/returns/", keeping.returns, name="returns"),
    path("costing/returns/keep/", keeping.keep, name="keep_returns"),
    path("costing/returns/<uuid:returns_id>/let-go/", keeping.let_go, name="let_go"),
    path("costing/rates/", keeping.rate_cards, name="rate_cards"),
    path("costing/rates/new/", keeping.new_rate_card, name="new_rate_card"),
    path("costing/rates/<uuid:card_id>/", keeping.rate_card, name="rate_card"),
    # writing a plan
    path("costing/start/", drafting.start, name="start"),
    path(f"{DRAFT}/", drafting.check, name="check"),
    path(f"{DRAFT}/copy/", drafting.copy, name="copy_draft"),
    path(f"{DRAFT}/<slug:part>/", drafting.step, name="step"),
    # one costing, and what is made of it
    path("costing/", costings.costings, name="costings"),
    path("costing/compare/", costings.compare, name="compare"),
    path(f"{ONE}/", costings.costing, name="costing"),
    path(f"{ONE}/director/", costings.for_a_director, name="director"),
    path(f"{ONE}/again/", costings.again, name="run_again"),
    path(f"{ONE}/give/<slug:kind>/", giving.give, name="give"),
]
