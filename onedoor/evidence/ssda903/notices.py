"""Sentences about a whole folder: what was passed over, and what looks odd before any row does."""

from onedoor.evidence.ssda903 import codes, values
from onedoor.evidence.ssda903.text import Rows


def of_files(found: list[Rows]) -> list[str]:
    notices = []
    authorities = set[str]()
    for rows in found:
        if rows.frame["LA"].max():
            authorities.update(rows.frame.select(values.trimmed("LA").unique())["LA"])
        if rows.extra_columns:
            listed = ", ".join(rows.extra_columns)
            notices.append(f"{rows.name}: columns not of the return were passed over: {listed}.")
        if not rows.rows_in:
            notices.append(f"{rows.name} has column names but no rows.")
    authorities.discard("")
    if len(authorities) > 1:
        notices.append(
            f"The files name {len(authorities)} authorities. A child identifier belongs to one "
            "authority, so read one at a time."
        )
    return notices


def of_years(years: list[int]) -> list[str]:
    if not years:
        return ["No episode could be counted."]
    notices = []
    odd = [year for year in years if not codes.FIRST_YEAR <= year <= codes.LAST_YEAR]
    if odd:
        notices.append(
            f"The return year reads as {', '.join(map(str, odd))}: look for a mistyped DECOM, "
            "or say which year it is."
        )
    missing = sorted(set(range(years[0], years[-1] + 1)) - set(years))
    if missing:
        notices.append(f"No return was supplied for {', '.join(map(str, missing))}.")
    return notices
