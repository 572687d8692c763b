"""The baseline's pages, opened as the people who use them."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from onedoor.programme import actions
from onedoor.programme.models import Baseline
from onedoor.team.models import Entry
from tests.factories import NOW, a_hub, an_account
from tests.programme.returns import BOTH, EPISODES, HEADER

pytestmark = pytest.mark.django_db
HOSTILE = (
    EPISODES + "=1+1,05/06/2023,S,C2,N1,U4,PR1,,,\n101,@nonsense,S,C2,N1,U4,PR1,,,\n"
).encode()


@pytest.fixture
def analyst(client):
    account = an_account("programme-analyst")
    client.force_login(account)
    return account


def uploads(files):
    return [SimpleUploadedFile(name, data) for name, data in files]


def test_the_empty_page_says_what_to_bring(client, analyst):
    page = client.get(reverse("programme:baseline")).content.decode()
    assert "There is no baseline yet" in page
    assert "Make a baseline" in page


def test_an_analyst_uploads_returns_and_sees_the_council_as_it_is(client, analyst):
    response = client.post(
        reverse("programme:make"),
        {"files": uploads(BOTH), "youngest": 12, "oldest": 17},
        follow=True,
    )
    page = response.content.decode()
    assert "The baseline is made" in page
    for title in ("by kind of home", "How long stays last", "Why stays end", "Moves a year"):
        assert title in page
    assert page.count("<svg ") >= 6
    assert "style=" not in page
    assert "2 (67%)" in page
    assert "What this does not show" in page
    assert "Inside 0" not in page


def test_what_cannot_be_read_is_said_on_the_form(client, analyst):
    files = uploads([("header.csv", HEADER)])
    response = client.post(
        reverse("programme:make"), {"files": files, "youngest": 12, "oldest": 17}
    )
    assert response.status_code == 200
    assert "There is no Episodes table here" in response.content.decode()
    assert not Baseline.objects.exists()


def test_the_list_of_repairs_is_on_a_page_and_in_a_spreadsheet_that_runs_nothing(client, analyst):
    files = [*BOTH, ("=cmd.csv", HOSTILE)]
    kept = actions.make_baseline(by=analyst, at=NOW, files=files, ages=(12, 17))
    page = client.get(reverse("programme:repairs", args=[kept.pk])).content.decode()
    assert "=cmd.csv" in page
    sheet = client.get(reverse("programme:repairs_csv", args=[kept.pk])).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(sheet)))
    assert len(rows) == kept.repairs_count + 1
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert Entry.objects.first().verb == "programme:repairs_csv"


def test_an_earlier_baseline_stays_where_it_was(client, analyst):
    first = actions.make_baseline(by=analyst, at=NOW, files=BOTH, ages=(6, 11))
    actions.make_baseline(by=analyst, at=NOW.replace(hour=16), files=BOTH, ages=(12, 17))
    newest = client.get(reverse("programme:baseline")).content.decode()
    assert "ages 6 to 11" in newest
    older = client.get(reverse("programme:one_baseline", args=[first.pk])).content.decode()
    assert "Young people aged 6 to 11" in older


@pytest.mark.parametrize(
    ("role", "sees", "makes"),
    [
        ("programme-analyst", 200, 200),
        ("finance-officer", 200, 200),
        ("director", 200, 403),
        ("hub-manager", 200, 403),
        ("residential-worker", 403, 403),
        ("privacy-officer", 403, 403),
        ("young-person", 403, 403),
    ],
)
def test_who_may_open_what(client, role, sees, makes):
    client.force_login(an_account(role, a_hub()))
    assert client.get(reverse("programme:baseline")).status_code == sees
    assert client.get(reverse("programme:make")).status_code == makes


def test_a_baseline_that_is_not_there_is_not_found(client, analyst):
    missing = reverse("programme:repairs", args=["8d9f3f5e-0d6c-4a5f-9d57-1f6f3a0a9a11"])
    assert client.get(missing).status_code == 404
