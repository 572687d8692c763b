"""The costing of a plan: what it would cost and save here, for whom, and how sure that is."""

from onedoor.evidence.money.costing.cost import cost
from onedoor.evidence.money.costing.occupied import Occupied
from onedoor.evidence.money.costing.result import Costing
from onedoor.evidence.money.costing.split import BUCKETS, Split
from onedoor.evidence.money.costing.today import Today, counted

__all__ = ["BUCKETS", "Costing", "Occupied", "Split", "Today", "cost", "counted"]
