"""One click opens any account: so there is no such route where it is not a demonstration."""

import fcntl
import os
import socket
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from onedoor import cli
from onedoor.team.models import Account
from tests.factories import a_hub, an_account
from tests.fresh import ROOT

WITHOUT = """
import django
django.setup()
from django.apps import apps
from django.conf import settings
from django.test import Client
answer = Client().get("/demonstration/", HTTP_HOST="localhost")
first = Client().get("/", HTTP_HOST="localhost")
print(apps.is_installed("onedoor.demo"), answer.status_code, settings.LOGIN_URL, first.url)
"""


def test_where_it_is_no_demonstration_there_is_no_such_page(tmp_path):
    environ = os.environ | {
        "DJANGO_SETTINGS_MODULE": "onedoor.settings.council",
        "ONEDOOR_DEMONSTRATION": "off",
        "ONEDOOR_VAR": str(tmp_path),
        "ONEDOOR_DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite3'}",
    }
    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT], cwd=ROOT, env=environ, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    installed, status, login_url, first = ran.stdout.split()
    assert (installed, status) == ("False", "404")
    assert login_url == "account_login"
    assert first.startswith("/account/login/")


@pytest.mark.django_db
def test_nobody_but_the_invented_can_be_been(client):
    somebody = an_account("hub-manager", a_hub())
    assert client.post(reverse("demo:be", args=[somebody.pk])).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_a_link_cannot_sign_anybody_in(client):
    somebody = an_account("director")
    assert client.get(reverse("demo:be", args=[somebody.pk])).status_code == 405


@pytest.mark.django_db
def test_the_front_page_leads_there_and_the_usual_page_is_near(client):
    answer = client.get("/", follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain[0][0].startswith(reverse("demo:sign_in"))
    assert reverse("account_login") in answer.content.decode()
    assert reverse("demo:sign_in") in client.get(reverse("account_login")).content.decode()


@pytest.mark.django_db
def test_a_form_from_elsewhere_signs_nobody_in():
    somebody = Account(pk="8b4c4b5e-0000-4000-8000-000000000000")
    visitor = Client(enforce_csrf_checks=True)
    assert visitor.post(reverse("demo:be", args=[somebody.pk])).status_code == 403


def test_the_command_sets_up_a_demonstration_of_its_own(monkeypatch, tmp_path):
    monkeypatch.setenv("ONEDOOR_VAR", str(tmp_path))
    monkeypatch.setenv("ONEDOOR_DATABASE_URL", "postgresql://council:secret@db/onedoor")
    apart = cli._demonstration()
    assert apart["ONEDOOR_DATABASE_URL"] == f"sqlite:///{tmp_path}/demo/northmoor.sqlite3"
    assert apart["ONEDOOR_DEMONSTRATION"] == "on"


def test_a_port_in_use_is_said_before_anything_is_built(live_port):
    with pytest.raises(CommandError, match=f"Something else is using port {live_port}"):
        call_command("demo", port=live_port)


def test_nobody_takes_the_file_from_under_those_who_look_around(tmp_path, settings, monkeypatch):
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", tmp_path / "northmoor.sqlite3")
    with open(tmp_path / "northmoor.in-use", "a") as visitors:
        fcntl.flock(visitors, fcntl.LOCK_SH)
        with pytest.raises(CommandError, match="Northmoor is open, or being made"):
            call_command("demo", fresh=True, build_only=True)


@pytest.fixture
def live_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        yield taken.getsockname()[1]
