"""Where a home is, is told to those who run it."""

import pytest
from django.urls import reverse

from tests.factories import a_hub, a_manager
from tests.homes.homely import a_home


@pytest.fixture
def sign_in(client):
    def sign_in(account):
        client.force_login(account)
        return client

    return sign_in


def test_only_those_who_keep_homes_read_an_address(hub, sign_in):
    home = a_home(hub.manager, address_lines="1 Made Up Street", postcode="ZZ1 1ZZ")
    url = reverse("homes:home", args=[home.pk])
    assert "Made Up Street" in sign_in(hub.manager).get(url).content.decode()
    assert "Made Up Street" not in sign_in(hub.worker).get(url).content.decode()


def test_where_a_home_is_is_not_told_to_another_hub(hub, sign_in):
    home = a_home(hub.manager, hub=hub.hub, address_lines="1 Made Up Street")
    url = reverse("homes:home", args=[home.pk])
    assert "Made Up Street" in sign_in(hub.manager).get(url).text
    assert "Made Up Street" not in sign_in(a_manager(a_hub())).get(url).text
