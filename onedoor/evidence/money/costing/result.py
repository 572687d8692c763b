"""A costing: what a plan would cost and save here, with its doubt, and all it was made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onedoor.evidence.money.costing import digits, drawn, worth
from onedoor.evidence.money.costing.split import Split
from onedoor.evidence.money.costing.today import Today
from onedoor.evidence.money.plan import Plan
from onedoor.evidence.provenance import Provenance
from onedoor.evidence.sizing import Sizing
from onedoor.evidence.table import Table

Reals = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Spent:
    """One line over all years, as means in pounds of the price base. `error`: the larger standard
    error of the two that comes of the number of replications."""

    what: str
    item: str
    payer: str
    kind: str
    cash: float
    without: float
    with_model: float
    error: float


@dataclass(frozen=True, slots=True, eq=False)
class Costing:
    """Everything is a forecast, in prices of `plan.price_base`; nothing in it is an outturn but
    `today`.

    `split`: pence by replication, year, payer and class. `monthly`: (R, T) net saving in pounds in
    the plan's perspective, undiscounted. `present`: (R,) the same over all years, discounted.
    `sized`: one hub of the plan and what is asked of it; None where `not_sized` says why not.
    `drawn`: (R,) standard normal numbers and effects by name. `n` replications from `seed`;
    `mcse`: the standard error of the mean of `present` that comes of their number. `limits` must be
    shown with any figure. `tables` by name; see `table`.
    """

    plan: Plan
    population: str
    split: Split
    today: Today
    spent: tuple[Spent, ...]
    monthly: Reals
    present: Reals
    drawn: Mapping[str, Reals]
    payback: Reals
    sized: Sizing | None
    not_sized: str
    moved: tuple[worth.Moved, ...]
    break_even: worth.BreakEven | None
    tables: tuple[Table, ...]
    provenance: Provenance
    n: int
    seed: int
    mcse: float
    limits: tuple[str, ...]

    def table(self, name: str) -> Table:
        return next(table for table in self.tables if table.name == name)

    @property
    def pictures(self) -> dict[str, str]:
        """Every picture there is, by name."""
        names = "saving", "payers", "what_moves_it", *(["refusals"] if self.sized else [])
        return {name: self.picture(name) for name in names}

    def picture(self, name: str) -> str:
        """SVG of the table `saving` or `what_moves_it`, in the plan's perspective; of `payers`; or,
        where the hub is sized, of the `refusals` of one hub against how full it runs."""
        if name == "refusals" and self.sized is not None:
            return self.sized.picture()
        table = self.table(name)
        if name == "payers":
            return drawn.payers(
                table, f"Net saving by payer and class, £m of {self.plan.price_base}"
            )
        title = f"{table.title}: {self.plan.perspective}, £m of {self.plan.price_base}"
        if name == "saving":
            return drawn.saving(self.net(), self.plan.year_names, title, table)
        mean = digits.rounded(float(self.present.mean()), digits.step(self.mcse))
        return drawn.what_moves_it(table, mean, title)

    def net(self, perspective: str | None = None) -> Reals:
        """(R, Y): net saving in pounds; in the plan's perspective where none is given."""
        seen = perspective or self.plan.perspective
        return np.asarray(self.split.counted(self.split.net, seen) / 100)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON. All prices, effects and the plan itself are inside, so that a
        later change of a price never changes what this costing was made from."""
        plan = self.plan
        return {
            "title": plan.title,
            "population": self.population,
            "perspective": plan.perspective,
            "first_year": plan.first_year,
            "years": list(plan.year_names),
            "price_base": plan.price_base,
            "deflator": {"name": plan.deflator.name, "source": plan.deflator.source},
            "discount": plan.discount.as_dict(),
            "n": self.n,
            "seed": self.seed,
            "mcse": round(self.mcse),
            # What of two costings of the same futures saves more is read off these.
            "futures": [round(each) for each in self.present.tolist()],
            "not_sized": self.not_sized,
            "tables": {table.name: table.as_dict() for table in self.tables},
            "rates": [rate.as_dict() for rate in plan.tariff.rates],
            "effects": [effect.as_dict() for effect in plan.effects.values()],
            "plan": plan.text,
            "run": self.provenance.run,
            "version": self.provenance.version,
            "inputs": dict(self.provenance.inputs),
            "parameters": dict(self.provenance.parameters),
            "limits": list(self.limits),
        }


def discounted(split_: Split, plan: Plan, perspective: str) -> Reals:
    """(R,): the net saving of all years, each as worth in the first, in pounds."""
    from_first = np.array([float(each) for each in plan.discount.factors(plan.years)])
    return np.asarray(split_.counted(split_.net, perspective) / 100 @ from_first)
