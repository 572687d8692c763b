"""Two costings side by side: what one saves more, how often, and in what the plans differ."""

from datetime import timedelta

import pytest

from onedoor.programme import results
from onedoor.programme.models import Costing
from tests.factories import NOW, an_account
from tests.programme import costings

pytestmark = pytest.mark.django_db
COMPARE = "/costing/compare/"


@pytest.fixture
def officer(client):
    account = an_account("finance-officer")
    client.force_login(account)
    return account


def test_two_costings_stand_side_by_side_with_what_differs(client, officer):
    first = costings.asked(officer)
    none_yet = client.get(COMPARE).content.decode()
    assert "Two costings have to be done first" in none_yet
    twice = "[[once]]\nitem = 'training'\nwords = 'Training the team'\nmany = 21\non = 2025-09-01\n"
    other = costings.PLAN.replace("high = 0.51", "high = 0.61") + twice
    later = NOW + timedelta(minutes=1)
    costings.asked(officer, first.returns, first.rates, at=later, plan=other)
    costings.work()
    asked = [str(each.pk) for each in Costing.objects.order_by("asked_at")]
    assert "Choose two" in client.get(COMPARE, {"costing": asked[:1]}).content.decode()
    page = client.get(COMPARE, {"costing": asked}).content.decode()
    changed = page[page.index("What differs in the plans") :]
    assert ">Hub, comes, hub home, high</th>" in changed
    assert changed.index(">0.51</td>") < changed.index(">0.61</td>")
    assert ">Once, Training the team training 1 September 2025 2, many</th>" in changed
    assert changed.count('scope="row"') == 1 + 4
    assert ">Net saving in 2029-30</th>" in page
    assert "Take care before you compare" not in page
    assert "9 times in 10" in page
    assert page.count(f">{first.returns.name}</td>") == 2
    assert "of the 200 futures" in page
    assert "<title>Net saving of A and of B, all years</title>" in page
    assert "<title>Net saving of A and of B by year</title>" in page
    for each in Costing.objects.all():
        row = results.headline(each.result)
        assert results.pounds(row["net_mean"]) in page


def test_a_comparison_says_what_keeps_two_from_being_compared(client, officer):
    first = costings.asked(officer)
    dearer = costings.a_card(
        officer, text=costings.PRICES.replace("511.11,561.11", "551.11,561.11")
    )
    plan = costings.PLAN.replace('"council"\nrate', '"society"\nrate')
    costings.asked(officer, first.returns, dearer, plan=plan)
    costings.work()
    asked = [str(each.pk) for each in Costing.objects.all()]
    page = client.get(COMPARE, {"costing": asked}).content.decode()
    assert "They count different people’s money." in page
    assert "They have different prices." in page
    assert "They cannot be subtracted from each other" in page
    assert "9 times in 10" not in page


def test_of_two_that_differ_in_name_only_it_is_said_that_they_save_the_same(client, officer):
    first = costings.asked(officer)
    costings.asked(officer, first.returns, first.rates, plan=f"# The same again.\n{costings.PLAN}")
    costings.work()
    asked = [str(each.pk) for each in Costing.objects.all()]
    page = client.get(COMPARE, {"costing": asked}).content.decode()
    assert "A and B save the same in every future." in page
    assert "Nothing: the plans say the same." in page
