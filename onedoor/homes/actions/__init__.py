"""Where young people live, in the order it happens: homes, a decision, a stay and its end."""

from onedoor.homes.actions.buildings import (
    add_place,
    back_in_service,
    open_home,
    take_out_of_service,
)
from onedoor.homes.actions.deciding import decide
from onedoor.homes.actions.ending import call_off, end, move_on
from onedoor.homes.actions.staying import arrive, correct, end_early, move_in, stay_longer

__all__ = [
    "add_place",
    "arrive",
    "back_in_service",
    "call_off",
    "correct",
    "decide",
    "end",
    "end_early",
    "move_in",
    "move_on",
    "open_home",
    "stay_longer",
    "take_out_of_service",
]
