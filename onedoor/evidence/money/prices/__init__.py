"""Money of different years: one price base, and what a later year is worth today.

Amounts are either *cash* (the pounds of their own year) or *real* (pounds of one price base). Cash
is brought to a price base once; only real amounts are discounted. Doing both to the same cash, or
one of them twice, is refused.
"""

from onedoor.evidence.money.prices.deflator import Deflator, deflator, from_file
from onedoor.evidence.money.prices.discount import Discount, discount
from onedoor.evidence.money.prices.stream import Stream

__all__ = ["Deflator", "Discount", "Stream", "deflator", "discount", "from_file"]
