"""What the model may change: ranges to calculate with, and published claims only to be read."""

from onedoor.evidence.money.effects.effect import Effect, checked, drawn, sceptical
from onedoor.evidence.money.effects.flows import change, sends_elsewhere
from onedoor.evidence.money.effects.published import Figure, published

__all__ = [
    "Effect",
    "Figure",
    "change",
    "checked",
    "drawn",
    "published",
    "sceptical",
    "sends_elsewhere",
]
