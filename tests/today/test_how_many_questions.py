"""The pages opened most ask the same few questions of the database, however many people there are.

Counted from 80 to 2,000 young people with thirty nights each, and from 10 to 10,000 story lines
of one of them. `fixed` are those of every page: session, account, memberships, the record's line.
"""

import pytest
from django.urls import reverse

from onedoor.team.models import Account
from tests.today import crowd

# Of its own, at most. The page of tonight asks for everybody; none asks once for each.
AT_MOST = 10


def addresses(person):
    return {
        "young person": reverse("today:young_person", args=[person.pk]),
        "tonight": reverse("today:tonight"),
        "my day": reverse("today:my_day"),
        "story": reverse("outcomes:story", args=[person.pk]),
    }


def asked(client, account: Account, person):
    client.force_login(account)
    client.get(reverse("today:tonight"))  # whatever a first request does once is done
    pages = {name: crowd.questions(client, address) for name, address in addresses(person).items()}
    found = crowd.questions(client, reverse("door:search"), {"words": "crowd"})
    return pages | {"search": found}


@pytest.fixture
def crowded(client, hub):
    def counted(people, lines):
        crowd.fill(hub, people)
        crowd.happen(hub, hub.robin, lines)
        return {
            "worker": asked(client, hub.worker, hub.robin),
            "manager": asked(client, hub.manager, hub.robin),
        }

    return counted


# The page: (fixed, its own). The record's line is three of the six: look, write, whom it is about.
ASKED = {
    "young person": (6, 7),
    "tonight": (6, 4),
    "my day": (6, 8),
    "story": (6, 4),
    "search": (6, 1),
}


def test_from_80_to_2000_young_people_and_10_to_10000_lines_nothing_more_is_asked(crowded):
    few = crowded(79, 10)
    many = crowded(1_920, 9_990)
    assert few["worker"] == many["worker"] == ASKED
    assert few["manager"] == many["manager"]
    for pages in many.values():
        for name, (_fixed, own) in pages.items():
            assert own <= AT_MOST, name
