"""From the invitation to the first page, and every way that must not lead there."""

import re
import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.core.cache import cache
from django.test import Client

from onedoor.team import actions
from onedoor.team.models import Account
from tests.factories import NOW, a_hub, a_manager, a_worker, an_account

pytestmark = pytest.mark.django_db
PASSWORD = "three unlikely words walking"
A_PAGE = "/team/"


@pytest.fixture(autouse=True)
def as_a_council_would_run_it(settings):
    settings.ONE_TIME_CODE_REQUIRED = True
    settings.LOGIN_URL = "account_login"
    cache.clear()  # limits on guesses outlive a test
    yield
    cache.clear()


def code(secret: str) -> str:
    now = int(time.time()) // 30
    return totp.format_hotp_value(totp.hotp_value(secret, now))


def with_code(account: Account) -> str:
    """Give somebody a one-time code; return its secret."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(account, secret)
    return secret


def with_password(account: Account) -> Account:
    account.set_password(PASSWORD)
    account.save()
    return account


def sign_in(client: Client, email: str, password: str = PASSWORD):
    return client.post("/account/login/", {"login": email, "password": password}, follow=True)


def is_in(client: Client) -> bool:
    return client.get(A_PAGE).status_code == 200


def invited(hub=None) -> tuple[Account, str]:
    """Somebody invited through the screen, and the link in the message they got."""
    hub = hub or a_hub()
    manager = a_manager(hub)
    with_code(manager)
    client = Client()
    client.force_login(manager)
    asked = {"name": "Sam Example", "email": "Sam@Example.org", "from_on_day": "1"}
    asked |= {"from_on_month": "1", "from_on_year": "2026"}
    assert client.post("/team/invite/residential-worker/", asked).status_code == 302
    (message,) = mail.outbox
    assert message.to == ["sam@example.org"]
    link = re.search(r"http://testserver(\S+)", message.body)[1]
    return Account.objects.get(email="sam@example.org"), link


def choose_password(link: str, password: str = PASSWORD):
    client = Client()
    asks = client.get(link, follow=True)
    return client.post(asks.request["PATH_INFO"], {"password1": password, "password2": password})


# ── the way in ───────────────────────────────────────────────────────────────────────────────────


def test_an_invitation_leads_to_a_password_then_a_one_time_code_then_in():
    sam, link = invited()
    assert choose_password(link).status_code == 302

    client = Client()
    sign_in(client, sam.email)
    response = client.get(A_PAGE)
    assert response.status_code == 302
    assert response.headers["Location"] == "/account/totp/activate/"

    asks = client.get("/account/totp/activate/")
    assert A_PAGE not in asks.content.decode()  # no links to where they may not go yet
    secret = asks.context["form"].secret
    assert secret in asks.content.decode()
    client.post("/account/totp/activate/", {"code": code(secret)})
    assert is_in(client)
    assert "You have 10 of 10 left" in client.get("/account/recovery-codes/").content.decode()

    client.post("/account/logout/")
    assert not is_in(client)
    assert sign_in(client, sam.email).request["PATH_INFO"] == "/account/authenticate/"
    assert not is_in(client)
    client.post("/account/authenticate/", {"code": code(secret)})
    assert is_in(client)


def test_the_message_holds_nothing_about_anybody():
    invited()
    (message,) = mail.outbox
    words = f"{message.subject} {message.body}"
    for private in ("Sam", "Example", "Hub", "residential", "manager"):
        assert private.lower() not in words.lower()
    assert message.subject == "One Door: Choose your password"
    assert "invited to One Door" in message.body


def test_the_link_works_once_and_not_after_three_days():
    _, link = invited()
    with time_machine.travel(datetime.now(UTC) + timedelta(days=4)):
        assert "This link no longer works" in Client().get(link, follow=True).content.decode()
    choose_password(link)
    assert "This link no longer works" in Client().get(link, follow=True).content.decode()


def test_a_password_that_anybody_would_guess_is_not_taken():
    sam, link = invited()
    for weak in ("short", "password1234", "sam@example.org"):
        choose_password(link, weak)
    sam.refresh_from_db()
    assert not sam.has_usable_password()


def test_an_invitation_that_went_astray_is_sent_again():
    hub = a_hub()
    sam, _ = invited(hub)
    manager = a_manager(hub)
    with_code(manager)
    client = Client()
    client.force_login(manager)
    client.post(f"/team/{sam.pk}/send-again/")
    assert len(mail.outbox) == 2
    assert "invited" in mail.outbox[1].body


def test_a_recovery_code_lets_in_once_when_the_phone_is_elsewhere():
    sam = with_password(a_worker(a_hub()))
    client = Client()
    sign_in(client, sam.email)
    secret = client.get("/account/totp/activate/").context["form"].secret
    client.post("/account/totp/activate/", {"code": code(secret)})
    kept = Authenticator.objects.get(user=sam, type=Authenticator.Type.RECOVERY_CODES).wrap()
    one = kept.get_unused_codes()[0]
    for expected in (True, False):
        client = Client()
        sign_in(client, sam.email)
        client.post("/account/authenticate/", {"code": one})
        assert is_in(client) is expected


def test_after_five_minutes_whoever_changes_how_they_sign_in_is_asked_who_they_are():
    worker = with_password(a_worker(a_hub()))
    secret = with_code(worker)
    client = Client()
    sign_in(client, worker.email)
    client.post("/account/authenticate/", {"code": code(secret)})
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=6)):
        answer = client.get("/account/totp/deactivate/")
    assert answer.headers["Location"].startswith("/account/reauthenticate/")


# ── ways that do not lead in ─────────────────────────────────────────────────────────────────────


def test_nobody_signs_themself_up():
    response = Client().get("/account/signup/")
    assert "by invitation" in response.content.decode()
    asked = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}
    Client().post("/account/signup/", asked)
    assert not Account.objects.filter(email="new@example.org").exists()


@pytest.mark.parametrize("page", ["/account/email/", "/account/login/code/confirm/"])
def test_nobody_moves_an_account_to_another_address_or_comes_in_by_a_code_alone(page):
    worker = a_worker(a_hub())
    with_code(worker)
    client = Client()
    client.force_login(worker)
    assert client.get(page).status_code in {302, 404}
    client.post(page, {"email": "elsewhere@example.org", "action_add": ""})
    worker.refresh_from_db()
    assert worker.email != "elsewhere@example.org"
    assert worker.emailaddress_set.count() == 1


def test_without_a_one_time_code_no_page_opens():
    client = Client()
    client.force_login(with_password(a_worker(a_hub())))
    for page in (A_PAGE, "/", "/record/"):
        assert client.get(page).headers["Location"] == "/account/totp/activate/"


def test_taking_the_one_time_code_off_shuts_every_page_again():
    worker = a_worker(a_hub())
    with_code(worker)
    client = Client()
    client.force_login(worker)
    assert is_in(client)
    Authenticator.objects.filter(user=worker).delete()
    assert client.get(A_PAGE).headers["Location"] == "/account/totp/activate/"


def test_a_password_alone_does_not_open_the_pages_of_somebody_with_a_code():
    worker = with_password(a_worker(a_hub()))
    with_code(worker)
    client = Client()
    sign_in(client, worker.email)
    assert not is_in(client)
    client.post("/account/authenticate/", {"code": "000000"})
    assert not is_in(client)


def test_a_one_time_code_works_once():
    worker = with_password(a_worker(a_hub()))
    secret = with_code(worker)
    first, second = Client(), Client()
    seen_over_a_shoulder = code(secret)
    for client in (first, second):
        sign_in(client, worker.email)
        client.post("/account/authenticate/", {"code": seen_over_a_shoulder})
    assert is_in(first)
    assert not is_in(second)


def test_family_signs_in_without_a_one_time_code():
    client = Client()
    client.force_login(with_password(an_account("parent-or-carer")))
    assert client.get(A_PAGE).status_code == 403  # signed in, and refused by what they may see


def test_after_five_wrong_guesses_even_the_right_password_waits():
    worker = with_password(a_worker(a_hub()))
    with_code(worker)
    for _ in range(5):
        sign_in(Client(), worker.email, "not my password")
    client = Client()
    answer = sign_in(client, worker.email)
    assert "too many wrong guesses" in answer.content.decode()
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=6)):
        assert sign_in(client, worker.email).request["PATH_INFO"] == "/account/authenticate/"


def test_guessing_one_time_codes_comes_to_an_end():
    worker = with_password(a_worker(a_hub()))
    secret = with_code(worker)
    client = Client()
    sign_in(client, worker.email)
    for guess in range(10):
        client.post("/account/authenticate/", {"code": f"{guess:06}"})
    client.post("/account/authenticate/", {"code": code(secret)})
    assert not is_in(client)


def test_the_sign_in_page_does_not_say_who_has_an_account():
    worker = with_password(a_worker(a_hub()))
    known = sign_in(Client(), worker.email, "not my password").content.decode()
    unknown = sign_in(Client(), "nobody@example.org", "not my password").content.decode()
    sentence = re.search(r"govuk-error-summary.*?<li>(.*?)</li>", known, re.DOTALL)[1]
    assert sentence in unknown


# ── leaving ──────────────────────────────────────────────────────────────────────────────────────


def test_whoever_leaves_is_out_at_their_next_click():
    hub = a_hub()
    worker = with_password(a_worker(hub))
    with_code(worker)
    at_work, at_home = Client(), Client()
    for client in (at_work, at_home):
        client.force_login(worker)
        assert is_in(client)
    actions.leave(by=a_manager(hub), at=NOW, account=worker)
    for client in (at_work, at_home):
        assert client.get(A_PAGE).headers["Location"].startswith("/account/login/")


def test_whoever_has_left_cannot_sign_in_nor_choose_a_new_password():
    hub = a_hub()
    worker = with_password(a_worker(hub))
    actions.leave(by=a_manager(hub), at=NOW, account=worker)
    client = Client()
    sign_in(client, worker.email)
    assert not is_in(client)
    client.post("/account/password/reset/", {"email": worker.email})
    assert not any("password/reset/key" in message.body for message in mail.outbox)


def test_an_account_switched_off_cannot_sign_in_with_the_right_password():
    worker = with_password(a_worker(a_hub()))
    Account.objects.filter(pk=worker.pk).update(is_active=False)
    client = Client()
    assert "This account is not in use" in sign_in(client, worker.email).content.decode()
    assert not is_in(client)


def test_a_link_sent_before_somebody_left_opens_nothing_after():
    hub = a_hub()
    sam, link = invited(hub)
    actions.leave(by=a_manager(hub), at=NOW, account=sam)
    choose_password(link)
    client = Client()
    sign_in(client, sam.email)
    assert not is_in(client)


def test_whoever_comes_back_starts_from_a_new_invitation():
    hub = a_hub()
    manager, worker = a_manager(hub), with_password(a_worker(hub))
    with_code(manager)
    with_code(worker)
    actions.leave(by=manager, at=NOW, account=worker)
    client = Client()
    client.force_login(manager)
    asked = {"from_on_day": "1", "from_on_month": "1", "from_on_year": "2026"}
    client.post(f"/team/{worker.pk}/role/outreach-worker/", asked)
    link = re.search(r"http://testserver(\S+)", mail.outbox[-1].body)[1]
    choose_password(link)
    client = Client()
    sign_in(client, worker.email)
    assert client.get(A_PAGE).headers["Location"] == "/account/totp/activate/"
