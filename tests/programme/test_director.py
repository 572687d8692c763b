"""What a director asks first: counted with a costing, on one page, and opened to its rows."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from onedoor.evidence import baseline, ssda903
from onedoor.evidence.baseline import director as counted
from onedoor.programme import actions, reading, results, rules
from onedoor.programme.models import Costing, PricedBaseline
from tests.factories import NOW, an_account
from tests.programme import costings

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return an_account("finance-officer")


@pytest.fixture
def made(officer) -> Costing:
    return done(officer, costings.placed_files(), plan=costings.PLACED_PLAN)


def done(officer, files, **more) -> Costing:
    returns = costings.kept(officer, given=files)
    costings.asked(officer, returns, **more)
    costings.work()
    made = Costing.objects.select_related("returns").get()
    assert made.state == rules.DONE, made.sentence
    return made


def tables():
    found = ssda903.read_files(costings.placed_files())
    plan = reading.a_plan(costings.PLACED_PLAN, costings.PRICES)
    council = baseline.baseline(found, (12, 17))
    return {table.name: table.as_dict() for table in counted.tables(council, plan)}


def page_for(client, role, costing):
    client.force_login(role if not isinstance(role, str) else an_account(role))
    answer = client.get(reverse("programme:director", args=[costing.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_is_counted_from_the_same_returns_at_the_same_prices(made):
    kept = made.priced
    every = tables()
    assert kept.going_on == every.pop("bringing_home")
    assert kept.counted["tables"] == every
    assert {name for name, svg in kept.pictures.items() if svg} == set(every)


def test_every_figure_opens_to_the_rows_it_stands_on(client, made):
    page = page_for(client, "director", made)
    every = tables()
    nights, family = every["nights_out"]["rows"][-1], every["in_a_family"]["rows"][-1]
    assert f"{nights['share_low']:.0%}" in page
    assert f"of {family['nights']:,} nights in care in the year to 31 March 2025" in page
    spent = sum(row["mode"] for row in every["costs_now"]["rows"] if row["mode"] is not None)
    assert results.pounds(round(spent)) in page
    stays = every["bringing_home"]["rows"]
    assert f"{len(stays)} stays outside" in page
    assert results.pounds(round(sum(row["mode"] for row in stays))) in page
    for table in every.values():
        assert page.count(f'aria-label="{table["title"]}: the numbers"') == 1
    # Each of them, and the years of the forecast.
    assert page.count("The rows behind it") == len(every) + 1
    whole = results.headline(made.result)
    assert results.between(whole)[1:] in page


def test_only_who_keeps_the_returns_is_sent_to_a_line_of_them(client, officer, made):
    line = "Line in the episodes of the return"
    assert line in page_for(client, officer, made)
    assert line not in page_for(client, "director", made)


def test_without_an_authority_what_is_not_known_is_said(client, officer):
    page = page_for(client, "director", done(officer, costings.files()))
    assert "Nobody has said which authority this is" in page
    assert "whether the home was inside or outside the authority" in page


def test_the_list_goes_with_the_returns_and_the_counts_stay(client, officer, made):
    before = made.priced.counted
    actions.let_go(by=officer, at=NOW, returns=made.returns)
    kept = PricedBaseline.objects.get()
    assert (kept.going_on, kept.counted) == (None, before)
    page = page_for(client, "director", made)
    assert "it went when the returns were let go" in page
    assert "a week to the council" not in page


@pytest.mark.parametrize("change", [{"counted": {}}, {"pictures": {}}, {"going_on": []}])
def test_the_database_refuses_any_other_change(made, change):
    with pytest.raises(DatabaseError, match="kept as it was made"), transaction.atomic():
        PricedBaseline.objects.update(**change)
    with pytest.raises(DatabaseError, match="kept as it was made"), transaction.atomic():
        PricedBaseline.objects.all()._raw_delete("default")


def test_a_costing_that_is_refused_leaves_no_such_page(client, officer):
    plan = costings.PLAN.replace("2025-26", "2024-25").replace("2025-10-01", "2024-10-01")
    costing = costings.asked(officer, plan=plan)
    costings.work()
    assert Costing.objects.get().state == rules.REFUSED
    assert not PricedBaseline.objects.exists()
    assert "The costing is not done" in page_for(client, "director", costing)


def test_it_asks_as_much_of_the_database_for_long_lists_as_for_short(
    client, officer, made, django_assert_max_num_queries
):
    client.force_login(officer)
    with django_assert_max_num_queries(14):
        client.get(reverse("programme:director", args=[made.pk]))
