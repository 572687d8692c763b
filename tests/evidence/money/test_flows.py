"""What an effect changes: the flows it is about, and nobody vanishes."""

import numpy as np
import pytest

from onedoor.evidence.model import states
from onedoor.evidence.money import effects
from onedoor.evidence.money.effects.flows import _said
from onedoor.evidence.refusal import Refused

STATES = ("own_foster", "kinship", "own_home", "external_home", "supported")
AGES = (144, 216)
RATIO = np.zeros(3)


def change(key, there=STATES, **but):
    effect = effects.checked({"key": key, **but}, "x")
    return effects.change(effect, RATIO, there, AGES, 6)


def test_fewer_come_into_care():
    found = change("entry")
    assert [(flow.what, flow.into, flow.ages) for flow in found.flows] == [("arrive", (), AGES)]
    assert (found.first, found.over) == (6, 12)


def test_who_does_not_go_to_an_external_home_lives_where_the_plan_says():
    found = change("external", instead="own_foster")
    assert [flow.what for flow in found.flows] == ["arrive", "move"]
    for flow in found.flows:
        assert flow.into == ("external_home",)
        assert flow.instead == "own_foster"
    assert "external_home" not in found.flows[1].out_of


def test_a_home_that_nobody_ever_lived_in_cannot_take_them():
    with pytest.raises(Refused, match="to hub_family instead, and nobody lived there"):
        change("external", instead="hub_family")


def test_steps_go_from_homes_to_families_only():
    (flow,) = change("step_down").flows
    assert flow.out_of == ("external_home", "own_home")
    assert flow.into == ("own_foster", "kinship")


def test_a_council_without_such_homes_has_no_such_change():
    assert change("external", ("own_foster", "supported"), instead="own_foster") is None
    assert change("missing") is None


def test_every_effect_and_every_kind_of_home_is_one_that_there_is():
    said = _said()
    known = set(states.states("all_care").keys)
    for group in said["groups"].values():
        assert set(group) <= known
    assert set(said["groups"]["inside"]) | set(said["groups"]["external"]) == known
    for flow in said["flow"]:
        assert flow["effect"] in effects.sceptical()
    families = {key for key in known if states.states("all_care").state(key).family}
    assert set(said["groups"]["families"]) <= families
