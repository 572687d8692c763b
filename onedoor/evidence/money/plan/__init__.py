"""A council's plan for its costing: one readable TOML file, every figure with its source."""

from onedoor.evidence.money.plan.parts import (
    PERSPECTIVES,
    Award,
    Bed,
    Comes,
    Event,
    Fixed,
    Hub,
    Once,
    Outturn,
    OwnHomes,
    Places,
    Plan,
)
from onedoor.evidence.money.plan.reading import from_file, from_values

__all__ = [
    "Award",
    "Bed",
    "Comes",
    "Event",
    "Fixed",
    "Hub",
    "Once",
    "Outturn",
    "OwnHomes",
    "PERSPECTIVES",
    "Places",
    "Plan",
    "from_file",
    "from_values",
]
