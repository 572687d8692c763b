"""A sizing as plain text for a terminal."""

from collections.abc import Callable

from onedoor.evidence.sizing.answer import Sizing
from onedoor.evidence.table import Table
from onedoor.evidence.terminal import Shown, headed, unknowable, whole, wrapped


def written(sizing: Sizing, width: int = 80) -> str:
    """All of it but the curve, which is a picture."""
    asked = sizing.question
    parts = wrapped(
        f"So that at most {asked.refusal:.1%} of those who need a place are turned away, and to be "
        f"{asked.assurance:.0%} sure of it: {sizing.answer} places, open to everybody.",
        width,
    )
    parts += ["", *wrapped(asked.source, width), ""]
    for name, show in SHOWN.items():
        table = sizing.table(name)
        parts += headed(table, show(table), width)
    parts += [
        *unknowable(sizing.limits, width),
        "",
        *wrapped(
            f"Run {sizing.provenance.run}, seed {sizing.seed}: {sizing.n:,} arrivals simulated for "
            f"each figure; refusals of this hub are known to {sizing.mcse:.4f}.",
            width,
        ),
    ]
    return "\n".join(parts) + "\n"


def _this_hub(table: Table) -> Shown:
    header = ["Turned away", "planned", "crisis", "all", "a year", "full"]
    rows = [
        [
            row["way"],
            *map(_percent, (row["planned"], row["crisis"], row["everybody"])),
            f"{row['a_year']:.1f}",
            _percent(row["occupancy"]),
        ]
        for row in table.rows.iter_rows(named=True)
    ]
    return header, rows, table.rows["everybody"].to_list()


def _other_hubs(table: Table) -> Shown:
    header = ["Hub", "places", "planned", "crisis", "full", "nights free", "£ a year"]
    rows = [
        [
            row["hub"],
            f"{row['residential']}+{row['emergency']}",
            *map(_percent, (row["planned"], row["crisis"], row["occupancy"])),
            *map(whole, (row["free_nights"], row["free_cost"])),
        ]
        for row in table.rows.iter_rows(named=True)
    ]
    return _unpriced(header, rows), rows, table.rows["planned"].to_list()


def _needed(table: Table) -> Shown:
    header = ["How it was found", "load", "places", "full", "nights free", "£ a year"]
    rows = [
        [
            row["way"],
            f"{row['load']:.2f}",
            str(row["places"]),
            _percent(row["occupancy"]),
            *map(whole, (row["free_nights"], row["free_cost"])),
        ]
        for row in table.rows.iter_rows(named=True)
    ]
    return _unpriced(header, rows), rows, table.rows["places"].cast(float).to_list()


SHOWN: dict[str, Callable[[Table], Shown]] = {
    "this_hub": _this_hub,
    "other_hubs": _other_hubs,
    "needed": _needed,
}


def _unpriced(header: list[str], rows: list[list[str]]) -> list[str]:
    """Without a cost of a night its column says nothing: leave it out."""
    if all(row[-1] == "-" for row in rows):
        for row in rows:
            row.pop()
        return header[:-1]
    return header


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.1%}"
