"""One cell at a time, for the slow twin: text, date, year and code, by the reading rules alone."""

import re
from datetime import date

from tests.evidence.slow_lists import LISTS, MAY_BE_BLANK, SPACES


def the_cell(row, column):
    return (row.get(column) or "").strip(SPACES)


def the_date(text):
    day_first = re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", text)
    iso = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})([ T]00:00:00)?", text)
    try:
        if day_first:
            found = date(int(day_first[3]), int(day_first[2]), int(day_first[1]))
        elif iso:
            found = date(int(iso[1]), int(iso[2]), int(iso[3]))
        else:
            return None
    except ValueError:
        return None
    return found if 1900 <= found.year <= 2100 else None


def the_year(text):
    text = text.removesuffix(".0")
    return int(text) if re.fullmatch("[0-9]{4}", text) and 1990 <= int(text) <= 2100 else None


def the_code(name, row, column, year, lines):
    given = the_cell(row, column)
    code = given.upper()
    if re.fullmatch(r"[0-9]+\.0", code):
        code = code[:-2]
    if code != given:
        dotted = re.fullmatch(r"[0-9]+\.0", given)
        rule = "decimal" if dotted else "lower_case"
        lines.append((name, row["line"], column, given, rule))
    blank_is_fine = column in MAY_BE_BLANK
    if column == "PLACE_PROVIDER":
        blank_is_fine = the_cell(row, "PLACE").upper()[:1] in ("T", "Z")
    if code == "":
        if not blank_is_fine:
            lines.append((name, row["line"], column, "", "blank_code"))
    elif code not in LISTS[column]:
        lines.append((name, row["line"], column, given, "unknown_code"))
    elif year is not None and not LISTS[column][code][0] <= year <= LISTS[column][code][1]:
        lines.append((name, row["line"], column, given, "code_of_another_year"))
    return code
