"""What a director asks first, from the council's own returns.

from onedoor.evidence import baseline
from onedoor.evidence.baseline import director

found = director.tables(baseline.baseline(reading, authority="Northmoor"), said)
found[0].rows     # nights outside the authority, year by year
director.picture(found[0])

Counts are whole: nothing is estimated. What nobody can say is between two bounds, never nought.
"""

from onedoor.evidence.baseline import Baseline
from onedoor.evidence.baseline.director import cost, flows, nights
from onedoor.evidence.baseline.director.cost import FURTHER_DOWN
from onedoor.evidence.baseline.director.drawn import picture
from onedoor.evidence.money.plan import Plan
from onedoor.evidence.ssda903 import spells
from onedoor.evidence.table import Table

__all__ = ["FURTHER_DOWN", "picture", "tables"]


def tables(made: Baseline, priced: Plan | None = None) -> tuple[Table, ...]:
    """nights_out, bringing_home, in_a_family, came_and_left and, where `priced` has prices,
    costs_now: for the ages of the baseline."""
    stays = spells.stays(made.reading.episodes)
    found = (
        nights.out(made, stays),
        cost.bringing_home(made, stays, priced),
        nights.in_a_family(made, stays),
        flows.came_and_left(made, stays),
    )
    return found if priced is None else (*found, cost.now(made, stays, priced))
