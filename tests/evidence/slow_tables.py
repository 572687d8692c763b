"""The slow, obvious twin for the ten tables beside Header and Episodes: loops and dictionaries."""

import calendar
import re
from collections import defaultdict
from datetime import date

from tests.evidence.slow_cells import the_cell, the_code, the_date, the_year
from tests.evidence.slow_lists import LISTS, TABLES

# What tells a child's rows apart, from when, until when; and whether a later return replaces them.
EVENTS = {
    "Reviews": (["REVIEW"], "REVIEW", None),
    "Placed for adoption": (["DATE_PLACED"], "DATE_PLACED", "DATE_PLACED_CEASED"),
    "Missing": (["MIS_START"], "MIS_START", "MIS_END"),
    "Social worker episodes": (["SW_ID", "SW_DECOM"], "SW_DECOM", "SW_DEC"),
    "DoLo": (["DOLO_START"], "DOLO_START", "DOLO_END"),
}
DATES = {"DOB", "DUC", "DATE_INT", "DATE_MATCH"}
NUMBERS = {"SDQ_SCORE": (0, 40), "NB_ADOPTR": (1, 2)}
NOT_BLANK = {"DOB", "DATE_INT", "DATE_MATCH", "NB_ADOPTR", "SW_ID"}


def read(files, children, births, lines, counts):
    """Rows of each table by its name. `children` are those of each return."""
    found = {}
    for table in list(TABLES)[2:]:
        rows = []
        for name, own in files[table]:
            year = _year_of(table, own, children)
            rows += [_typed(table, name, row, year, births, lines) for row in own]
        countable = [row for row in rows if not _refused(table, row, lines)]
        counts[f"{table} refused"] += len(rows) - len(countable)
        kept = _once_each(table, countable, lines)
        counts[f"{table} kept"] = len(kept)
        counts[f"{table} folded"] = len(countable) - len(kept)
        counts[f"{table} superseded"] = sum(row["superseded"] for row in kept)
        found[table] = kept
    return found


def _year_of(table, rows, children):
    here = {the_cell(row, "CHILD") for row in rows}
    start = EVENTS[table][1] if table in EVENTS else None
    days = [day for row in rows if start and (day := the_date(the_cell(row, start)))]

    def likeness(year):
        first, last = date(year - 1, 4, 1), date(year, 3, 31)
        inside = sum(first <= day <= last for day in days)
        of_theirs = len(here & children[year]) / max(1, len(here))
        of_both = len(here & children[year]) / max(1, len(here | children[year]))
        return round(of_theirs + of_both + (inside / len(days) if days else 0.0), 9), year

    return max(children, key=likeness, default=None)


def _typed(table, name, row, year, births, lines):
    year = the_year(the_cell(row, "YEAR")) or year
    child = the_cell(row, "CHILD")
    done = {"file": name, "line": row["line"], "child": child, "year": year}
    said = the_cell(row, "YEAR")
    if said and the_year(said) is None:
        lines.append((name, row["line"], "YEAR", said, "bad_year"))
    if len(child) > 10:
        lines.append((name, row["line"], "CHILD", child, "long_child"))
    begins, ends = EVENTS[table][1:] if table in EVENTS else (None, None)
    for column in TABLES[table][1:]:
        text = the_cell(row, column)
        at = (name, row["line"], column, text)
        if column in LISTS:
            done[column] = the_code(name, row, column, year, lines)
            continue
        if text == "" and column in NOT_BLANK:
            lines.append((*at, "blank_value"))
        if column in (begins, ends):
            done[column], done[f"{column} said"] = the_date(text), text
        elif column in DATES:
            done[column] = the_date(text)
            if text and done[column] is None:
                lines.append((*at, "unreadable_date"))
        elif column in NUMBERS:
            done[column] = _number(text, *NUMBERS[column])
            if text and done[column] is None:
                lines.append((*at, "not_a_number"))
        elif column == "DATE_PERM":
            done[column] = text
            done["from"], done["until"], known = _part_date(text)
            if text and not known:
                lines.append((*at, "unreadable_date"))
        else:
            done[column] = text
    own, header = done.pop("DOB"), births.get(child)
    if own and header and own != header:
        lines.append((name, row["line"], "DOB", f"{own:%d/%m/%Y}", "dob_differs"))
    return done | {"dob": header or own}


def _number(text, least, most):
    text = text.removesuffix(".0")
    known = re.fullmatch("[0-9]{1,4}", text) and least <= int(text) <= most
    return int(text) if known else None


def _part_date(text):
    """The first and the last day it may be, and whether it is a date at all."""
    whole = the_date(text)
    if whole:
        return whole, whole, True
    text = text.lower()
    if text == "zz/zz/zzzz":
        return None, None, True
    part = re.fullmatch("zz/(zz|[0-9]{2})/([0-9]{4})", text)
    if not part or not 1900 <= int(part[2]) <= 2100:
        return None, None, False
    year = int(part[2])
    if part[1] == "zz":
        return date(year, 1, 1), date(year, 12, 31), True
    month = int(part[1])
    if not 1 <= month <= 12:
        return None, None, False
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), True


def _refused(table, row, lines):
    wrong = []
    if row["child"] == "":
        wrong.append(("CHILD", "", "no_child"))
    if table in EVENTS:
        _, begins, ends = EVENTS[table]
        if row[f"{begins} said"] == "":
            wrong.append((begins, "", "no_start"))
        elif row[begins] is None:
            wrong.append((begins, row[f"{begins} said"], "unreadable_start"))
        if ends and row[f"{ends} said"] and row[ends] is None:
            wrong.append((ends, row[f"{ends} said"], "unreadable_end"))
        if ends and row[begins] and row[ends] and row[ends] < row[begins]:
            wrong.append((ends, f"{row[ends]:%d/%m/%Y}", "end_before_start"))
        if row[begins] and row["dob"] and row["dob"] > row[begins]:
            wrong.append((begins, f"{row[begins]:%d/%m/%Y}", "born_after"))
    lines += [(row["file"], row["line"], *each) for each in wrong]
    return bool(wrong)


def _once_each(table, rows, lines):
    columns, _, ends = EVENTS.get(table, ([], None, None))
    groups = defaultdict(list)
    for row in rows:
        groups[row["child"], *(row[column] for column in columns), row["year"]].append(row)
    kept = []
    for own in groups.values():
        winner = max(own, key=lambda row: (row[ends] if ends else None) or date(2100, 12, 31))
        kept.append(winner)
        for row in own:
            if row is not winner:
                rule = "row_twice" if _says(row) == _says(winner) else "row_differs"
                lines.append((row["file"], row["line"], "CHILD", row["child"], rule))
    last = {}
    for row in kept:
        event = (row["child"], *(row[column] for column in columns))
        last[event] = max(last.get(event, 0), row["year"] or 0)
    for row in kept:
        event = (row["child"], *(row[column] for column in columns))
        row["superseded"] = table in EVENTS and (row["year"] or 0) < last[event]
    return kept


def _says(row):
    return {
        name: value
        for name, value in row.items()
        if name not in ("file", "line") and not name.endswith(" said")
    }
