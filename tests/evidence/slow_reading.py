"""The slow, obvious twin of the reader: plain csv and loops, written from the reading rules alone.

It shares no code with the reader and no list of codes: every list is typed here again from the
field's own. It answers with plain dictionaries that a test compares with the fast one's.
"""

import csv
import io
from collections import Counter, defaultdict
from datetime import date

from tests.evidence import slow_tables
from tests.evidence.slow_cells import the_cell, the_code, the_date, the_year
from tests.evidence.slow_lists import SPACES, TABLES, words


def read_files(files, year=None):
    """`files` are pairs of name and bytes. Returns the lines, the accounts and the histories."""
    lines = []  # (file, line, column, value, rule)
    counts, tables = Counter(), defaultdict(list)
    for name, data in files:
        rows = _rows(name, data, lines, counts)
        if rows is not None:
            tables[rows[0]].append((name, rows[1]))
    typed = _episodes(tables["Episodes"], year, lines)
    children = _children(typed)
    births, header_children = _births(tables["Header"], children, lines, counts)
    both = {each: here | header_children[each] for each, here in children.items()}
    others = slow_tables.read(tables, both, births, lines, counts)
    kept = _countable(typed, births, lines, counts)
    returns = _mend_each_return(kept, lines, counts)
    history = _history(returns, lines)
    counts["Episodes superseded"] = sum(map(len, returns.values())) - len(history)
    return {
        "lines": sorted(lines),
        "counts": counts,
        "returns": returns,
        "history": history,
        "tables": others,
    }


def _rows(name, data, lines, counts):
    try:
        text, quiet = data.decode("utf-8-sig"), True
    except UnicodeDecodeError:
        text, quiet = data.decode("cp1252"), False
    reader = csv.reader(io.StringIO(text, newline=""))
    columns = [cell.strip(SPACES).upper() for cell in next(reader)]
    while columns and columns[-1] == "":
        columns.pop()
    holds = [name for name, needed in TABLES.items() if set(needed) <= set(columns)]
    if not holds:
        return None
    table, needed = holds[0], TABLES[holds[0]]
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
    return table, found


def march_after(day):
    return day.year if (day.month, day.day) <= (3, 31) else day.year + 1


def _episodes(files, told, lines):
    typed = []
    for name, rows in files:
        starts = [day for row in rows if (day := the_date(the_cell(row, "DECOM")))]
        of_file = told or (march_after(max(starts)) if starts else None)
        for row in rows:
            said = the_cell(row, "YEAR")
            year = the_year(said) or of_file
            if said and the_year(said) is None:
                lines.append((name, row["line"], "YEAR", said, "bad_year"))
            child = the_cell(row, "CHILD")
            if len(child) > 10:
                lines.append((name, row["line"], "CHILD", child, "long_child"))
            codes = {
                column: the_code(name, row, column, year, lines)
                for column in words("RNE LS CIN PLACE PLACE_PROVIDER REC REASON_PLACE_CHANGE")
            }
            typed.append(
                {"file": name, "line": row["line"], "child": child, "year": year}
                | {"decom_said": the_cell(row, "DECOM"), "dec_said": the_cell(row, "DEC")}
                | {"decom": the_date(the_cell(row, "DECOM")), "dec": the_date(the_cell(row, "DEC"))}
                | codes
            )
    return typed


def _children(episodes):
    children = defaultdict(set)
    for row in episodes:
        if row["year"] is not None:
            children[row["year"]].add(row["child"])
    return children


def _births(files, children, lines, counts):
    by_child = defaultdict(lambda: defaultdict(list))
    for name, rows in files:
        here = {the_cell(row, "CHILD") for row in rows}
        best = max(
            children,
            key=lambda year: (
                len(here & children[year]) / max(1, len(here | children[year])),
                year,
            ),
            default=None,
        )
        for row in rows:
            child, dob_said = the_cell(row, "CHILD"), the_cell(row, "DOB")
            year = the_year(the_cell(row, "YEAR")) or best
            if the_cell(row, "YEAR") and the_year(the_cell(row, "YEAR")) is None:
                lines.append((name, row["line"], "YEAR", the_cell(row, "YEAR"), "bad_year"))
            mothers = the_cell(row, "MC_DOB")
            if mothers and the_date(mothers) is None:
                lines.append((name, row["line"], "MC_DOB", mothers, "unreadable_date"))
            if len(child) > 10:
                lines.append((name, row["line"], "CHILD", child, "long_child"))
            sex = the_code(name, row, "SEX", year, lines)
            ethnic = the_code(name, row, "ETHNIC", year, lines)
            the_code(name, row, "MOTHER", year, lines)
            if child == "":
                lines.append((name, row["line"], "CHILD", "", "no_child"))
                counts["Header refused"] += 1
                continue
            if dob_said == "":
                lines.append((name, row["line"], "DOB", "", "no_dob_given"))
            elif the_date(dob_said) is None:
                lines.append((name, row["line"], "DOB", dob_said, "unreadable_dob"))
            said = (the_date(dob_said), sex, ethnic)
            by_child[child][year].append((name, row["line"], said))
    births, of_year = {}, defaultdict(set)
    for child, years in by_child.items():
        for year in years:
            of_year[year].add(child)
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
    return births, of_year


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
