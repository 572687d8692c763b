"""What the pages ask. Forms look at shape only; whether it can stand is for rules and actions."""

from onedoor.homes.forms.buildings import AddPlace, BackInService, OpenHome, TakeOutOfService
from onedoor.homes.forms.deciding import Decide, night_asked
from onedoor.homes.forms.living import (
    Arrive,
    CallOff,
    Correct,
    Earlier,
    End,
    Longer,
    MoveIn,
    MoveOn,
)

__all__ = [
    "AddPlace",
    "Arrive",
    "BackInService",
    "CallOff",
    "Correct",
    "Decide",
    "Earlier",
    "End",
    "Longer",
    "MoveIn",
    "MoveOn",
    "OpenHome",
    "TakeOutOfService",
    "night_asked",
]
