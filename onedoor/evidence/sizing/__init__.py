"""How many places, so that somebody who needs one tonight finds it: no heads on beds.

from onedoor.evidence import sizing

demand = sizing.Demand(planned_per_year=9, days_planned=120, crisis_per_year=36, days_crisis=10)
found = sizing.size(sizing.Question(4, 2, demand, sizing.Coming(1.2, 1.2)))
found.answer                       # places that hold the refusal as surely as was asked
found.table("other_hubs").rows     # a polars frame
found.picture()                    # an SVG
"""

from onedoor.evidence.sizing.answer import Sizing, size
from onedoor.evidence.sizing.chain import Demand
from onedoor.evidence.sizing.loss import Coming
from onedoor.evidence.sizing.question import Question
from onedoor.evidence.sizing.written import written

__all__ = ["Coming", "Demand", "Question", "Sizing", "size", "written"]
