"""Amounts by year that know whether they are cash or real, so that nothing is deflated twice."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from onedoor.evidence.money import years
from onedoor.evidence.money.prices.deflator import Deflator
from onedoor.evidence.money.prices.discount import Discount
from onedoor.evidence.refusal import Refused

Pounds = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Stream:
    """`pounds`: (…, Y), the last axis the financial years from `first_year` on. `price_base`: the
    year whose prices they are in; blank for cash, the pounds of each year itself."""

    pounds: Pounds
    first_year: str
    price_base: str = ""
    discounted: bool = False

    def real(self, deflator: Deflator, price_base: str) -> "Stream":
        """Cash as prices of one year. Raises `Refused` for amounts that are real already."""
        if self.price_base:
            raise Refused(
                f"These amounts are in {self.price_base} prices already: deflating them again "
                f"would count inflation twice. Give cash, or use them as they are."
            )
        many = self.pounds.shape[-1]
        factors = [
            float(deflator.factor(years.after(self.first_year, year), price_base))
            for year in range(many)
        ]
        return replace(self, pounds=self.pounds * factors, price_base=price_base)

    def present(self, discount: Discount) -> "Stream":
        """Each year as worth in the first. Raises `Refused` for cash, and for a second time."""
        if self.discounted:
            raise Refused("These amounts are discounted already. Use them as they are.")
        if not self.price_base:
            raise Refused(
                "These amounts are cash, and the discount rate is real: discounting them would "
                "take inflation for growth. Bring them to one price base first."
            )
        factors = [float(each) for each in discount.factors(self.pounds.shape[-1])]
        return replace(self, pounds=self.pounds * factors, discounted=True)
