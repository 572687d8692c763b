"""What a visitor writes does not wait in the browser for whoever sits down next."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from onedoor.team import signing_in
from tests.factories import a_hub, a_worker

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
A_PAGE = "/privacy/"


@pytest.fixture
def visitor():
    """A browser in which somebody who is not signed in began to write."""
    client = Client()
    with time_machine.travel(START, tick=False):
        session = client.session
        session[signing_in.BEGUN_HERE] = {"a referral": "its code"}
        signing_in.short_session(SimpleNamespace(user=AnonymousUser(), session=session))
        session.save()
        yield client


def minutes_later(client: Client, minutes: int) -> bool:
    """Whether what was written is still there when a page is opened so much later."""
    with time_machine.travel(START + timedelta(minutes=minutes), tick=False):
        client.get(A_PAGE)
    return signing_in.BEGUN_HERE in client.session


def test_a_visitors_session_ends_when_the_browser_closes(visitor):
    assert visitor.session.get_expire_at_browser_close()
    cookie = visitor.get(A_PAGE).cookies["sessionid"]
    assert cookie["max-age"] == ""
    assert cookie["expires"] == ""


def test_after_an_hour_without_a_click_it_has_ended(visitor):
    assert not minutes_later(visitor, 60)
    assert dict(visitor.session) == {}


def test_with_a_click_now_and_then_it_goes_on(visitor):
    assert all(minutes_later(visitor, minutes) for minutes in (50, 100, 150))
    assert not minutes_later(visitor, 211)


def test_whoever_signs_in_next_does_not_get_what_a_visitor_began(visitor):
    visitor.force_login(a_worker(a_hub()))
    assert signing_in.BEGUN_HERE not in visitor.session


def test_whoever_is_signed_in_is_not_sent_out_after_an_hour(visitor):
    worker = a_worker(a_hub())
    visitor.force_login(worker)
    session = visitor.session
    signing_in.short_session(SimpleNamespace(user=worker, session=session))
    session.save()
    with time_machine.travel(START + timedelta(minutes=90), tick=False):
        assert visitor.get("/team/").status_code == 200


def test_a_visitor_who_wrote_nothing_is_given_no_session():
    assert "sessionid" not in Client().get(A_PAGE).cookies
