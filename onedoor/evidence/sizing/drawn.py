"""The one picture a commissioner needs: the fuller, the more are turned away."""

from onedoor.evidence import pictures
from onedoor.evidence.sizing.loss import Simulated
from onedoor.evidence.table import Table


def refusals(curve: Table, hub: Simulated) -> str:
    """A line for each size of the table `curve`, and this hub as simulated."""
    lines = [
        (
            f"{places} places",
            [(100 * x, 100 * y) for x, y in own.select("occupancy", "refused").rows()],
        )
        for (places,), own in curve.rows.group_by("places", maintain_order=True)
    ]
    here = (f"{hub.residential}+{hub.emergency}", 100 * hub.occupancy, 100 * hub.refuse_all)
    return pictures.curves(
        curve.title,
        f"{curve.denominator} Marked: this hub, {hub.occupancy:.0%} full on an average night, "
        f"{hub.refuse_all:.1%} turned away.",
        lines,
        across="places taken on an average night",
        up="of all who come, turned away",
        across_unit="%",
        up_unit="%",
        here=[here],
    )
