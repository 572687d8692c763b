"""A manager invites somebody, who comes in with a one-time code: told as they would live it."""

from datetime import date

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password

from onedoor.team import actions
from tests.browser import sign_in
from tests.factories import NOW, a_hub, a_manager, a_worker, an_account
from tests.team.test_signing_in import PASSWORD, code, with_code


@pytest.fixture
def council(open_site):
    """A council with one-time codes, as it would really run."""
    return open_site(
        ONEDOOR_DEMONSTRATION="off",
        ONEDOOR_ONE_TIME_CODE="on",
        DJANGO_SETTINGS_MODULE="onedoor.settings.council",
    )


def a_team():
    hub = a_hub("Cedar House")
    manager = a_manager(hub, name="Kit Rahman")
    jo = a_worker(hub, name="Jo Brightwell", portfolio="education")
    a_worker(hub, name="Marguerite Featherstonehaugh-Oyelaran", portfolio="relationships")
    an_account("life-coach", hub, name="Dr Ines Pereira")
    an_account("social-worker", name="Fay Whitlock")
    an_account("director", name="Morgan Ellis")
    a_hub("Birch House")
    gone = a_worker(hub, name="Ali Stone")
    actions.leave(by=manager, at=NOW, account=gone)
    with_code(manager)
    return manager, jo, gone


def test_a_manager_looks_after_the_team(council, page_at, look):
    with council.database.here():
        manager, jo, gone = a_team()
    page = page_at(1280, council)
    sign_in(page, council, manager)
    page.goto("/team/")
    look(page, "team-people")
    page.get_by_text("People with no role today").click()
    assert page.get_by_text("Ali Stone").is_visible()

    page.get_by_role("button", name="Invite somebody").click()
    look(page, "team-invite")
    page.get_by_role("link", name="Social worker").click()
    page.get_by_role("button", name="Send the invitation").click()
    look(page, "team-invite-mistakes")
    page.get_by_label("Their name").fill("Sam Example")
    page.get_by_label("Their email address").fill("sam@example.org")
    until = page.get_by_role("group", name="Until which day?")
    for box, words in {"Day": "1", "Month": "6", "Year": "2035"}.items():
        until.get_by_label(box).fill(words)
    page.get_by_role("button", name="Send the invitation").click()
    assert page.get_by_text("has been sent a link").is_visible()
    look(page, "team-person-invited")

    page.goto(f"/team/{jo.pk}/role/")
    look(page, "team-choose-role")
    page.get_by_role("link", name="Outreach worker").click()
    look(page, "team-give-role")
    page.get_by_role("button", name="Give this role").click()
    look(page, "team-person")
    page.get_by_role("link", name="End this role").first.click()
    look(page, "team-end-role")
    page.goto(f"/team/{jo.pk}/leave/")
    look(page, "team-leave")
    page.goto(f"/team/{gone.pk}/")
    look(page, "team-person-left")


def test_a_privacy_officer_reads_the_record(council, page_at, look):
    with council.database.here():
        manager, jo, _ = a_team()
        officer = an_account("privacy-officer", name="Pat Okafor")
        with_code(officer)
        actions.end_role(
            by=manager, at=NOW, membership=jo.memberships.get(), until_on=date(2035, 1, 1)
        )
    page = page_at(1280, council)
    sign_in(page, council, jo)
    sign_in(page, council, officer)
    page.goto("/record/")
    look(page, "team-record")


def test_somebody_comes_in_for_the_first_time(council, page_at, look):
    with council.database.here():
        worker = a_worker(a_hub("Cedar House"), name="Jo Brightwell")
        # The tests' own hasher is quick and weak; the real server knows only the real one.
        worker.password = make_password(PASSWORD, hasher=Argon2PasswordHasher())
        worker.save()
    page = page_at(390, council)
    page.goto("/team/")
    look(page, "sign-in")
    page.get_by_label("Email address").fill(worker.email)
    page.get_by_label("Password", exact=True).fill("not my password")
    page.get_by_role("button", name="Sign in").click()
    look(page, "sign-in-mistake")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    look(page, "one-time-code-set-up")
    page.get_by_text("I cannot point my phone at it").click()
    secret = page.locator(".od-key").inner_text()
    page.get_by_label("One-time code").fill(code(secret))
    page.get_by_role("button", name="Turn on one-time codes").click()
    look(page, "recovery-codes")
    page.get_by_role("link", name="Back to how you sign in").click()
    look(page, "how-you-sign-in")
    page.get_by_role("button", name="Sign out").click()

    page.goto("/account/login/")
    page.get_by_label("Email address").fill(worker.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    look(page, "one-time-code")
    page.get_by_label("One-time code").fill(code(secret))
    page.get_by_role("button", name="Sign in").click()
    page.goto("/team/")
    assert page.get_by_role("heading", name="Who works here").is_visible()
