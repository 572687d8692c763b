"""The layout, the error pages and the pages of signing in."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal import auth as totp
from django import forms
from django.contrib.auth import get_user_model
from django.template import Context, Template
from django.template.loader import get_template, render_to_string
from django.urls import reverse
from django.utils import timezone

from tests.govuk.markup import read

PASSWORD = "a door with no lock"
PAGE = '{% extends "govuk/page.html" %}{% block page_title %}Plan{% endblock %}'


class Asked(forms.Form):
    name = forms.CharField()


def page(**context):
    return read(Template(PAGE).render(Context(context)))


def test_the_title_says_first_when_something_is_wrong():
    assert page().one("title").text == "Plan – One Door"
    assert page(form=Asked()).one("title").text == "Plan – One Door"
    assert page(form=Asked({})).one("title").text == "Error: Plan – One Door"


def test_a_page_is_in_british_english_and_can_be_skipped_into():
    drawn = page()
    assert drawn.one("html")["lang"] == "en-GB"
    assert drawn.one("main")["id"] == "main"
    assert drawn.one("a", class_="govuk-skip-link")["href"] == "#main"


def test_a_page_shows_where_one_may_go_and_where_one_is():
    links = [
        {"text": "My day", "href": "/my-day/", "current": True},
        {"text": "Search", "href": "/search/", "current": False},
    ]
    nav = page(navigation=links).one("nav")
    assert [a["href"] for a in nav.every("a")] == ["/my-day/", "/search/"]
    assert nav.every("a")[0]["aria-current"] == "page"


def test_signing_out_is_a_button_that_posts():
    class Somebody:
        is_authenticated = True
        name = "Beth Kelly"

    header = page(user=Somebody(), council_name="Northmoor Council").one("header")
    assert "Beth Kelly" in header.text
    assert "Northmoor Council" in header.text
    assert header.one("form")["method"] == "post"
    assert header.one("button").text == "Sign out"


def test_a_demonstration_says_that_it_is_one():
    says = "This is a demonstration. Everyone in it is invented."
    assert says in page(demonstration=True).text
    assert says not in page().text


def test_the_footer_links_only_to_pages_there_are():
    assert page().one("footer").every("a") == []
    assert [a.text for a in page(help_url="/help/").one("footer").every("a")] == ["Help"]


def test_no_page_carries_style_or_script_of_its_own():
    drawn = page(demonstration=True, form=Asked({}))
    assert all(script["src"] and not script.text for script in drawn.every("script"))
    assert not drawn.every("style")
    assert not [tag for tag in drawn.every() if "style" in tag.attrs]


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_when_something_goes_wrong_the_page_says_what_to_do_next(name):
    drawn = read(get_template(f"{name}.html").render({}))
    assert drawn.one("h1").text
    assert len(drawn.one("main").every("p")) >= 2


def test_a_refusal_says_why_in_the_sentence_it_was_given():
    drawn = read(render_to_string("403.html", {"sentence": "Only their key worker may do this."}))
    assert "Only their key worker may do this." in drawn.one("main").text


# ---- signing in ----


@pytest.fixture
def beth(db, settings):
    settings.ONE_TIME_CODE_REQUIRED = False
    return get_user_model().objects.create(
        email="beth@example.org",
        name="Beth Kelly",
        agency="council",
        joined_at=timezone.now(),
    )


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("account_login", "Sign in"),
        ("account_reset_password", "Forgotten your password?"),
        ("account_reset_password_done", "Look in your email"),
        ("account_reset_password_from_key_done", "Your password is changed"),
        ("account_inactive", "This account is not in use"),
        ("account_signup", "One Door is by invitation"),
        ("account_email_verification_sent", "Look in your email"),
    ],
)
def test_a_page_for_somebody_not_signed_in_has_our_heading(client, db, path, heading):
    drawn = read(client.get(reverse(path)).content.decode())
    assert drawn.one("h1").text == heading
    assert "sign up" not in drawn.text.lower()


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("account_logout", "Do you want to sign out?"),
        ("account_change_password", "Change your password"),
        ("account_reauthenticate", "Show us it is you"),
        ("mfa_index", "How you sign in"),
    ],
)
def test_a_page_about_ones_own_account_has_our_heading(client, beth, path, heading):
    sign_in(client, beth)
    drawn = read(client.get(reverse(path)).content.decode())
    assert drawn.one("h1").text == heading
    assert not [tag for tag in drawn.every() if "style" in tag.attrs]


def test_signing_in_wrongly_says_so_with_a_link_to_the_box(client, beth):
    answer = client.post(reverse("account_login"), {"login": "beth@example.org", "password": ""})
    drawn = read(answer.content.decode())
    assert drawn.one("title").text.startswith("Error: ")
    link = drawn.one(class_="govuk-error-summary").one("a")
    assert (link.text, link["href"]) == ("Enter password", "#id_password")


def test_a_password_can_be_forgotten_without_saying_who_has_an_account(client, beth, mailoutbox):
    for email in ("beth@example.org", "nobody@example.org"):
        client.post(reverse("account_reset_password"), {"email": email})
    ours, nobodys = mailoutbox
    assert ours.subject == "One Door: Choose a new password"
    assert "/password/reset/key/" in ours.body
    assert "No account here uses that address" in nobodys.body
    assert "sign up" not in nobodys.body.lower()


def test_one_time_codes_are_set_up_and_asked_for(client, beth):
    sign_in(client, beth)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    drawn = read(client.get(reverse("mfa_activate_totp")).content.decode())
    assert drawn.one("h1").text == "Set up one-time codes"
    assert drawn.one("img")["src"].startswith("data:image/svg+xml")
    secret = client.session[totp.SECRET_SESSION_KEY]
    code = totp.format_hotp_value(
        totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time()))
    )
    answer = client.post(reverse("mfa_activate_totp"), {"code": code}, follow=True)
    assert "recovery code" in answer.content.decode()
    for path in ("mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_deactivate_totp"):
        assert read(client.get(reverse(path)).content.decode()).one("h1").text
    client.post(reverse("account_logout"))
    asked = client.post(
        reverse("account_login"),
        {"login": "beth@example.org", "password": PASSWORD},
        follow=True,
    )
    assert read(asked.content.decode()).one("h1").text == "Enter your one-time code"


def sign_in(client, account):
    account.set_password(PASSWORD)
    account.save()
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    answer = client.post(reverse("account_login"), {"login": account.email, "password": PASSWORD})
    assert answer.status_code == 302, answer.content
