"""A new worker signs in on a telephone and on a desk, and is let in with a one-time code."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal import auth as totp
from django.urls import reverse

from tests import factories

PASSWORD = "a door with no lock"


@pytest.mark.parametrize("width", [1280, 390])
def test_a_new_worker_signs_in_and_sets_up_one_time_codes(site, page_at, look, width):
    with site.database.here():
        worker = factories.a_worker(factories.a_hub(), name="Beth Kelly")
        worker.set_password(PASSWORD)
        worker.save()
        EmailAddress.objects.update_or_create(
            user=worker, defaults={"email": worker.email, "verified": True, "primary": True}
        )
    page = page_at(width)
    page.goto("/account/login/")
    look(page, "sign-in")

    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    assert page.title() == "Error: Sign in – One Door"
    look(page, "sign-in-nothing-typed")

    page.get_by_role("link", name="Enter email address").click()
    page.keyboard.type(worker.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "login" not in url)
    page.goto(reverse("mfa_activate_totp"))
    look(page, "set-up-one-time-codes")

    page.get_by_text("I cannot point my phone at it").click()
    page.get_by_label("One-time code").fill(code_for(page.locator("code").inner_text()))
    page.get_by_role("button", name="Turn on one-time codes").click()
    page.get_by_text("One-time codes are on.").wait_for()
    page.goto(reverse("mfa_index"))
    assert page.inner_text("h1") == "How you sign in"
    look(page, "how-you-sign-in")


def code_for(secret):
    now = next(totp.yield_hotp_counters_from_time())
    return totp.format_hotp_value(totp.hotp_value(secret, now))
