"""Who may do what, read off the table without a database."""

from datetime import date

import pytest

from onedoor.team import rules
from onedoor.team.rules import ANYONE, COUNCIL, HUB, KEY_WORKER, TIED, NotNow, Refused

ABOUT_SOMEBODY = [doing for doing in rules.POLICY if not rules._about_nobody(doing)]
DAY = date(2026, 11, 20)
HERE, THERE = "this hub", "another hub"


def through(role: str, doing: str) -> set[str]:
    """The relations through which a role may do this."""
    return {
        relation
        for relation in (KEY_WORKER, HUB, TIED, COUNCIL, ANYONE)
        if rules.may(role, relation, doing)
    }


@pytest.mark.parametrize(
    ("role", "doing", "relations"),
    [
        ("residential-worker", "see", {KEY_WORKER, HUB, TIED}),
        ("residential-worker", "write", {KEY_WORKER, HUB, TIED}),
        ("residential-worker", "decide", set()),
        ("residential-worker", "see_address", {KEY_WORKER, HUB}),
        ("residential-worker", "tie", {KEY_WORKER}),
        ("hub-manager", "decide", {HUB}),
        ("hub-manager", "change_key_worker", {HUB}),
        ("hub-manager", "welcome", {ANYONE}),
        ("hub-manager", "keep_team", {ANYONE}),
        ("hub-manager", "see_whole_record", set()),
        ("deputy-manager", "step_away", {HUB}),
        ("life-coach", "see_story", {KEY_WORKER, HUB, TIED}),
        ("life-coach", "see_address", set()),
        ("police-role", "see_address", set()),
        ("supported-lodgings-host", "see", {TIED}),
        ("supported-lodgings-host", "see_story", set()),
        ("hub-community-family", "write", {TIED}),
        ("social-worker", "see", {TIED}),
        ("social-worker", "see_address", {TIED}),
        ("independent-visitor", "see_plan", {TIED}),
        ("independent-visitor", "see_story", set()),
        ("young-person", "see_plan", {TIED}),
        ("young-person", "see", set()),
        ("director", "see", {COUNCIL}),
        ("director", "write", set()),
        ("privacy-officer", "see_record", {COUNCIL}),
        ("privacy-officer", "see", set()),
        ("privacy-officer", "see_whole_record", {ANYONE}),
        ("finance-officer", "keep_baseline", {ANYONE}),
        ("professional", "refer", {ANYONE}),
        ("professional", "see", set()),
    ],
)
def test_a_role_may_do_this_only_through_these_relations(role, doing, relations):
    assert through(role, doing) == relations


@pytest.mark.parametrize(
    "role", ["system-owner", "finance-officer", "programme-analyst", "parent-or-carer"]
)
@pytest.mark.parametrize("doing", ABOUT_SOMEBODY)
def test_whoever_only_counts_or_keeps_the_system_opens_no_record(role, doing):
    assert through(role, doing) == set()


@pytest.mark.parametrize("role", rules.roles())
def test_holding_a_role_opens_nobody_by_itself_but_to_those_who_answer_for_everybody(role):
    everybody = {doing for doing in ABOUT_SOMEBODY if rules.may(role, COUNCIL, doing)}
    assert not everybody or role in {"director", "privacy-officer"}


@pytest.mark.parametrize("doing", rules.POLICY)
def test_every_doing_names_known_roles_and_relations_and_has_a_sentence(doing):
    assert set(rules.POLICY[doing]) <= set(rules.roles())
    for relations in rules.POLICY[doing].values():
        assert set(relations) <= {KEY_WORKER, HUB, TIED, COUNCIL, ANYONE}
    assert rules.refusal(doing).startswith(f"You cannot {rules.DOING_WORDS[doing]}. Only a ")


@pytest.mark.parametrize("role", rules.roles().values(), ids=lambda role: role.key)
def test_every_role_has_a_name_an_agency_a_place_and_a_sentence(role):
    assert role.name[0].isupper()
    assert role.sentence.endswith(".")
    assert len(role.sentence.split()) > 4
    assert role.at in {"hub", "council"}
    assert role.agency in rules.AGENCY_NAMES


def test_only_those_who_live_the_day_alongside_young_people_can_be_key_worker():
    can_be = {role.key for role in rules.roles().values() if role.key_worker}
    assert can_be == {"residential-worker", "outreach-worker"}


@pytest.mark.parametrize(
    ("role", "at_hub", "until_on", "sentence"),
    [
        ("cook", True, None, "There is no role called “cook”."),
        ("hub-manager", False, None, "Choose the hub where they are hub manager."),
        ("director", True, None, "leave the hub empty"),
        ("social-worker", False, None, "access always has an end"),
        ("hub-manager", True, DAY, "The day it ends must be after the day it starts."),
    ],
)
def test_a_role_that_cannot_be_held_so_is_answered_with_a_sentence(
    role, at_hub, until_on, sentence
):
    with pytest.raises(NotNow, match=sentence):
        rules.check_membership(role, at_hub, DAY, until_on)


@pytest.mark.parametrize(
    ("giver", "role", "hub", "allowed"),
    [
        ("hub-manager", "residential-worker", HERE, True),
        ("hub-manager", "deputy-manager", HERE, True),
        ("hub-manager", "residential-worker", THERE, False),
        ("hub-manager", "hub-manager", THERE, False),
        ("hub-manager", "social-worker", None, True),
        ("hub-manager", "independent-visitor", None, True),
        ("hub-manager", "young-person", None, True),
        ("hub-manager", "director", None, False),
        ("hub-manager", "privacy-officer", None, False),
        ("hub-manager", "system-owner", None, False),
        ("hub-manager", "finance-officer", None, False),
        ("deputy-manager", "life-coach", HERE, True),
        ("system-owner", "director", None, True),
        ("system-owner", "privacy-officer", None, True),
        ("system-owner", "system-owner", None, True),
        ("system-owner", "hub-manager", THERE, True),
        ("system-owner", "residential-worker", HERE, False),
        ("system-owner", "social-worker", None, False),
        ("system-owner", "young-person", None, False),
        ("residential-worker", "residential-worker", HERE, False),
        ("director", "residential-worker", HERE, False),
        ("privacy-officer", "privacy-officer", None, False),
    ],
)
def test_who_may_give_which_role_where(giver, role, hub, allowed):
    held = [(giver, HERE if rules.roles()[giver].at == "hub" else None)]
    if allowed:
        rules.check_may_give(held, role, hub)
    else:
        with pytest.raises(Refused):
            rules.check_may_give(held, role, hub)


@pytest.mark.parametrize("giver", [key for key in rules.roles() if key != "system-owner"])
@pytest.mark.parametrize("role", ["director", "privacy-officer", "system-owner"])
def test_nobody_but_the_system_owner_gives_the_roles_that_stand_above_a_hub(giver, role):
    with pytest.raises(Refused):
        rules.check_may_give([(giver, HERE)], role, None)


def test_the_system_owner_may_end_any_role_and_a_manager_only_those_they_could_give():
    for role in rules.roles().values():
        rules.check_may_end([("system-owner", None)], role.key, HERE if role.at == "hub" else None)
    with pytest.raises(Refused, match="Only somebody who runs that hub"):
        rules.check_may_end([("hub-manager", HERE)], "life-coach", THERE)


@pytest.mark.parametrize(
    ("agency", "role", "fits"),
    [
        ("council", "hub-manager", True),
        ("family", "parent-or-carer", True),
        ("council", "parent-or-carer", True),
        ("family", "hub-manager", False),
        ("family", "social-worker", False),
        ("young-person", "young-person", True),
        ("young-person", "residential-worker", False),
        ("council", "young-person", False),
    ],
)
def test_roles_at_work_need_an_account_that_signs_in_with_a_one_time_code(agency, role, fits):
    if fits:
        rules.check_agency(agency, "Sam", role)
    else:
        with pytest.raises(NotNow):
            rules.check_agency(agency, "Sam", role)
