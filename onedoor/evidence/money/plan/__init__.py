"""A council's plan for its costing: one readable TOML file, every figure with its source."""

from onedoor.evidence.money.plan.parts import (
    PERSPECTIVES,
    Award,
    Event,
    Fixed,
    Hub,
    Once,
    Outturn,
    OwnHomes,
    Plan,
)
from onedoor.evidence.money.plan.reading import from_file, from_values

__all__ = [
    "Award",
    "Event",
    "Fixed",
    "Hub",
    "Once",
    "Outturn",
    "OwnHomes",
    "PERSPECTIVES",
    "Plan",
    "from_file",
    "from_values",
]
