"""The pictures of a costing: SVG for a page and for paper."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onedoor.evidence import pictures
from onedoor.evidence.money.costing import digits
from onedoor.evidence.money.rates import CLASSES, in_words
from onedoor.evidence.table import Table

Reals = NDArray[np.float64]

WIDEST = 8  # inputs that are drawn


def saving(net: Reals, year_names: tuple[str, ...], title: str, table: Table) -> str:
    """Net saving by year as a fan. `net`: (R, Y), pounds."""
    errors = [digits.error_of_quantile(year, at) for year in net.T for at in digits.QUANTILES]
    step = digits.step(max(errors))
    cuts = np.quantile(net, [0.05, 0.25, 0.5, 0.75, 0.95], axis=0).T
    cuts = np.round(cuts / step) * step / 1e6
    points = [(year, float(row[2])) for year, row in zip(year_names, cuts, strict=True)]
    bands = [(float(row[0]), float(row[1]), float(row[3]), float(row[4])) for row in cuts]
    return pictures.fan(title, table.described, points, bands, unit="£m")


def payers(table: Table, title: str) -> str:
    """The net saving of each payer in all years, by class."""
    found = {(row["payer"], row["class"]): row for row in table.rows.iter_rows(named=True)}
    kinds = [kind for kind in CLASSES if any(kind == each for _, each in found)]
    groups: list[tuple[str, list[pictures.Range | None]]] = []
    for payer in dict.fromkeys(payer for payer, _ in found):
        ranges = [_range(found.get((payer, kind))) for kind in kinds]
        groups.append((in_words(payer), ranges))
    return pictures.ranges(
        title, table.described, groups, [in_words(kind) for kind in kinds], unit="£m"
    )


def _range(row: Mapping[str, Any] | None) -> pictures.Range | None:
    if row is None:
        return None
    return row["net_q05"] / 1e6, row["net_mean"] / 1e6, row["net_q95"] / 1e6


def what_moves_it(table: Table, mean: float, title: str) -> str:
    """The inputs that clearly move the net saving. `mean`: the mean net saving, pounds, in the
    digits it supports."""
    rows = [
        (row["words"], row["at_low"] / 1e6, row["at_high"] / 1e6)
        for row in table.rows.iter_rows(named=True)
        if row["clear"]
    ]
    return pictures.tornado(title, table.described, rows[:WIDEST], mean / 1e6, "£m")
