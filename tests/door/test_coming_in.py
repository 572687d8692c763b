"""One way in for everyone, and nothing typed is lost."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from onedoor.door import asking, queries
from onedoor.door.models import Referral
from onedoor.team import record
from onedoor.team.models import Entry
from tests.factories import TODAY, a_hub, a_manager, a_referral, an_account

pytestmark = pytest.mark.django_db
SAID = {
    "referrer_name": "Gran Example",
    "referrer_relation": "Gran",
    "referrer_reach": "Ring the house after four",
    "young_person_name": "Robin Example",
    "worried": "Not home since Sunday.",
    "danger": "No",
}


@pytest.fixture(autouse=True)
def _fresh_counts():
    cache.clear()


def begin(client, who="family"):
    answer = client.post(reverse("door:come_in"), {"brought_by": who})
    assert answer.status_code == 302
    return Referral.objects.get(), answer.url


def write_all(client, referral):
    for step in asking.steps_for(referral.brought_by):
        url = reverse("door:referral_step", args=[referral.pk, step.key])
        assert client.post(url, SAID).status_code == 302


def test_a_grandmother_brings_somebody_to_the_door_without_an_account(client):
    referral, _ = begin(client)
    write_all(client, referral)
    check = client.get(reverse("door:referral_check", args=[referral.pk]))
    assert "Not home since Sunday." in check.text
    assert client.post(reverse("door:referral_check", args=[referral.pk])).status_code == 302
    referral.refresh_from_db()
    assert referral.sent_at
    assert "Thank you" in client.get(reverse("door:referral_sent", args=[referral.pk])).text
    assert record.verify().sound


def test_what_is_typed_is_kept_before_save_is_pressed(client):
    referral, url = begin(client)
    answer = client.post(url, {"autosave": "1", "referrer_name": "Gran Exa"})
    assert answer.status_code == 204
    assert Referral.objects.get().answers["referrer_name"] == "Gran Exa"
    assert 'value="Gran Exa"' in client.get(url).text


def test_after_a_time_out_the_code_brings_it_back(client):
    referral, url = begin(client)
    client.post(url, SAID)
    code = re.search(r'class="od-code">([\w-]+)<', client.get(url).text).group(1)
    client.session.flush()
    client.cookies.clear()
    assert client.get(url).status_code == 404
    wrong = client.post(reverse("door:referral_return"), {"code": "AAAA-AAAA-AAAA"})
    assert "cannot find that code" in wrong.text
    answer = client.post(reverse("door:referral_return"), {"code": code.lower()})
    assert answer.url == reverse("door:referral_check", args=[referral.pk])
    assert "Gran Example" in client.get(answer.url).text


def test_the_code_itself_is_not_kept(client):
    referral, url = begin(client)
    code = client.session["referrals_begun_here"][str(referral.pk)]
    assert code not in str(Referral.objects.values().get())


def test_guessing_codes_comes_to_an_end(client):
    answers = [
        client.post(reverse("door:referral_return"), {"code": f"AAAA-AAAA-AAA{n}"}).status_code
        for n in range(12)
    ]
    assert answers[-1] == 429


def test_a_machine_that_fills_every_box_sends_nothing(client):
    referral, url = begin(client)
    assert client.post(url, SAID | {"website": "https://spam.example"}).status_code == 429
    assert not referral.steps.exists()


def test_somebody_else_cannot_open_what_is_being_written(client):
    _, url = begin(client)
    client.cookies.clear()
    assert client.get(url).status_code == 404


def test_a_young_person_comes_alone_and_is_asked_in_their_own_terms(client):
    referral, url = begin(client, "themself")
    assert "Your full name" in client.get(url).text
    assert "About the young person" not in client.get(url).text
    write_all(client, referral)
    client.post(reverse("door:referral_check", args=[referral.pk]))
    referral.refresh_from_db()
    assert referral.sent_at


def test_it_cannot_be_sent_before_what_is_needed_is_said(client):
    referral, url = begin(client)
    answer = client.post(reverse("door:referral_check", args=[referral.pk]))
    assert "Still needed before it can be sent: Your name" in answer.text
    assert not Referral.objects.get().sent_at


def test_a_professional_signs_in_and_later_sees_how_it_ended(client):
    answer = client.post(reverse("door:come_in"), {"brought_by": "professional"})
    assert answer.url.startswith(reverse("account_login"))
    teacher = an_account("professional")
    client.force_login(teacher)
    referral, _ = begin(client, "professional")
    write_all(client, referral)
    client.post(reverse("door:referral_check", args=[referral.pk]))
    assert "The hub is reading it" in client.get(reverse("door:brought")).text


def test_every_saving_and_sending_stands_in_the_record(client):
    referral, _ = begin(client)
    write_all(client, referral)
    client.post(reverse("door:referral_check", args=[referral.pk]))
    verbs = list(Entry.objects.filter(kind="did").order_by("number").values_list("verb", flat=True))
    assert verbs == ["door.open_referral", *["door.save_step"] * 4, "door.refer"]


def test_a_manager_sees_who_waits_and_a_worker_does_not(client):
    referral, _ = begin(client)
    write_all(client, referral)
    client.post(reverse("door:referral_check", args=[referral.pk]))
    hub = a_hub()
    client.force_login(a_manager(hub))
    assert "Robin Example" in client.get(reverse("door:at_the_door")).text
    client.force_login(an_account("residential-worker", hub))
    refused = client.get(reverse("door:at_the_door"))
    assert refused.status_code == 403
    assert "Robin Example" not in refused.text


def test_where_somebody_may_be_in_danger_is_read_first():
    manager = a_manager(a_hub())
    for name, danger in (("First", "No"), ("Second", "I am not sure"), ("Third", "Yes")):
        a_referral(name=name, danger=danger)
    waiting = queries.at_the_door(manager, TODAY)
    assert [r.answers["young_person_name"] for r in waiting] == ["Third", "Second", "First"]


def test_what_is_taken_back_is_not_sent(client):
    referral, _ = begin(client)
    write_all(client, referral)
    url = reverse("door:referral_step", args=[referral.pk, "young-person"])
    client.post(url, SAID | {"staying": "At 12 Hidden Lane"})
    client.post(url, SAID | {"staying": ""})
    assert Referral.objects.get().answers["staying"] == ""
    check = client.get(reverse("door:referral_check", args=[referral.pk])).text
    assert "Hidden Lane" not in check


def test_leaving_quickly_leaves_nothing_for_the_next_person_at_this_computer(client):
    _, url = begin(client)
    assert client.get(reverse("door:leave_quickly")).url.startswith("https://")
    assert client.get(url).status_code == 404


def test_what_is_kept_as_typed_obeys_each_box(client):
    referral, url = begin(client)
    typed = {"autosave": "1", "referrer_name": "x" * 300, "referrer_relation": "Gran\x00"}
    client.post(url, typed | {"referrer_reach": "After four"})
    assert Referral.objects.get().answers == {"referrer_reach": "After four"}
