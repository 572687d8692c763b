"""What a costing says, as a page shows it: every figure with its unit, interval and assumption."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from onedoor.evidence.model import states
from onedoor.evidence.money import rates
from onedoor.govuk import words

Row = Mapping[str, Any]
Groups = list[tuple[str, list[list[str]]]]
DISCOUNTED = "all years, discounted"
NOT_KNOWN = "–"
PART = "0 to 1"
CLASSES = {
    "cashable": "Cashable: leaves a budget when it is not spent",
    "avoided": "Avoided: time and places released, nobody’s cash",
    "wider": "Wider: worth something to somebody, on no budget",
}
HUB = ("sizing", "needed", "other_hubs", "how_full", "turned_away")
RESTS_ON = ("assumed", "shape", "beds", "lines", "today", "published", "checklist")
# The questions people ask, each with the tables that answer it, in their order.
QUESTIONS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("does-it-pay", "Does it pay?", ("saving", "payback", "returned")),
    ("for-whom", "For whom?", ("payers", "by_payer", "awards", "beside")),
    ("how-sure", "How sure is it?", ("break_even", "what_moves_it")),
    ("will-it-hold", "Will the hub hold?", HUB),
    ("rests-on", "What does it rest on?", RESTS_ON),
)
# Shown at once; every other table is folded beneath its first sentence.
OPEN = ("saving", "payers", "payback", "returned", "break_even", "sizing", "beside")
PICTURES = {"sizing": "refusals"}  # of a table, where they have another name than it
# Where the assumption behind a table is: the anchor of another table on the page.
BEHIND = {
    "saving": ("lines", "What is spent on what"),
    "payers": ("by_payer", "The same by year, payer and class"),
    "by_payer": ("lines", "What is spent on what"),
    "payback": ("saving", "What would be saved, and against what"),
    "returned": ("lines", "What is spent on what"),
    "what_moves_it": ("assumed", "What the model is assumed to change"),
    "break_even": ("assumed", "What the model is assumed to change"),
    "lines": ("prices", "The prices it was made with"),
    "today": ("prices", "The prices it was made with"),
    "shape": ("prices", "The prices it was made with"),
    "beside": ("awards", "Awards, beside any saving"),
    "how_full": ("beds", "What the plan says of its hub’s beds"),
    "turned_away": ("beds", "What the plan says of its hub’s beds"),
    "sizing": ("beds", "What the plan says of its hub’s beds"),
    "needed": ("sizing", "How many places one hub needs"),
    "other_hubs": ("sizing", "How many places one hub needs"),
}


@dataclass(frozen=True)
class Shown:
    """One table. `numbers` are the columns that hold numbers, counted from 1. `folded`: only its
    first sentence and its picture are shown at once."""

    name: str
    title: str
    heads: list[str]
    groups: Groups
    numbers: list[int]
    denominator: str
    period: str
    does_not_show: list[str]
    picture: str = ""
    behind: tuple[str, str] | None = None
    folded: bool = True

    @property
    def first_sentence(self) -> str:
        first, stop, _ = self.denominator.partition(". ")
        return f"{first}." if stop else first

    @property
    def many(self) -> int:
        return sum(len(rows) for _, rows in self.groups)


@dataclass(frozen=True)
class Question:
    """`instead` of a table, where there is none: why not."""

    anchor: str
    words: str
    tables: list[Shown]
    instead: str = ""


@dataclass(frozen=True)
class Results:
    headline: str
    chance: str
    discount: str
    direct: str
    growth: str
    net: str
    questions: list[Question] = field(default_factory=list)
    prices: list[list[str]] = field(default_factory=list)


def shown(result: Mapping[str, Any], pictures: Mapping[str, str]) -> Results:
    whole = headline(result)
    return Results(
        headline=in_a_sentence(result, whole),
        chance=chance(whole["p_positive"]),
        discount=f"{float(result['discount']['per_year']):.1%}",
        direct=pounds(whole["direct_mean"]),
        growth=pounds(whole["growth_avoided_mean"]),
        net=pounds(whole["net_mean"]),
        questions=[_question(*asked, result, pictures) for asked in QUESTIONS],
        prices=[_price(rate) for rate in result["rates"]],
    )


def _question(
    anchor: str,
    asked: str,
    names: tuple[str, ...],
    result: Mapping[str, Any],
    pictures: Mapping[str, str],
) -> Question:
    tables = [
        _one(result["tables"][name], pictures.get(PICTURES.get(name, name), ""))
        for name in names
        if name in result["tables"]
    ]
    # A costing made before hubs were sized has neither the table nor the sentence.
    instead = result.get("not_sized", "") if "sizing" in names else ""
    return Question(anchor, asked, tables, instead)


def headline(result: Mapping[str, Any]) -> Row:
    """The row of all years, discounted, for those whose money the plan counts."""
    return next(
        row
        for row in result["tables"]["saving"]["rows"]
        if row["perspective"] == result["perspective"] and row["year"] == DISCOUNTED
    )


def in_a_sentence(result: Mapping[str, Any], whole: Row) -> str:
    """The mean, as in the sum beneath it and in the paper: the middle value is another number."""
    mean = whole["net_mean"]
    verb = "cost" if mean < 0 else "save"
    said = between(whole).removeprefix(f"a {'cost' if mean < 0 else 'saving'} of ")
    whose = result["perspective"]
    whom = whose if whose == "society" else f"the {whose}"
    return (
        f"over {len(result['years'])} years it would {verb} {whom} {pounds(abs(mean))} net "
        f"on average, and 9 times in 10 {said}."
    )


def between(whole: Row) -> str:
    """The two ends of the interval in words, the nearer to nothing first."""
    low, high = whole["net_q05"], whole["net_q95"]
    if low < 0 <= high:
        return f"anything from a cost of {pounds(-low)} to a saving of {pounds(high)}"
    least, most = sorted((abs(low), abs(high)))
    return f"a {'cost' if low < 0 else 'saving'} of {pounds(least)} to {pounds(most)}"


def pounds(amount: float | None) -> str:
    """With pence only where there are some: in prices and shares, never in what was simulated."""
    if amount is None:
        return NOT_KNOWN
    digits = f"{abs(amount):,.2f}".removesuffix(".00")
    return f"{'−' if amount < 0 else ''}£{digits}"


def chance(part: float | None) -> str:
    """A chance in whole hundredths, and never a certainty that replications cannot give."""
    if part is None:
        return NOT_KNOWN
    if part < 0.01:
        return "under 1%"
    return "over 99%" if part > 0.99 else f"{part:.0%}"


def _one(table: Mapping[str, Any], picture: str) -> Shown:
    heads, groups, numbers = _DRAWN.get(table["name"], _as_it_is)(table)
    return Shown(
        table["name"], table["title"], heads, groups, numbers, table["denominator"],
        table["period"], table["does_not_show"], picture, BEHIND.get(table["name"]),
        folded=table["name"] not in OPEN,
    )  # fmt: skip


Drawn = tuple[list[str], Groups, list[int]]
MONEY = ["Direct saving", "Growth avoided", "Net saving", "5 in 100 below", "95 in 100 below"]


def net(row: Row) -> list[str]:
    keys = ("direct_mean", "growth_avoided_mean", "net_mean", "net_q05", "net_q95")
    return [*(pounds(row[key]) for key in keys), chance(row["p_positive"])]


def _saving(table: Mapping[str, Any]) -> Drawn:
    groups: dict[str, list[list[str]]] = {}
    for row in table["rows"]:
        said = f"For the {row['perspective']}".replace("the society", "society")
        groups.setdefault(said, []).append([row["year"].capitalize(), *net(row)])
    return ["Financial year", *MONEY, "Chance above £0"], list(groups.items()), list(range(2, 8))


def _payers(table: Mapping[str, Any]) -> Drawn:
    groups: dict[str, list[list[str]]] = {}
    for row in table["rows"]:
        groups.setdefault(_said(row["payer"]), []).append([CLASSES[row["class"]], *net(row)])
    return ["Class", *MONEY, "Chance above £0"], list(groups.items()), list(range(2, 8))


def _by_payer(table: Mapping[str, Any]) -> Drawn:
    groups: dict[str, list[list[str]]] = {}
    for row in table["rows"]:
        said = f"{_said(row['payer'])}. {CLASSES[row['class']]}"
        groups.setdefault(said, []).append([row["year"], *net(row)])
    return ["Financial year", *MONEY, "Chance above £0"], list(groups.items()), list(range(2, 8))


def _sizing(table: Mapping[str, Any]) -> Drawn:
    columns = [each for each in table["columns"] if each["key"] != "hub"]
    groups: dict[str, list[list[str]]] = {}
    for row in table["rows"]:
        cells = [cell(row[each["key"]], each) for each in columns]
        groups.setdefault(row["hub"], []).append(cells)
    return [_head(each) for each in columns], list(groups.items()), list(range(2, len(columns) + 1))


def _clear_only(table: Mapping[str, Any]) -> Drawn:
    """What clearly moves the saving; the rest is counted, since noise is not a finding."""
    unclear = sum(1 for row in table["rows"] if row["clear"] is False)
    rows = [
        [row["words"], pounds(row["at_low"]), pounds(row["at_high"]), pounds(row["worth_knowing"])]
        for row in table["rows"]
        if row["clear"] is not False
    ]
    heads = ["Input", "Net saving, input at its lowest twentieth", "At its highest twentieth"]
    heads.append("Worth of knowing it before deciding")
    if unclear:
        rows.append([f"{unclear} others, none of them clearly", "", "", ""])
    return heads, [("", rows)], [2, 3, 4]


def _as_it_is(table: Mapping[str, Any]) -> Drawn:
    columns = [each for each in table["columns"] if each["key"] not in ("name", "clear")]
    numbers = [n for n, each in enumerate(columns, 1) if not _is_words(table["rows"], each)]
    heads = [_head(each) for each in columns]
    rows = [
        [cell(row[each["key"]], each, _is_part(table, row, each["key"])) for each in columns]
        for row in table["rows"]
    ]
    return heads, [("", rows)], numbers


def _is_words(rows: list[Row], column: Mapping[str, str]) -> bool:
    return column["unit"] == "" and any(isinstance(row[column["key"]], str) for row in rows)


def _is_part(table: Mapping[str, Any], row: Row, key: str) -> bool:
    """Whether a figure is a part of a whole, which people read in hundredths."""
    if table["name"] == "how_full":
        return key in ("mean", "q05", "q95", "all_taken")
    if table["name"] == "beds":
        return key in ("low", "high") and row["unit"] == "share"
    return key in ("within", "nobody", "cash", "share", "to_council")


def _head(column: Mapping[str, str]) -> str:
    unit = column["unit"]
    return column["words"] if unit in ("", "£", PART) else f"{column['words']} ({unit})"


def cell(value: Any, column: Mapping[str, str], part: bool = False) -> str:
    key, unit = column["key"], column["unit"]
    if value is None:
        return "not in these years" if unit == "month" else "–"
    if key == "on":
        return words.day(date.fromisoformat(value))
    if unit in ("£", "£ a year"):
        return pounds(value)
    if unit == PART:
        return f"{value:.1%}"
    if unit == "nights a year":
        return f"{value:,.0f}"
    if unit.startswith("£"):
        return f"{'−' if value < 0 else ''}£{abs(value):,.2f}"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if part:
        return f"{value:.0%}"
    if key == "change":
        return f"{value:+.0%}".replace("-", "−")
    if isinstance(value, int | float):
        return f"{value:,.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:,.0f}"
    return _said(str(value)) if key in ("what", "item", "payer", "instead", "class") else str(value)


def _said(key: str) -> str:
    """A key in words, where it is one."""
    known = {each.key: each.words for each in states.states("all_care").states}
    return known[key][:1].upper() + known[key][1:] if key in known else rates.in_words(key)


def _price(rate: Row) -> list[str]:
    low, mode, high = (pounds_and_pence(rate[key]) for key in ("low", "mode", "high"))
    spread = mode if low == high else f"{mode} ({low} to {high})"
    until = f" to {words.day(date.fromisoformat(rate['valid_to']))}" if rate["valid_to"] else ""
    begins = words.day(date.fromisoformat(rate["valid_from"]))
    return [
        _said(rate["item"]), f"{spread} a {rate['unit']}", rate["price_year"],
        f"{_said(rate['payer'])}, {rate['class']}", f"From {begins}{until}", rate["source"],
    ]  # fmt: skip


def pounds_and_pence(pence: int) -> str:
    return f"£{pence / 100:,.2f}"


_DRAWN: dict[str, Callable[[Mapping[str, Any]], Drawn]] = {
    "saving": _saving,
    "payers": _payers,
    "by_payer": _by_payer,
    "what_moves_it": _clear_only,
    "sizing": _sizing,
}
