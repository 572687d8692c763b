"""The sheets of pounds: what the simulation gave, and sums of it that recalculate."""

from collections.abc import Mapping
from typing import Any

from onedoor.programme.workbook.sheet import Sheet

Said = Mapping[str, Any]
Row = dict[str, Any]

MEANS = ("direct_mean", "growth_avoided_mean", "net_mean")
REST = (
    *("net_q05", "net_q50", "net_q95", "p_positive", "mcse"),
    *("direct_q05", "direct_q50", "direct_q95"),
    *("growth_avoided_q05", "growth_avoided_q50", "growth_avoided_q95"),
)
ROUNDED = "Rounding: simulated less added up"


def saving(sheet: Sheet, said: Said) -> None:
    """By whose money and year. Years add up by formula, beside what the simulation says of them."""
    table = said["tables"]["saving"]
    words = {column["key"]: column["words"] for column in table["columns"]}
    sheet.title(table["title"])
    sheet.note(f"{table['denominator']} {table['period']}")
    for sentence in table["does_not_show"]:
        sheet.note(f"Does not show: {sentence}")
    sheet.note(
        "Net is direct saving and growth avoided added up, by formula. Each figure is rounded to "
        "the digits the simulation supports, so sums of years may differ from the simulated whole."
    )
    sheet.row += 1
    for seen in dict.fromkeys(row["perspective"] for row in table["rows"]):
        rows = {row["year"]: row for row in table["rows"] if row["perspective"] == seen}
        sheet.heading(f"{seen.capitalize()}")
        sheet.heads(
            [words["year"], *(words[key] for key in (*MEANS, *REST)), "Worth in the first year"],
            range(1, 16),
        )
        first = sheet.row
        for number, year in enumerate(said["years"]):
            _simulated(sheet, year, rows[year])
            sheet.row -= 1
            factor = f"=1/(1+discount_rate)^{number}"
            sheet.formula(3 + 1 + len(REST), factor, _factor(said, number), "number")
            sheet.row += 1
        _added_up(sheet, first, [rows[year] for year in said["years"]], rows["all years"])
        _discounted(sheet, first, said, rows)
        sheet.row += 1


def _simulated(sheet: Sheet, label: str, row: Row) -> None:
    sheet.text(0, label)
    sheet.value(1, row["direct_mean"], "£")
    sheet.value(2, row["growth_avoided_mean"], "£")
    sheet.formula(3, f"={sheet.at(1)}+{sheet.at(2)}", row["net_mean"])
    for at, key in enumerate(REST, 4):
        sheet.value(at, row[key], "chance" if key == "p_positive" else "£")
    sheet.row += 1


def _added_up(sheet: Sheet, first: int, years: list[Row], whole: Row) -> None:
    sheet.text(0, "All years, added up", "words total")
    last = sheet.row - 1
    sums = [sum(row[key] for row in years) for key in MEANS]
    for at, value in enumerate(sums, 1):
        cells = f"{sheet.at(at, first)}:{sheet.at(at, last)}"
        sheet.formula(at, f"=SUM({cells})", value, "£ total")
    sheet.row += 1
    _simulated(sheet, "All years, simulated", whole)
    _difference(sheet, sums, whole)


def _discounted(sheet: Sheet, first: int, said: Said, rows: dict[str, Row]) -> None:
    sheet.text(0, "All years, discounted, added up", "words total")
    last, factors = first + len(said["years"]) - 1, 3 + 1 + len(REST)
    worth = f"{sheet.at(factors, first)}:{sheet.at(factors, last)}"
    sums = [
        sum(rows[year][key] * _factor(said, number) for number, year in enumerate(said["years"]))
        for key in MEANS
    ]
    for at, value in enumerate(sums, 1):
        cells = f"{sheet.at(at, first)}:{sheet.at(at, last)}"
        sheet.formula(at, f"=SUMPRODUCT({cells},{worth})", value, "£ total")
    sheet.row += 1
    whole = rows["all years, discounted"]
    _simulated(sheet, "All years, discounted, simulated", whole)
    _difference(sheet, sums, whole)


def _difference(sheet: Sheet, sums: list[float], whole: Row) -> None:
    sheet.text(0, ROUNDED)
    for at, (value, key) in enumerate(zip(sums, MEANS, strict=True), 1):
        formula = f"={sheet.at(at, sheet.row - 1)}-{sheet.at(at, sheet.row - 2)}"
        sheet.formula(at, formula, whole[key] - value)
    sheet.row += 1


def _factor(said: Said, number: int) -> float:
    return float((1 + float(said["discount"]["per_year"])) ** -number)


def by_payer(sheet: Sheet, said: Said) -> None:
    """Three year tables by payer and class: direct saving, growth avoided, and the net of both."""
    table = said["tables"]["by_payer"]
    found = {(row["payer"], row["class"], row["year"]): row for row in table["rows"]}
    pairs = list(dict.fromkeys((row["payer"], row["class"]) for row in table["rows"]))
    sheet.title("Year tables by payer and class, means")
    sheet.note(f"{table['denominator']} {table['period']} Below 0 is a cost.")
    sheet.note("How sure each figure is stands in the next sheet. Totals are formulas.")
    sheet.note("Does not show: one payer's saving may be another's cost, so look at each payer.")
    sheet.row += 1
    begun: list[int] = []
    for title, key in zip(("Direct saving", "Growth avoided", "Net saving"), MEANS, strict=True):
        sheet.heading(f"{title}, mean, {said['price_base']} pounds")
        sheet.heads(["Payer", "Class", *said["years"], "All years"], range(2, 40))
        begun.append(sheet.row)
        for at, pair in enumerate(pairs):
            sheet.text(0, pair[0])
            sheet.text(1, pair[1])
            values = [found[(*pair, year)][key] for year in said["years"]]
            for column, value in enumerate(values, 2):
                if key == "net_mean":
                    both = [sheet.at(column, begun[part] + at) for part in (0, 1)]
                    sheet.formula(column, f"={both[0]}+{both[1]}", value)
                else:
                    sheet.value(column, value, "£")
            _total(sheet, 2, len(values), values)
            sheet.row += 1
        _foot(sheet, begun[-1], len(said["years"]), [
            [found[(*pair, year)][key] for pair in pairs] for year in said["years"]
        ])  # fmt: skip
        sheet.row += 1


def _total(sheet: Sheet, first: int, many: int, values: list[float]) -> None:
    cells = f"{sheet.at(first)}:{sheet.at(first + many - 1)}"
    sheet.formula(first + many, f"=SUM({cells})", sum(values), "£")


def _foot(sheet: Sheet, first: int, many: int, years: list[list[float]]) -> None:
    sheet.text(0, "All payers and classes", "words total")
    sheet.text(1, "", "words total")
    sums = [sum(each) for each in years]
    for column, value in enumerate([*sums, sum(sums)], 2):
        cells = f"{sheet.at(column, first)}:{sheet.at(column, sheet.row - 1)}"
        sheet.formula(column, f"=SUM({cells})", value, "£ total")
    sheet.row += 1


def spread(sheet: Sheet, said: Said) -> None:
    sheet.title("The same, and how sure each figure is")
    for name in ("payers", "by_payer"):
        if name in said["tables"]:  # an older costing has no sum of its years
            sheet.table(said["tables"][name])


def spent(sheet: Sheet, said: Said) -> None:
    """What is spent on what, today's budget and the awards, each with its total."""
    _lines(sheet, said["tables"]["lines"])
    _today(sheet, said["tables"]["today"])
    _awards(sheet, said["tables"])


def _lines(sheet: Sheet, table: dict[str, Any]) -> None:
    sheet.title(table["title"])
    sheet.note(f"{table['denominator']} {table['period']} Means, each rounded.")
    for sentence in table["does_not_show"]:
        sheet.note(f"Does not show: {sentence}")
    sheet.heads([*(column["words"] for column in table["columns"]), "More with it"], range(4, 8))
    first, rows = sheet.row, table["rows"]
    for row in rows:
        names = [row[key] for key in ("what", "item", "payer", "class", "cash")]
        sheet.cells(
            [*names, row["without"], row["with_model"]], ["", "", "", "", "chance", "£", "£"]
        )
        sheet.row -= 1
        formula = f"={sheet.at(6)}-{sheet.at(5)}"
        sheet.formula(7, formula, row["with_model"] - row["without"])
        sheet.row += 1
    last = sheet.row - 1
    for payer in dict.fromkeys(row["payer"] for row in rows):
        sheet.text(0, "All of one payer", "words total")
        sheet.text(2, payer, "words total")
        own = [row for row in rows if row["payer"] == payer]
        payers = f"{sheet.at(2, first)}:{sheet.at(2, last)}"
        for at, value in _three(own):
            cells = f"{sheet.at(at, first)}:{sheet.at(at, last)}"
            sheet.formula(at, f"=SUMIF({payers},{sheet.at(2)},{cells})", value, "£ total")
        sheet.row += 1
    sheet.row += 1


def _three(rows: list[Row]) -> list[tuple[int, float]]:
    without = sum(row["without"] for row in rows)
    with_model = sum(row["with_model"] for row in rows)
    return [(5, without), (6, with_model), (7, with_model - without)]


def _today(sheet: Sheet, table: dict[str, Any]) -> None:
    sheet.table(table)
    first = sheet.row - 1 - len(table["rows"])
    sheet.row -= 1
    if not table["rows"]:
        return
    sheet.text(0, "All payers", "words total")
    for at, key in ((1, "counted"), (2, "outturn")):
        values = [row[key] for row in table["rows"] if row[key] is not None]
        if values:
            cells = f"{sheet.at(at, first)}:{sheet.at(at, sheet.row - 1)}"
            sheet.formula(at, f"=SUM({cells})", sum(values), "£ total")
    sheet.row += 2


def _awards(sheet: Sheet, tables: Mapping[str, Any]) -> None:
    """Each award as it is said, the sum of them by formula, and the net saving beside them."""
    table = tables["awards"]
    sheet.table({**table, "rows": table["rows"][:-1]})
    if not table["rows"]:
        return
    sheet.row -= 1
    total = table["rows"][-1]
    first = sheet.row - len(table["rows"]) + 1
    for at, column in enumerate(table["columns"]):
        if column["unit"] == "£":
            cells = f"{sheet.at(at, first)}:{sheet.at(at, sheet.row - 1)}"
            sheet.formula(at, f"=SUM({cells})", total[column["key"]], "£ total")
        else:
            sheet.text(at, total[column["key"]] or "", "words total")
    sheet.row += 2
    _beside(sheet, tables["beside"])


def _beside(sheet: Sheet, table: dict[str, Any]) -> None:
    sheet.table(table)
    first = sheet.row - 1 - len(table["rows"])
    after, sheet.row = sheet.row, first
    for row in table["rows"]:
        for at, key in ((4, "with_low"), (5, "with_high")):
            if row[key] is not None:
                sheet.formula(at, f"={sheet.at(1)}+{sheet.at(at - 2)}", row[key])
        sheet.row += 1
    sheet.row = after
