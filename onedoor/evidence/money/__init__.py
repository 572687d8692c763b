"""What it would cost and save, here: prices by the night, and a costing with its doubt.

from onedoor.evidence import money, ssda903
from onedoor.evidence.money import plan

said = plan.from_file("costing.toml")
made = money.of_returns(ssda903.read("returns/"), said, replications=10_000)
made.table("saving").rows        # a polars frame
made.split.net                   # every replication, whole pence: (R, Y, K)
made.limits                      # to be shown with any figure
"""

from onedoor.evidence.money.costing import Costing, Occupied, cost
from onedoor.evidence.money.council import of_fit, of_returns
from onedoor.evidence.money.plan import Plan
from onedoor.evidence.money.rates import Tariff

__all__ = ["Costing", "Occupied", "Plan", "Tariff", "cost", "of_fit", "of_returns"]
