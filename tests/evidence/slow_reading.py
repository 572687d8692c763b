"""The slow, obvious twin of the reader: plain csv and loops, written from the reading rules alone.

It shares no code with the reader and no list of codes: every list is typed here again from the
field's own. It answers with plain dictionaries that a test compares with the fast one's.
"""

import csv
import io
import re
from collections import Counter, defaultdict
from datetime import date

from tests.evidence.slow_lists import LISTS, MAY_BE_BLANK, words

SPACES = " \t\r\n\u00a0"
EPISODE_COLUMNS = words("CHILD DECOM RNE LS CIN PLACE PLACE_PROVIDER DEC REC REASON_PLACE_CHANGE")
HEADER_COLUMNS = words("CHILD SEX DOB ETHNIC")


def read_files(files, year=None):
    """`files` are pairs of name and bytes. Returns the lines, the accounts and the histories."""
    lines = []  # (file, line, column, value, rule)
    headers, episodes, counts = [], [], Counter()
    for name, data in files:
        rows = _rows(name, data, lines, counts)
        if rows is None:
            continue
        (headers if "DOB" in rows[0] else episodes).append((name, rows[1]))
    typed = _episodes(episodes, year, lines)
    births = _births(headers, typed, lines, counts)
    kept = _countable(typed, births, lines, counts)
    returns = _mend_each_return(kept, lines, counts)
    history = _history(returns, lines)
    counts["Episodes superseded"] = sum(map(len, returns.values())) - len(history)
    return {"lines": sorted(lines), "counts": counts, "returns": returns, "history": history}


def _rows(name, data, lines, counts):
    try:
        text, quiet = data.decode("utf-8-sig"), True
    except UnicodeDecodeError:
        text, quiet = data.decode("cp1252"), False
    reader = csv.reader(io.StringIO(text, newline=""))
    columns = [cell.strip(SPACES).upper() for cell in next(reader)]
    while columns and columns[-1] == "":
        columns.pop()
    if all(column in columns for column in EPISODE_COLUMNS):
        needed, table = EPISODE_COLUMNS, "Episodes"
    elif all(column in columns for column in HEADER_COLUMNS):
        needed, table = HEADER_COLUMNS, "Header"
    else:
        return None
    if not quiet:
        lines.append((name, 1, "", "", "not_utf8"))
    found, number = [], reader.line_num
    for cells in reader:
        at, number = number + 1, reader.line_num
        if all(cell.strip(SPACES) == "" for cell in cells):
            continue
        counts[f"{table} in"] += 1
        over = [cell for cell in cells[len(columns) :] if cell.strip(SPACES)]
        absent = columns[len(cells) :]
        if over or any(column in needed for column in absent):
            lines.append((name, at, "", str(len(cells)), "ragged"))
            counts[f"{table} refused"] += 1
            continue
        if absent:
            lines.append((name, at, "", "", "short_row"))
        row = dict(zip(columns, cells, strict=False))
        if row["CHILD"].strip(SPACES).upper() == "CHILD":
            lines.append((name, at, "CHILD", row["CHILD"], "header_again"))
            counts[f"{table} refused"] += 1
            continue
        row["line"] = at
        found.append(row)
    return columns, found


def _cell(row, column):
    return (row.get(column) or "").strip(SPACES)


def _date(text):
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


def _year(text):
    text = text.removesuffix(".0")
    return int(text) if re.fullmatch("[0-9]{4}", text) and 1990 <= int(text) <= 2100 else None


def march_after(day):
    return day.year if (day.month, day.day) <= (3, 31) else day.year + 1


def _code(name, row, column, year, lines):
    given = _cell(row, column)
    code = given.upper()
    if re.fullmatch(r"[0-9]+\.0", code):
        code = code[:-2]
    if code != given:
        dotted = re.fullmatch(r"[0-9]+\.0", given)
        rule = "decimal" if dotted else "lower_case"
        lines.append((name, row["line"], column, given, rule))
    blank_is_fine = column in MAY_BE_BLANK
    if column == "PLACE_PROVIDER":
        blank_is_fine = _cell(row, "PLACE").upper()[:1] in ("T", "Z")
    if code == "":
        if not blank_is_fine:
            lines.append((name, row["line"], column, "", "blank_code"))
    elif code not in LISTS[column]:
        lines.append((name, row["line"], column, given, "unknown_code"))
    elif year is not None and not LISTS[column][code][0] <= year <= LISTS[column][code][1]:
        lines.append((name, row["line"], column, given, "code_of_another_year"))
    return code


def _episodes(files, told, lines):
    typed = []
    for name, rows in files:
        starts = [day for row in rows if (day := _date(_cell(row, "DECOM")))]
        of_file = told or (march_after(max(starts)) if starts else None)
        for row in rows:
            said = _cell(row, "YEAR")
            year = _year(said) or of_file
            if said and _year(said) is None:
                lines.append((name, row["line"], "YEAR", said, "bad_year"))
            child = _cell(row, "CHILD")
            if len(child) > 10:
                lines.append((name, row["line"], "CHILD", child, "long_child"))
            codes = {
                column: _code(name, row, column, year, lines)
                for column in words("RNE LS CIN PLACE PLACE_PROVIDER REC REASON_PLACE_CHANGE")
            }
            typed.append(
                {"file": name, "line": row["line"], "child": child, "year": year}
                | {"decom_said": _cell(row, "DECOM"), "dec_said": _cell(row, "DEC")}
                | {"decom": _date(_cell(row, "DECOM")), "dec": _date(_cell(row, "DEC"))}
                | codes
            )
    return typed


def _births(files, episodes, lines, counts):
    children = defaultdict(set)
    for row in episodes:
        if row["year"] is not None:
            children[row["year"]].add(row["child"])
    by_child = defaultdict(lambda: defaultdict(list))
    for name, rows in files:
        here = {_cell(row, "CHILD") for row in rows}
        best = max(
            children,
            key=lambda year: (
                len(here & children[year]) / max(1, len(here | children[year])),
                year,
            ),
            default=None,
        )
        for row in rows:
            child, dob_said = _cell(row, "CHILD"), _cell(row, "DOB")
            year = _year(_cell(row, "YEAR")) or best
            if len(child) > 10:
                lines.append((name, row["line"], "CHILD", child, "long_child"))
            sex = _code(name, row, "SEX", year, lines)
            ethnic = _code(name, row, "ETHNIC", year, lines)
            _code(name, row, "MOTHER", year, lines)
            if child == "":
                lines.append((name, row["line"], "CHILD", "", "no_child"))
                counts["Header refused"] += 1
                continue
            if dob_said == "":
                lines.append((name, row["line"], "DOB", "", "no_dob_given"))
            elif _date(dob_said) is None:
                lines.append((name, row["line"], "DOB", dob_said, "unreadable_dob"))
            said = (_date(dob_said), sex, ethnic)
            by_child[child][year].append((name, row["line"], said))
    births = {}
    for child, years in by_child.items():
        winners = {}
        for year, rows in years.items():
            winner = next((row for row in rows if row[2][0]), rows[0])
            winners[year] = winner
            counts["Header kept"] += 1
            for row in rows:
                if row is not winner:
                    counts["Header folded"] += 1
                    rule = "header_twice" if row[2] == winner[2] else "header_differs"
                    lines.append((row[0], row[1], "CHILD", child, rule))
        dated = [year for year in winners if winners[year][2][0]]
        counts["Header superseded"] += len(winners) - 1
        if not dated:
            continue
        births[child] = winners[max(dated, key=lambda year: year or 0)][2][0]
        for name, line, (dob, _, _) in winners.values():
            if dob and dob != births[child]:
                lines.append((name, line, "DOB", dob.strftime("%d/%m/%Y"), "dob_changed"))
    return births


def _countable(episodes, births, lines, counts):
    kept = []
    for row in episodes:
        dob = births.get(row["child"])
        wrong = []
        if row["child"] == "":
            wrong.append(("CHILD", "", "no_child"))
        if row["decom_said"] == "":
            wrong.append(("DECOM", "", "no_decom"))
        elif row["decom"] is None:
            wrong.append(("DECOM", row["decom_said"], "unreadable_decom"))
        if row["dec_said"] and row["dec"] is None:
            wrong.append(("DEC", row["dec_said"], "unreadable_dec"))
        if row["decom"] and row["dec"] and row["dec"] < row["decom"]:
            wrong.append(("DEC", f"{row['dec']:%d/%m/%Y}", "dec_before_decom"))
        if row["child"] and dob is None:
            wrong.append(("CHILD", row["child"], "no_dob"))
        if row["decom"] and dob and dob > row["decom"]:
            wrong.append(("DECOM", f"{row['decom']:%d/%m/%Y}", "born_after_decom"))
        lines += [(row["file"], row["line"], *each) for each in wrong]
        if wrong:
            counts["Episodes refused"] += 1
        else:
            kept.append(row | {"dob": dob, "kind": _kind(row), "vanished": False})
    return kept


def _kind(row):
    place, provider = row["PLACE"], row["PLACE_PROVIDER"]
    if row["LS"] in ("J1", "J2", "J3") or place in ("K1", "R5"):
        return "secure"
    if place in ("K2", "R1") and provider in ("PR2", "PR4", "PR5"):
        return "external_home"
    if place == "K2" and provider == "PR1":
        return "own_home"
    if place in ("U4", "U5", "U6") and provider in ("PR4", "PR5"):
        return "agency_foster"
    if place in ("U4", "U5", "U6") and provider in ("PR1", "PR2", "PR3"):
        return "own_foster"
    if place == "P1" and provider == "PR0":
        return "parents"
    of_place = {"S1": "school", "K3": "supported", "H5": "supported", "P2": "independent"}
    of_place |= dict.fromkeys(["U1", "U2", "U3"], "kinship") | {"R2": "health", "R3": "health"}
    of_place |= dict.fromkeys(["A3", "A4", "A5", "A6"], "adoption")
    of_place |= dict.fromkeys(["T0", "T1", "T2", "T3", "T4"], "temporary")
    return of_place.get(place, "unknown")


def _mend_each_return(kept, lines, counts):
    returns = defaultdict(list)
    groups = defaultdict(list)
    for row in kept:
        groups[row["year"], row["child"], row["decom"]].append(row)
    for (year, _, decom), rows in sorted(groups.items(), key=lambda item: item[0]):
        winner = max(rows, key=lambda row: row["dec"] or date.max)
        for row in rows:
            if row is not winner:
                counts["Episodes folded"] += 1
                said = f"{decom:%d/%m/%Y}"
                lines.append((row["file"], row["line"], "DECOM", said, "same_start"))
        counts["Episodes kept"] += 1
        if winner["dec"] is None and winner["REC"]:
            lines.append((winner["file"], winner["line"], "REC", winner["REC"], "rec_on_open"))
        if winner["dec"] is not None and not winner["REC"]:
            lines.append((winner["file"], winner["line"], "REC", "", "no_rec"))
        returns[year].append(winner)
    return {year: _in_order(rows, lines) for year, rows in returns.items()}


def _in_order(rows, lines):
    rows = sorted(rows, key=lambda row: (row["child"], row["decom"]))
    done = []
    for row, after in zip(rows, [*rows[1:], None], strict=False):
        if after is not None and after["child"] == row["child"]:
            at = (row["file"], row["line"], "DEC")
            if row["dec"] is None:
                lines.append((*at, "", "open_not_last"))
                row = row | {"dec": after["decom"]}
            elif row["dec"] > after["decom"]:
                lines.append((*at, f"{row['dec']:%d/%m/%Y}", "overlap"))
                row = row | {"dec": after["decom"]}
        done.append(row)
    return done


def _history(returns, lines):
    years = sorted(returns)
    present = {year: {row["child"] for row in rows} for year, rows in returns.items()}
    latest = {}
    for year in years:
        for row in returns[year]:
            latest[row["child"], row["decom"]] = row
    starts = defaultdict(list)
    for child, start in latest:
        starts[child].append(start)
    rows = []
    for row in latest.values():
        later = [year for year in years if year > row["year"]]
        march = date(row["year"], 3, 31)
        soon = any(row["decom"] < start <= march for start in starts[row["child"]])
        absent = later and row["child"] not in present[later[0]]
        if row["dec"] is None and absent and not soon:
            lines.append((row["file"], row["line"], "DEC", "", "vanished"))
            row = row | {"dec": max(march, row["decom"]), "vanished": True}
        rows.append(row)
    rows = _in_order(rows, lines)
    starts = {(row["child"], row["decom"]) for row in rows}
    for row in rows:
        if row["dec"] is None and row["year"] != years[-1]:
            lines.append((row["file"], row["line"], "DEC", "", "dropped"))
        # An episode of no days starts on its own end and is not what follows it.
        follows = (row["child"], row["dec"]) in starts and row["dec"] != row["decom"]
        if row["REC"] == "X1" and row["dec"] and not row["vanished"] and not follows:
            lines.append((row["file"], row["line"], "REC", "X1", "continues_to_nothing"))
    return rows
