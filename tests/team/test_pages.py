"""Who works here, as each of them sees it; and the record, as the privacy officer sees it."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from onedoor.team import actions, queries, record, rules
from onedoor.team.models import Account, Entry
from tests.factories import NOW, a_hub, a_manager, a_worker, an_account

pytestmark = pytest.mark.django_db
SOON = timezone.localdate() + timedelta(days=60)


@pytest.fixture
def hub():
    return a_hub("Cedar House")


@pytest.fixture
def manager(hub):
    return a_manager(hub, name="Kit Manager")


def as_(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def seen(account: Account, page: str) -> str:
    response = as_(account).get(page)
    assert response.status_code == 200
    return response.content.decode()


def a_day(name: str, on: date) -> dict[str, int]:
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


NEW = {"name": "Sam Example", "email": "sam@example.org", **a_day("from_on", date(2026, 1, 1))}


# ── who works here ───────────────────────────────────────────────────────────────────────────────


def test_everybody_in_the_team_sees_who_works_here_hub_by_hub(hub, manager):
    jo = a_worker(hub, name="Jo Worker", portfolio="safety")
    a_worker(a_hub("Birch House"), name="Ali Elsewhere")
    an_account("social-worker", name="Fay Partner")
    page = seen(jo, "/team/")
    for words in ("Cedar House", "Kit Manager", "Jo Worker", "Safety", "Birch House"):
        assert words in page
    assert "Fay Partner" in page
    assert "1 January 2035" in page  # a partner's access ends
    assert "Invite somebody" not in page


def test_only_those_who_invite_see_the_buttons(hub, manager):
    worker = a_worker(hub)
    assert "Invite somebody" in seen(manager, "/team/")
    assert "End this role" in seen(manager, f"/team/{worker.pk}/")
    assert "They are leaving" in seen(manager, f"/team/{worker.pk}/")
    for words in ("End this role", "They are leaving", "Give a role"):
        assert words not in seen(worker, f"/team/{manager.pk}/")


def test_nobody_is_offered_to_change_their_own_roles(manager):
    page = seen(manager, f"/team/{manager.pk}/")
    for words in ("End this role", "They are leaving", "Give a role"):
        assert words not in page


@pytest.mark.parametrize("role", ["social-worker", "parent-or-carer", "young-person"])
def test_those_around_the_team_do_not_see_who_works_here(role, manager):
    client = as_(an_account(role))
    assert client.get("/team/").status_code == 403
    assert client.get(f"/team/{manager.pk}/").status_code == 403


@pytest.fixture
def gran(manager):
    return invited_by(manager, "parent-or-carer", name="Gran Example", until_on=SOON)


def invited_by(manager, role, *, name, until_on=None) -> Account:
    return actions.join(
        by=manager, at=timezone.now(), name=name, email=f"{role}@example.org",
        agency=rules.roles()[role].agency, role=role, hub=None,
        from_on=timezone.localdate(), until_on=until_on,
    )  # fmt: skip


def test_a_family_is_found_only_by_those_who_run_the_hub_that_invited_them(hub, manager, gran):
    robin = invited_by(manager, "young-person", name="Robin Example")
    deputy = an_account("deputy-manager", hub)
    for account in (gran, robin):
        for by in (manager, deputy):
            assert account.name not in seen(by, "/team/")
            assert account.name in seen(by, f"/team/{account.pk}/")
        for by in (a_worker(hub), a_manager(a_hub()), an_account("system-owner")):
            assert account.name not in seen(by, "/team/")
            assert as_(by).get(f"/team/{account.pk}/").status_code == 404
            assert account not in queries.people(by, timezone.localdate())


def test_another_hubs_manager_gives_and_ends_nothing_of_a_familys(gran):
    held = gran.memberships.get()
    elsewhere = as_(a_manager(a_hub()))
    for page in (f"/team/{gran.pk}/role/", f"/team/{gran.pk}/leaving/"):
        assert elsewhere.get(page).status_code == 404
    assert elsewhere.post(f"/team/{gran.pk}/send-again/").status_code == 404
    assert elsewhere.get(f"/team/roles/{held.pk}/ending/").status_code == 404


def test_whoever_runs_the_hub_after_them_still_finds_a_family(hub, manager, gran):
    deputy = an_account("deputy-manager", hub)
    actions.leave(by=an_account("system-owner"), at=timezone.now(), account=manager)
    assert "Gran Example" in seen(deputy, f"/team/{gran.pk}/")


def test_a_manager_who_moves_hub_takes_nobody_elses_family_there(hub, manager, gran):
    birch = a_hub("Birch House")
    at_birch = a_manager(birch)
    owner, today = an_account("system-owner"), timezone.localdate()
    actions.give_role(
        by=owner, at=timezone.now(), account=manager, role="hub-manager", hub=birch,
        from_on=today + timedelta(days=1),
    )  # fmt: skip
    assert gran not in queries.people(at_birch, today + timedelta(days=1))
    assert gran in queries.people(manager, today + timedelta(days=1))


def test_a_manager_is_offered_the_roles_of_the_hub_and_of_partners(manager):
    page = seen(manager, "/team/invite/")
    for role in ("Residential worker", "Life coach", "Social worker", "Independent visitor"):
        assert role in page
    for role in ("Director of children", "Privacy officer", "System owner"):
        assert role not in page


def test_the_system_owner_is_offered_the_councils_roles(hub):
    page = seen(an_account("system-owner"), "/team/invite/")
    for role in ("Director of children", "Privacy officer", "Hub manager"):
        assert role in page
    assert "Residential worker" not in page


def test_inviting_asks_only_what_the_role_needs(manager):
    worker, partner = (
        seen(manager, f"/team/invite/{role}/") for role in ("residential-worker", "social-worker")
    )
    assert "Portfolio" in worker
    assert "Until which day?" not in worker
    assert "Until which day?" in partner
    assert "Portfolio" not in partner
    assert "Where do they work?" in seen(manager, "/team/invite/professional/")


def test_inviting_puts_somebody_among_those_who_work_here(hub, manager):
    response = as_(manager).post(
        "/team/invite/residential-worker/", NEW | {"portfolio": "education"}
    )
    sam = Account.objects.get(email="sam@example.org")
    assert response.headers["Location"] == f"/team/{sam.pk}/"
    page = seen(manager, "/team/")
    assert "Sam Example" in page
    assert "Education and training" in page
    assert "Has not chosen a password yet" in seen(manager, f"/team/{sam.pk}/")


def test_what_a_page_says_once_is_not_left_in_a_cookie(manager):
    client = as_(manager)
    response = client.post("/team/invite/residential-worker/", NEW)
    assert "messages" not in response.cookies
    page = client.get(response.headers["Location"]).content.decode()
    assert "Sam Example has been sent a link" in page


def test_an_invitation_that_cannot_be_sent_leaves_an_account_to_send_it_to_later(manager, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "localhost", 1  # where nobody listens
    response = as_(manager).post("/team/invite/residential-worker/", NEW, follow=True)
    page = response.content.decode()
    assert "The message could not be sent" in page
    assert "Send the invitation again" in page


def test_somebody_who_runs_two_hubs_is_asked_which(manager):
    other = a_hub("Birch House")
    actions.give_role(
        by=None, at=NOW, account=manager, role="hub-manager", hub=other, from_on=date(2026, 1, 1)
    )
    assert "At which hub?" in seen(manager, "/team/invite/life-coach/")
    as_(manager).post("/team/invite/life-coach/", NEW | {"hub": str(other.pk)})
    assert Account.objects.get(email="sam@example.org").memberships.get().hub == other


def test_a_mistake_is_shown_beside_what_was_typed(manager):
    response = as_(manager).post(
        "/team/invite/social-worker/", NEW | {"email": manager.email} | a_day("until_on", SOON)
    )
    assert response.status_code == 200
    page = response.content.decode()
    assert "is here already" in page
    assert "Sam Example" in page
    assert "<title>Error: " in page


@pytest.mark.parametrize(
    "page",
    ["/team/invite/director/", "/team/invite/system-owner/", "/team/invite/finance-officer/"],
)
def test_a_role_that_is_not_ones_to_give_is_refused_by_address_too(manager, page):
    for response in (as_(manager).get(page), as_(manager).post(page, NEW)):
        assert response.status_code == 403
        assert "Only the system owner" in response.content.decode()
    assert Entry.objects.first().kind == "refused"


def test_a_role_is_given_and_ended_on_the_screen(hub, manager):
    worker = a_worker(hub)
    client = as_(manager)
    client.post(f"/team/{worker.pk}/role/outreach-worker/", a_day("from_on", date(2026, 1, 1)))
    held = worker.memberships.get(role="outreach-worker")
    assert "Outreach worker" in seen(manager, f"/team/{worker.pk}/")
    client.post(f"/team/roles/{held.pk}/ending/", a_day("until_on", timezone.localdate()))
    held.refresh_from_db()
    assert held.until_on == timezone.localdate()
    assert "Over" in seen(manager, f"/team/{worker.pk}/")


def test_somebody_who_left_can_be_invited_back(hub, manager):
    worker = a_worker(hub, name="Jo Worker")
    as_(manager).post(f"/team/{worker.pk}/leaving/")
    assert "Has left" in seen(manager, f"/team/{worker.pk}/")
    assert "Invite them back" in seen(manager, f"/team/{worker.pk}/")
    assert "Jo Worker</a> <span" in seen(manager, "/team/")  # under people who have left


@pytest.mark.parametrize("what", ["leaving", "role", "send-again"])
def test_a_worker_who_types_the_address_of_a_change_is_refused(hub, manager, what):
    client = as_(a_worker(hub))
    page = f"/team/{manager.pk}/{what}/"
    response = client.post(page) if what == "send-again" else client.get(page)
    assert response.status_code == 403
    assert Entry.objects.first().kind == "refused"


def test_a_role_nobody_knows_and_an_account_nobody_has_are_not_found(manager):
    client = as_(manager)
    assert client.get("/team/invite/cook/").status_code == 404
    assert client.get("/team/11111111-1111-4111-8111-111111111111/").status_code == 404


# ── the record ───────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def officer():
    return an_account("privacy-officer", name="Pat Officer")


def test_the_record_says_in_plain_words_who_did_what_and_about_how_many(officer, hub):
    manager = a_manager(hub, name="Kit Manager")
    with record.change("door.welcome", by=manager, at=NOW, about=[manager.pk, hub.pk]):
        pass
    page = seen(officer, "/record/")
    assert "Kit Manager" in page
    assert "Welcomed a young person" in page
    assert "2 young people" in page
    assert "20 November 2026 at 3pm" in page
    assert str(manager.pk) not in page


def test_the_record_shows_its_head_to_note_somewhere_else(officer):
    number, digest = record.head()
    page = seen(officer, "/record/")
    assert f"<strong>{number}</strong>" in page
    assert digest[:12] in page
    assert "The lines on this page are as they were written" in page


def test_reading_the_record_is_itself_recorded(officer):
    seen(officer, "/record/")
    entry = Entry.objects.first()
    assert (entry.kind, entry.verb, entry.by) == ("saw", "team:record", officer)


def test_older_lines_follow_page_by_page_without_a_gap(officer):
    for n in range(120):
        with record.change(f"line {n}", by=officer, at=NOW):
            pass
    today, shown, before = timezone.localdate(), [], None
    while True:
        page = queries.the_record(officer, today, before)
        shown += [line.number for line in page.lines]
        before = page.older
        if before is None:
            break
    assert shown == list(range(record.head()[0], 0, -1))
    assert "Older lines" in seen(officer, "/record/")
    assert "Newest lines" in seen(officer, "/record/?before=60")


@pytest.mark.parametrize("before", ["0", "-5", "sixty", "9" * 40, "٣", ""])
def test_a_page_number_that_makes_no_sense_is_no_error(officer, before):
    assert as_(officer).get("/record/", {"before": before}).status_code == 200


@pytest.mark.parametrize("role", ["director", "system-owner", "finance-officer"])
def test_nobody_else_reads_the_whole_record(role):
    somebody = an_account(role)
    assert as_(somebody).get("/record/").status_code == 403
    entry = Entry.objects.first()
    assert (entry.kind, entry.verb, entry.by) == ("refused", "team:record", somebody)


def test_a_manager_does_not_read_the_whole_record(manager):
    assert as_(manager).get("/record/").status_code == 403


def test_every_verb_of_the_team_has_plain_words():
    for verb in ("open_hub", "join", "give_role", "end_role", "leave"):
        assert queries.in_words("did", f"team.{verb}") != f"Team: {verb.replace('_', ' ')}"
    assert queries.in_words("saw", "homes:some_new_page") == "Homes: some new page"
