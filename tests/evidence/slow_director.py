"""The slow, obvious twin of a director's numbers: night by night, young person by young person."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from fractions import Fraction

from tests.evidence.slow_counting import age

FAMILY = {"own_foster", "agency_foster", "kinship", "parents", "adoption", "hub_family", "lodgings"}
UNWATCHED = {"", "X1", "E2", "E3", "E11", "E12"}
DAY = timedelta(days=1)


def stays(reading):
    """Each home of each young person as (child, dob, start, end, kind, where, line)."""
    last = date(max(reading.years), 4, 1)
    found, before = [], None
    for row in reading.episodes.sort("child", "decom").to_dicts():
        if row["LS"] in ("V3", "V4"):
            continue
        end = row["dec"] or last
        follows = before and before["child"] == row["child"] and before["end"] == row["decom"]
        if follows and row["RNE"] in ("L", "T", "U"):
            before["end"] = end
            before["line"] = row["line"]
        else:
            found.append({**row, "start": row["decom"], "end": end, "follows": bool(follows)})
        before = found[-1]
        before["gone"], before["why"] = row["vanished"], row["REC"]
    return found


def nights(reading, year, ages):
    """Every night of the year as (stay, night), by walking through the calendar."""
    for stay in stays(reading):
        night = date(year - 1, 4, 1)
        while night <= date(year, 3, 31):
            old_enough = ages[0] <= age(stay["dob"], night) <= ages[1]
            if stay["start"] <= night < stay["end"] and old_enough:
                yield stay, night
            night += DAY


def places(reading, year, ages):
    return Counter(stay["where"] for stay, _ in nights(reading, year, ages))


def families(reading, year, ages):
    def of(kind):
        return "family" if kind in FAMILY else "unknown" if kind in UNKNOWN else "elsewhere"

    return Counter(of(stay["kind"]) for stay, _ in nights(reading, year, ages))


UNKNOWN = {"unknown", "temporary"}


def pounds(reading, year, ages, priced):
    """Pence that the council pays for the nights of each kind of home, at the middle price."""
    sums = defaultdict(Fraction)
    for stay, _ in nights(reading, year, ages):
        kind = stay["kind"]
        if kind == "external_home":
            kind = {"in": "external_in", "out": "external_out"}.get(stay["where"], kind)
        for item in priced.nights.get(kind, ()):
            for rate in priced.tariff.rates:
                if rate.item == item and rate.payer == "council":
                    length = {"night": 1, "week": 7}[rate.unit]
                    sums[kind] += Fraction(rate.mode, length)
    return sums


def came_back(reading, year, ages):
    """{code: (left, watched, back)} of those who left in a year."""
    periods = []
    for stay in stays(reading):
        if stay["follows"]:
            periods[-1] |= {key: stay[key] for key in ("end", "gone", "why", "dec")}
        else:
            periods.append(dict(stay))
    last = date(max(reading.years), 3, 31)
    found = defaultdict(lambda: [0, 0, 0])
    for at, period in enumerate(periods):
        if period["dec"] is None or not date(year - 1, 4, 1) <= period["end"] <= date(year, 3, 31):
            continue
        if not ages[0] <= age(period["dob"], max(period["start"], period["end"] - DAY)) <= ages[1]:
            continue
        code = "vanished" if period["gone"] else period["why"]
        found[code][0] += 1
        year_on = period["end"].replace(year=period["end"].year + 1)
        if code in UNWATCHED | {"vanished"} or age(period["dob"], period["end"]) >= 17:
            continue
        if year_on > last:
            continue
        found[code][1] += 1
        after = [p for p in periods[at + 1 :] if p["child"] == period["child"]]
        found[code][2] += bool(after) and after[0]["start"] <= year_on
    return {code: tuple(numbers) for code, numbers in found.items()}
