"""The identity: saving against today's budget, and growth avoided, which always add up.

For each replication and year, B is what is spent without the model, C with it, and B0 what was
spent in the year before. Then B - C = (B0 - C) + (B - B0): the net saving is the *direct saving*
against today's budget (below 0: a pressure) and the *growth avoided* against what was to come.
Simulated amounts are rounded to whole pence once, for each replication, year, payer and class, half
to even; after that all is whole numbers and the identity holds to the penny.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onedoor.evidence.money.plan import PERSPECTIVES
from onedoor.evidence.money.rates import CLASSES, PAYERS

Pence = NDArray[np.int64]
Reals = NDArray[np.float64]
Bucket = tuple[str, str]

# Every payer and class there can be, in one order.
BUCKETS: tuple[Bucket, ...] = tuple((payer, kind) for payer in PAYERS for kind in CLASSES)


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """`without` (B) and `with_model` (C) are (R, Y, K) pence by replication, year and `BUCKETS`;
    `today` (B0) is (R, K) pence. All in prices of one year."""

    without: Pence
    with_model: Pence
    today: Pence

    @property
    def direct(self) -> Pence:
        """(R, Y, K): B0 - C."""
        return self.today[:, None, :] - self.with_model

    @property
    def growth_avoided(self) -> Pence:
        """(R, Y, K): B - B0."""
        return self.without - self.today[:, None, :]

    @property
    def net(self) -> Pence:
        """(R, Y, K): B - C."""
        return self.without - self.with_model

    def counted(self, amounts: Pence, perspective: str) -> Pence:
        """(R, Y): `amounts` of the payers and classes that count in a perspective."""
        found: Pence = amounts[..., counts_in(perspective)].sum(axis=-1)
        return found


def counts_in(perspective: str) -> NDArray[np.bool_]:
    """(K,): which of `BUCKETS` count."""
    payers, kinds = PERSPECTIVES[perspective]
    return np.array([payer in payers and kind in kinds for payer, kind in BUCKETS])


def parts(payer: str, kind: str, cash: float) -> dict[int, float]:
    """Which buckets a line's money goes to, and how much of it: its cash, and the rest, which is
    capacity released or worth something to somebody."""
    rest = "wider" if kind == "wider" else "avoided"
    found = {BUCKETS.index((payer, "cashable")): cash, BUCKETS.index((payer, rest)): 1 - cash}
    return {bucket: share for bucket, share in found.items() if share}


def pence(pounds: Reals) -> Pence:
    found: Pence = np.rint(pounds * 100).astype(np.int64)
    return found
