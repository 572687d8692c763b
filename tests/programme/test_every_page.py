"""Every page of the programme, with rows to show: how often the database is asked, and what a web
worker never loads."""

import sys
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, reverse

from onedoor.programme import actions, files, planning, rules, urls
from onedoor.programme.models import Baseline, Costing, Draft, RateCard, Returns
from tests.factories import NOW, an_account
from tests.programme import answers, costings

STATISTICS = ("scipy", "numba", "pandas", "statsmodels")


def made() -> SimpleNamespace:
    """One of each row that a page can be about, the costing done, all by one finance officer."""
    officer = an_account("finance-officer")
    costing = costings.asked(officer, replications=50)
    costings.work()
    draft = actions.start_draft(by=officer, at=NOW, name="One hub")
    return SimpleNamespace(officer=officer, costing=costing, draft=draft)


def addresses(of) -> list[tuple[str, str]]:
    """Each route with rows that are there, every step and every kind of file."""
    known = {
        "baseline_id": [of.costing.returns.baseline_id], "returns_id": [of.costing.returns_id],
        "card_id": [of.costing.rates_id], "draft_id": [of.draft.pk],
        "costing_id": [of.costing.pk], "kind": files.TYPES, "part": planning.STEPS,
    }  # fmt: skip
    found = []
    for route in urls.urlpatterns:
        assert isinstance(route, URLPattern)
        given = [{}]
        for name in route.pattern.converters:
            given = [{**each, name: value} for each in given for value in known[name]]
        found += [(route.name, reverse(f"programme:{route.name}", kwargs=each)) for each in given]
    return found


def counts() -> list[int]:
    return [model.objects.count() for model in (Baseline, Returns, RateCard, Draft, Costing)]


def another(of, number) -> None:
    """One more of each row, and each by somebody else."""
    officer = an_account("programme-analyst")
    returns = Returns.objects.get(pk=of.costing.returns_id)
    baseline = Baseline.objects.get(pk=returns.baseline_id)
    baseline.pk, baseline.made_by = None, officer
    baseline.save(force_insert=True)
    returns.pk, returns.digest, returns.kept_by = None, f"{number}", officer
    returns.baseline = baseline
    returns.save(force_insert=True)
    card = costings.a_card(officer, name=f"Card {number}")
    costing = costings.asked(officer, returns, card)
    mine = Costing.objects.filter(pk=costing.pk)
    mine.update(state=rules.RUNNING)
    mine.update(state=rules.DONE, result={}, pictures={}, ended_at=NOW)
    draft = actions.start_draft(by=officer, at=NOW, name=f"Draft {number}")
    Draft.objects.filter(pk=draft.pk).update(answers=of.draft.answers)


def asked_for_each(client, pages) -> dict[str, int]:
    found = {}
    for name, address in pages:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code in (200, 405), address
        found[f"{name} {address}"] = len(asked)
    return found


@pytest.mark.django_db
def test_every_page_asks_the_database_as_often_for_eight_as_for_one(client):
    of = made()
    client.force_login(of.officer)
    said = answers.made(of.costing.returns, of.costing.rates)
    for version, (part, given) in enumerate(said.items(), 1):
        address = reverse("programme:step", args=[of.draft.pk, part])
        assert client.post(address, {**given, "version": version}).status_code == 302
    of.draft.refresh_from_db()
    two = costings.asked(of.officer, of.costing.returns, of.costing.rates, replications=50, seed=2)
    costings.work()
    both = f"{reverse('programme:compare')}?costing={of.costing.pk}&costing={two.pk}"
    pages = [*(each for each in addresses(of) if each[0] != "give"), ("compare", both)]
    asked_for_each(client, pages)  # what is looked up once in a process is not asked again
    with_one = asked_for_each(client, pages)
    for number in range(7):
        another(of, number)
    assert counts()[0] == 8
    assert asked_for_each(client, pages) == with_one
    assert max(with_one.values()) < 25


def open_everything(costing_id) -> list[str]:
    """What statistics a web worker has loaded when every page has been opened."""
    costing = Costing.objects.select_related("asked_by", "returns__baseline").get(pk=costing_id)
    draft = actions.start_draft(by=costing.asked_by, at=NOW, name="One hub")
    client = Client(SERVER_NAME="localhost")
    client.force_login(costing.asked_by)
    uploads = [SimpleUploadedFile(f"again {name}", data + b"\n") for name, data in costings.files()]
    said = {"name": "Brought here", "files": uploads, "youngest": 12, "oldest": 17}
    assert client.post(reverse("programme:keep_returns"), said).status_code == 302
    prices = SimpleUploadedFile("p.csv", costings.PRICES.encode())
    card = {"name": "Brought here", "file": prices}
    assert client.post(reverse("programme:new_rate_card"), card).status_code == 302
    for version, (part, given) in enumerate(
        answers.made(costing.returns, costing.rates).items(), 1
    ):
        address = reverse("programme:step", args=[draft.pk, part])
        assert client.post(address, {**given, "version": version}).status_code == 302
    check = reverse("programme:check", args=[draft.pk])
    assert client.post(check, {"replications": "1000"}).status_code == 302
    for _, address in addresses(SimpleNamespace(costing=costing, draft=draft)):
        assert client.get(address).status_code in (200, 302, 405), address
    assert Returns.objects.count() == RateCard.objects.count() == 2
    return [name for name in STATISTICS if name in sys.modules]


def test_statistics_are_in_no_web_worker_after_every_page(fresh_database):
    with fresh_database.here():
        costing = costings.asked(an_account("finance-officer"), replications=50)
        costings.work()
        assert Costing.objects.get().state == rules.DONE
    assert fresh_database.ask(open_everything, costing.pk) == []
