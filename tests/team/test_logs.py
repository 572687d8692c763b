"""Nothing private reaches a log: not a name, an address, a word of a search, nor an error's."""

import io
import json
import logging
import socket
import sys

import pytest
import structlog
from django.test import Client

from onedoor.team import logs
from tests.factories import a_hub, an_account
from tests.team.small_pages import CANARY

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.team.small_pages")]
ADDRESS = f"{CANARY}@example.org".lower()
SEARCH = f"{CANARY} of 12 Orchard Row"


@pytest.fixture
def logged(monkeypatch):
    """`logged()`: every line that went to standard error since the test began, as fields."""
    usual, handlers = structlog.get_config(), logging.getLogger().handlers
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    logs.configure({"level": "INFO"})

    def read() -> list[dict]:
        text = written.getvalue()
        assert CANARY.lower() not in text.lower()
        assert "orchard" not in text.lower()
        return [json.loads(line) for line in text.splitlines()]

    yield read
    structlog.configure(**usual)
    logging.getLogger().handlers = handlers


@pytest.fixture
def client():
    client = Client(raise_request_exception=False, headers={"user-agent": CANARY})
    client.force_login(an_account("director", name=CANARY))
    return client


def test_a_request_leaves_its_route_and_its_time_and_nothing_typed(client, logged):
    client.get("/shows/", {"words": SEARCH})
    (line,) = logged()
    assert line.keys() == {"event", "level", "timestamp", "route", "method", "status", "ms"}
    assert (line["route"], line["method"], line["status"]) == ("shows", "GET", 200)
    assert line["timestamp"].endswith("Z")


@pytest.mark.parametrize(
    ("page", "status", "error"),
    [
        ("falls_over", 500, "RuntimeError"),
        ("falls_in_the_database", 500, "IntegrityError"),
        ("asks_the_database_nonsense", 500, None),
        ("cannot_be_recorded", 500, "IntegrityError"),
        ("refuses", 403, None),
        ("is_not_there", 404, None),
    ],
)
def test_an_error_leaves_its_kind_and_its_place_but_not_its_words(
    client, logged, page, status, error
):
    client.post(f"/{page}/?words={SEARCH}", {"name": CANARY, "email": ADDRESS})
    lines = logged()
    assert [line["status"] for line in lines if line["event"] == "request"] == [status]
    assert all(line.keys() <= logs.ALLOWED for line in lines)
    if error:
        told = [line for line in lines if line.get("error") == error]
        assert told
        assert told[0]["level"] == "error"
        assert ".py:" in told[0]["where"]


def test_a_page_that_does_not_exist_is_logged_without_its_address(client, logged):
    client.get(f"/{CANARY}/{SEARCH}/")
    assert [line["route"] for line in logged() if line["event"] == "request"] == ["unknown"]


def test_signing_in_wrongly_leaves_no_address_behind(client, logged):
    Client().post("/account/login/", {"login": ADDRESS, "password": SEARCH})
    Client().post("/account/password/reset/", {"email": ADDRESS})
    routes = {line["route"] for line in logged() if line["event"] == "request"}
    assert routes == {"account_login", "account_reset_password"}


def test_inviting_somebody_leaves_no_name_behind(logged):
    hub = a_hub()
    client = Client(raise_request_exception=False)
    client.force_login(an_account("hub-manager", hub, name=CANARY))
    asked = {"name": CANARY, "email": ADDRESS, "from_on_day": "1", "from_on_month": "12"}
    asked["from_on_year"] = "2026"
    assert client.post("/team/invite/life-coach/", asked).status_code == 302
    assert logged()


def test_a_field_that_nobody_allowed_does_not_reach_a_log_whoever_passes_it(logged):
    logs.log.warning("careless", name=CANARY, sql=SEARCH, status=200)
    logging.getLogger("some.library").error("Could not greet %s", CANARY)
    logging.getLogger("gunicorn.error").error("Error handling request /?q=%s", SEARCH)
    try:
        raise ValueError(CANARY)
    except ValueError:
        logging.getLogger("django.request").exception("Internal Server Error: %s", SEARCH)
    careless, library, server, broken = logged()
    assert careless.keys() == {"event", "level", "timestamp", "status"}
    assert (library["logger"], library["level"]) == ("some.library", "error")
    assert server["logger"] == "gunicorn.error"
    assert broken["error"] == "ValueError"


def test_the_real_server_keeps_what_it_is_sent_to_itself(site):
    host, port = site.address.removeprefix("http://").split(":")
    for request in (
        f"GET /search/?q={CANARY} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        f"GET / HTTP/1.1\r\nHost: {CANARY}.example\r\nConnection: close\r\n\r\n",
        f"NONSENSE {CANARY}\r\n\r\n",
        f"GET / HTTP/1.1\r\nHost: localhost\r\n{CANARY} no colon\r\n\r\n",
    ):
        with socket.create_connection((host, int(port)), timeout=20) as line:
            line.sendall(request.encode())
            line.recv(1000)
    site.close()
    log = site.log.read_text()
    assert '"event": "request"' in log
    assert CANARY.lower() not in log.lower()
