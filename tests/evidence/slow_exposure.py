"""Counting what happened and for how long, night by night: slow, obvious, and nothing shared with
`onedoor.evidence.model.exposure`."""

from collections import Counter
from datetime import date, timedelta
from itertools import groupby

LEFT = "left"
SAME_CARER = {"L", "T", "U"}


def whole_months(since, day):
    months = (day.year - since.year) * 12 + day.month - since.month
    return months - (day.day < since.day)


def band(edges, number):
    return sum(edge <= number for edge in edges) - 1


def month_end(year, month):
    after = date(year + month // 12, month % 12 + 1, 1)
    return after - timedelta(days=1)


def runs_of(stays, state_of, first):
    """Per child, lists of [state, start, end, known, homes, new]; a temporary stay takes the state
    of its neighbour."""
    for child, rows in groupby(stays, key=lambda row: row["child"]):
        found = []
        for _, period in groupby(rows, key=lambda row: row["period"]):
            period = list(period)
            named = [None if row["kind"] == "temporary" else state_of(row) for row in period]
            for at in range(1, len(named)):
                named[at] = named[at] or named[at - 1]
            for at in reversed(range(len(named) - 1)):
                named[at] = named[at] or named[at + 1]
            run, short_before = None, False
            for at, row in enumerate(period):
                state, short = named[at] or "other", row["kind"] == "temporary"
                if run is None or run[0] != state:
                    unseen = at == 0 and row["RNE"] in SAME_CARER
                    known = row["RNE"] == "S" or (row["start"] >= first and not unseen)
                    run = [state, row["start"], None, known, [], at == 0, row["dob"]]
                    found.append(run)
                elif not short and not short_before:
                    run[4].append(row["start"])
                run[2] = row["end"]
                short_before = short
        yield child, found


def nights(stays, state_of, first, last, ages, durations):
    """Counters of nights, moves, moves within a state, and arrivals."""
    spent, moved, same, came = Counter(), Counter(), Counter(), Counter()
    for _, runs in runs_of(stays, state_of, first):
        for at, (state, start, end, known, homes, new, born) in enumerate(runs):

            def cell(night, born=born, start=start, known=known, state=state):
                age = band(ages, whole_months(born, night))
                time = band(durations, whole_months(start, night))
                sure = known or time == len(durations) - 1
                return (age, time, state) if sure and 0 <= age < len(ages) - 1 else None

            night = max(start, first)
            while night < (end or last):
                if cell(night):
                    spent[cell(night)] += 1
                night += timedelta(days=1)
            for on in homes:
                night = max(on - timedelta(days=1), start)
                if first < on <= last and cell(night):
                    same[cell(night)] += 1
            if (
                new
                and start >= first
                and 0 <= band(ages, whole_months(born, start)) < len(ages) - 1
            ):
                came[band(ages, whole_months(born, start)), state] += 1
            if end is None or end <= first:
                continue
            here = cell(max(end - timedelta(days=1), start))
            if here and whole_months(born, end) < ages[-1]:
                goes_on = at + 1 < len(runs) and not runs[at + 1][5]
                moved[here, runs[at + 1][0] if goes_on else LEFT] += 1
    return spent, moved, same, came


def month_ends(stays, state_of, first, last, ages, durations):
    """Counters of months begun, moves between two ends of a month, and arrivals."""
    begun, moved, came = Counter(), Counter(), Counter()
    for _, runs in runs_of(stays, state_of, first):
        born = runs[0][6]
        earliest = runs[0][1]
        month = earliest.year * 12 + earliest.month - 1
        before, since, known = None, 0, True
        while (day := month_end(month // 12, month % 12 + 1)) <= last:
            here = [run for run in runs if run[1] <= day and (run[2] is None or run[2] > day)]
            state = here[0][0] if here else None
            age = month - (born.year * 12 + born.month - 1)
            if before is not None and day >= first and age < ages[-1]:
                time = band(durations, month - 1 - since)
                there = band(ages, age - 1)
                if there >= 0 and (known or time == len(durations) - 1):
                    begun[there, time, before] += 1
                    if state != before:
                        moved[(there, time, before), state or LEFT] += 1
            if state is not None and state != before:
                since, known = month, here[0][3]
                if before is None and day >= first and 0 <= band(ages, age) < len(ages) - 1:
                    came[band(ages, age), state] += 1
            before, month = state, month + 1
    return begun, moved, came
