"""One Door behind a proxy: each visitor is counted as themself, and nobody is sent in circles."""

import os
import subprocess
import sys

import pytest
from django.core.cache import cache
from django.test import Client

pytestmark = pytest.mark.django_db
FAMILY = {"brought_by": "family"}


@pytest.fixture(autouse=True)
def one_visit_an_hour(settings):
    settings.ACCOUNT_RATE_LIMITS = {"start_referral": "1/h/ip"}
    cache.clear()
    yield
    cache.clear()


def knock(forwarded_for: str = "", **more) -> int:
    headers = {"x-forwarded-for": forwarded_for} if forwarded_for else {}
    return Client().post("/come-in/", FAMILY, headers=headers, **more).status_code


def test_behind_a_proxy_one_visitor_does_not_shut_the_door_to_another(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert knock("203.0.113.1") == 302
    assert knock("203.0.113.1") == 429
    assert knock("203.0.113.2") == 302


def test_behind_a_proxy_nobody_comes_as_somebody_else_by_saying_so(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert knock("198.51.100.7, 203.0.113.1") == 302
    assert knock("198.51.100.8, 203.0.113.1") == 429


def test_without_a_proxy_what_a_visitor_says_of_themself_is_not_believed():
    assert knock("203.0.113.1") == 302
    assert knock("203.0.113.2") == 429


def test_whoever_comes_by_a_socket_without_an_address_is_let_in():
    assert knock(REMOTE_ADDR="") == 302
    assert knock(REMOTE_ADDR="") == 429


ASK = """
import django
django.setup()
from django.conf import settings
from django.test import Client
answer = Client().get("/privacy/", headers={"x-forwarded-proto": "https"})
print(settings.ALLAUTH_TRUSTED_PROXY_COUNT, answer.status_code)
"""


@pytest.mark.parametrize(("proxies", "answer"), [("0", "0 301"), ("1", "1 200")])
def test_whoever_came_to_the_proxy_by_https_is_not_sent_there_again(tmp_path, proxies, answer):
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "onedoor.settings.test",
        "ONEDOOR_HOSTS": "testserver",
        "ONEDOOR_HTTPS": "on",
        "ONEDOOR_PROXIES": proxies,
        "ONEDOOR_VAR": str(tmp_path),
    }
    asked = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", ASK], env=env, capture_output=True, text=True, check=True
    )
    assert asked.stdout.split("\n")[-2] == answer
