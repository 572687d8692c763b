"""The slow, obvious twin of the baseline: counts over what the slow reading found."""

from collections import Counter, defaultdict
from datetime import date, timedelta

from tests.evidence.slow_reading import march_after


def age(dob, on):
    return on.year - dob.year - ((on.month, on.day) < (dob.month, dob.day))


def _birthday(dob, years):
    try:
        return dob.replace(year=dob.year + years)
    except ValueError:
        return date(dob.year + years, 3, 1)


def counts(read, ages=(12, 17)):
    """Every number of the baseline, as dictionaries keyed by what is counted."""
    young, old = ages
    years = sorted(read["returns"])
    stock = Counter()
    for year in years:
        day = date(year, 3, 31)
        for row in read["returns"][year]:
            here = row["decom"] <= day and (row["dec"] is None or row["dec"] > day)
            if here and row["LS"] not in ("V3", "V4") and young <= age(row["dob"], day) <= old:
                stock[day, row["kind"]] += 1
    stays = _stays(read["history"])
    answer = {"looked_after": dict(stock)}
    answer["starts_and_ends"] = _starts_and_ends(stays, years, young, old)
    answer["why_stays_end"] = _why(stays, years, young, old)
    answer["moves"] = _moves(stays, years, young, old)
    answer["length_of_stay"] = _lengths(stays, years, young, old)
    return answer


def _stays(history):
    stays, last = [], None
    for row in history:
        if row["LS"] in ("V3", "V4"):
            continue
        follows = last and last["child"] == row["child"] and last["dec"] == row["decom"]
        if follows and row["RNE"] in ("L", "T", "U"):
            stays[-1]["rows"].append(row)
        else:
            stays.append({"rows": [row], "before": stays[-1] if follows else None, "after": False})
            if follows:
                stays[-2]["after"] = True
        last = row
    for stay in stays:
        first, final = stay["rows"][0], stay["rows"][-1]
        stay |= {"child": first["child"], "dob": first["dob"], "start": first["decom"]}
        stay |= {"end": final["dec"], "kind": first["kind"], "RNE": first["RNE"], "last": final}
    return stays


def _last_night(start, end):
    return max(start, end - timedelta(days=1))


def _starts_and_ends(stays, years, young, old):
    found = {year: [0, 0, 0, 0] for year in years}
    for stay in stays:
        if stay["before"] is None:
            period = stay
        if stay["before"] is None and young <= age(stay["dob"], stay["start"]) <= old:
            year = march_after(stay["start"])
            if year in found:
                found[year][0] += 1
                found[year][1] += stay["RNE"] == "S"
        if not stay["after"] and stay["end"]:
            night = _last_night(period["start"], stay["end"])
            year = march_after(stay["end"])
            if year in found and young <= age(stay["dob"], night) <= old:
                found[year][2] += 1
                nothing = stay["last"]["vanished"] or stay["last"]["REC"] in ("", "X1")
                found[year][3] += nothing
    return {year: tuple(numbers) for year, numbers in found.items()}


def _why(stays, years, young, old):
    found = Counter()
    for stay in stays:
        if stay["end"] is None or march_after(stay["end"]) not in years:
            continue
        if not young <= age(stay["dob"], _last_night(stay["start"], stay["end"])) <= old:
            continue
        if stay["after"]:
            how, code = "moved", stay["last"]["REASON_PLACE_CHANGE"]
        else:
            how = "left"
            code = "vanished" if stay["last"]["vanished"] else stay["last"]["REC"]
        found[march_after(stay["end"]), how, code] += 1
    return dict(found)


def _moves(stays, years, young, old):
    answer = {}
    for year in years:
        moves, days, people = 0, 0, set()
        for stay in stays:
            before = stay["before"]
            if (
                before
                and "temporary" not in (before["kind"], stay["kind"])
                and march_after(stay["start"]) == year
                and young <= age(stay["dob"], stay["start"]) <= old
            ):
                moves += 1
            day = max(stay["start"], date(year - 1, 4, 1), _birthday(stay["dob"], young))
            end = stay["end"] or date(stay["last"]["year"], 4, 1)
            end = min(end, date(year, 4, 1), _birthday(stay["dob"], old + 1))
            if day < end:
                people.add(stay["child"])
                days += (end - day).days
        answer[year] = (moves, days, len(people))
    return answer


def _quantile(values, share):
    values = sorted(values)
    if not values:
        return None
    place = share * (len(values) - 1)
    low = int(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (place - low)


def _lengths(stays, years, young, old):
    last = date(years[-1], 3, 31)
    first = date(years[0] - 1, 4, 1)
    kinds = defaultdict(lambda: {"ended": [], "going": 0, "began": []})
    for stay in stays:
        if not young <= age(stay["dob"], stay["start"]) <= old:
            continue
        start, end, of = stay["start"], stay["end"], kinds[stay["kind"]]
        if end and march_after(end) in years:
            of["ended"].append((end - start).days)
        if start <= last and (end > last if end else stay["last"]["year"] == years[-1]):
            of["going"] += 1
        if first <= start <= last:
            until = end or date(stay["last"]["year"], 4, 1)
            of["began"].append(((until - start).days, end is not None))
    answer = {}
    for kind, of in kinds.items():
        if of["ended"] or of["going"] or of["began"]:
            quartiles = [_quantile(of["ended"], share) for share in (0.25, 0.5, 0.75)]
            answer[kind] = (
                *(len(of["ended"]), *quartiles),
                *(of["going"], len(of["began"]), _half_ended(of["began"])),
            )
    return answer


def _half_ended(began):
    surviving = 1.0
    for day in sorted({days for days, ended in began if ended}):
        at_risk = sum(1 for days, _ in began if days >= day)
        surviving *= 1 - sum(1 for days, ended in began if ended and days == day) / at_risk
        if surviving <= 0.5 + 1e-12:
            return float(day)
    return None
