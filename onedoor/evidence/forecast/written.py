"""The forecast as plain text for a terminal."""

from collections.abc import Callable

from onedoor.evidence.forecast import Forecast
from onedoor.evidence.table import Table
from onedoor.evidence.terminal import Shown, headed, unknowable, whole, wrapped

AHEAD = (1, 3, 6, 12, 24, 36, 48, 60, 84, 120)


def written(ahead: Forecast, width: int = 80) -> str:
    """All of it. Sentences are no wider than `width`; tables are as wide as they need."""
    young, old = ahead.ages
    parts = [
        f"What may come: young people aged {young} to {old}, {len(ahead.months)} months from "
        f"{ahead.last.day} {ahead.last:%B %Y}",
        "",
    ]
    shown = {
        "in_all": _in_all(ahead),
        "by_home": _by_home(ahead),
        "in_a_family": _yearly(ahead.table("in_a_family"), percent),
        "arrivals": _yearly(ahead.table("arrivals"), whole),
        "places": _places(ahead.table("places")),
    }
    for table in ahead.tables:
        parts += headed(table, shown[table.name], width)
    parts += [*unknowable(ahead.limits, width), "", *wrapped(_origin(ahead), width)]
    return "\n".join(parts) + "\n"


def percent(number: float | None) -> str:
    return "-" if number is None else f"{number:.0%}"


def _in_all(ahead: Forecast) -> Shown:
    header = ["On", "Mean", "5%", "25%", "half", "75%", "95%"]
    today = whole(ahead.now.sum())
    rows = [[f"{ahead.last:%b %Y} (now)", today, *[""] * 5]]
    drawn: list[float | None] = [float(ahead.now.sum())]
    for row in ahead.table("in_all").rows.iter_rows(named=True):
        if row["month"] in AHEAD or row["month"] == len(ahead.months):
            cuts = [whole(row[key]) for key in ("mean", "q05", "q25", "q50", "q75", "q95")]
            rows.append([f"{row['on']:%b %Y}", *cuts])
            drawn.append(row["mean"])
    return header, rows, drawn


def _by_home(ahead: Forecast) -> Shown:
    months = sorted({each for each in (12, 36, len(ahead.months)) if each <= len(ahead.months)})
    table = ahead.table("by_home").rows
    header = ["Mean (5% to 95%)", "now", *(f"{ahead.months[each - 1]:%b %Y}" for each in months)]
    rows, drawn = [], list[float | None]()
    for at, key in enumerate(ahead.states):
        own = {row["month"]: row for row in table.filter(state=key).iter_rows(named=True)}
        cells = [
            f"{whole(own[each]['mean'])} ({whole(own[each]['q05'])} to {whole(own[each]['q95'])})"
            for each in months
        ]
        rows.append([own[1]["words"], whole(ahead.now[at]), *cells])
        drawn.append(own[months[-1]]["mean"])
    return header, rows, drawn


def _yearly(table: Table, told: Callable[[float | None], str]) -> Shown:
    header = ["Twelve months to", "Mean", "5%", "25%", "half", "75%", "95%"]
    keys = ("mean", "q05", "q25", "q50", "q75", "q95")
    found = list(table.rows.iter_rows(named=True))
    rows = [[f"{row['until']:%b %Y}", *(told(row[key]) for key in keys)] for row in found]
    return header, rows, [row["mean"] for row in found]


def _places(table: Table) -> Shown:
    untils = table.rows["until"].unique().sort().to_list()
    header = ["Places for twelve months to", *(f"{until:%b %Y}" for until in untils)]
    rows, drawn = [], list[float | None]()
    for (words,), own in table.rows.group_by("words", maintain_order=True):
        numbers = own.sort("until")["places"].to_list()
        rows.append([str(words), *map(whole, numbers)])
        drawn.append(float(numbers[-1]))
    if rows:
        once = table.rows.unique("until", keep="first").sort("until")
        rows.append(["All suffice in", *map(percent, once["suffice"])])
        rows.append(["  if each is sized by itself", *map(percent, once["suffice_alone"])])
        drawn += [None, None]
    return header, rows, drawn


def _origin(ahead: Forecast) -> str:
    origin = ahead.provenance
    return (
        f"{ahead.n:,} replications, seed {ahead.seed}; the mean in all is out by at most "
        f"{ahead.mcse:.1g} because there are no more. Run {origin.run}, onedoor {origin.version}."
    )
