from onedoor.homes.models.buildings import Home, OutOfService, Place
from onedoor.homes.models.decisions import Decision, DecisionAnswer
from onedoor.homes.models.stays import Night, Stay, StayChange

__all__ = [
    "Decision",
    "DecisionAnswer",
    "Home",
    "Night",
    "OutOfService",
    "Place",
    "Stay",
    "StayChange",
]
