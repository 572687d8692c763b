"""A second invented council, to score forecasts on: written apart from `onedoor.evidence.synth`.

It shares no code and no parameters with the demo council, and works by another mechanism, so that
a forecast cannot be good merely because it was built like the thing it is scored on. Nobody here
has needs or events, and there are no months. A young person comes on a day, for a stay in care
that is drawn whole: short or long, a Weibull length each, cut by the 18th birthday to the day.
Inside it each placement has a Weibull length whose hazard falls, fewer moves the longer somebody
has been in care, a clock of its own for supported accommodation from 16, and another for adoption.
Entries are Poisson with seasons, and a level that wanders from year to year. Nobody real is in it,
and its figures are our judgement: plausible for an English council, measured from none.
"""

import math
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

CATEGORIES = ("fostering", "residential", "supported", "other")
YEAR = 365.25
EIGHTEEN = round(18 * YEAR)
BURN_IN = 22  # years before the first return: longer than anybody can be looked after

# At what age (years, from and to) young people come, and how likely.
AGES = ((0, 1, 0.19), (1, 5, 0.19), (5, 10, 0.18), (10, 16, 0.28), (16, 17.9, 0.16))
# Part of stays that are short, by age at entry: (up to this age, part).
SHORT = ((1, 0.25), (5, 0.32), (10, 0.38), (16, 0.46), (18, 0.30))
SHORT_STAY = (75.0, 0.75)  # Weibull scale in days, shape
LONG_STAY = ((1, 640.0, 1.5), (5, 1250.0, 1.2), (10, 2100.0, 1.15), (18, 2600.0, 1.1))

# Placement codes of the return and the category each is counted in.
KINDS = {
    "own_foster": ("U6", "PR1", "fostering"),
    "agency_foster": ("U6", "PR4", "fostering"),
    "kin_foster": ("U3", "PR1", "fostering"),
    "home": ("K2", "PR4", "residential"),
    "own_home": ("K2", "PR1", "residential"),
    "supported": ("H5", "PR4", "supported"),
    "parents": ("P1", "PR0", "other"),
    "adopters": ("A4", "PR1", "other"),
}
# Where somebody goes on coming and on moving, by age: weights for each kind.
COMING = (
    (12, {"own_foster": 45, "agency_foster": 22, "kin_foster": 22, "home": 1, "parents": 10}),
    (16, {"own_foster": 32, "agency_foster": 26, "kin_foster": 12, "home": 20, "own_home": 6}),
    (18, {"own_foster": 16, "agency_foster": 14, "kin_foster": 6, "home": 17, "supported": 47}),
)
MOVING = (
    (12, {"own_foster": 30, "agency_foster": 34, "kin_foster": 20, "home": 4, "parents": 12}),
    (16, {"own_foster": 20, "agency_foster": 34, "kin_foster": 8, "home": 34, "own_home": 8}),
    (18, {"own_foster": 8, "agency_foster": 12, "kin_foster": 4, "home": 20, "supported": 56}),
)
STAYS_PUT = 0.35  # somebody who moves goes to the same kind again this often, before the weights
# Weibull scale (days) and shape of a placement, by kind: a hazard that falls.
LASTS = {
    "own_foster": (820.0, 0.62),
    "agency_foster": (760.0, 0.62),
    "kin_foster": (1500.0, 0.70),
    "home": (640.0, 0.68),
    "own_home": (660.0, 0.68),
    "supported": (700.0, 0.80),
    "parents": (1400.0, 0.9),
    "adopters": (900.0, 1.0),
}
SETTLING = 0.12  # each earlier placement makes the next last so much longer, as a part
TO_SUPPORTED = 900.0  # days, on average, until somebody of 16 or 17 goes to supported accommodation
TO_ADOPTERS = 700.0  # days, on average, for a long stay that began under 5
COMES_BACK = 0.13  # part of those who left home before 16 who come again
BACK_AFTER = 420.0  # days, on average

# Found with this generator itself (`python -m benchmarks.second_council`), so that as many are
# there as were asked for: years in care of everybody who comes, and years by which the number
# there lags behind entries.
MEAN_YEARS = 2.20
LAG = -2.5


@dataclass(frozen=True, slots=True)
class Episode:
    """One row of the return; `end` None never happens: everybody leaves some day."""

    start: date
    end: date
    reason: str
    status: str
    kind: str
    why_it_ended: str


@dataclass(slots=True)
class Person:
    name: str
    born: date
    girl: bool
    episodes: list[Episode] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Council:
    """`people` with whole stays in care, known to the end: what returns show is cut from it."""

    seed: int
    people: tuple[Person, ...]

    def on(self, day: date) -> dict[str, int]:
        """Who is looked after on a day, by category, and in total: the truth to score against."""
        found = Counter(
            KINDS[episode.kind][2]
            for person in self.people
            for episode in person.episodes
            if episode.start <= day < episode.end
        )
        counts = {category: found[category] for category in CATEGORIES}
        return counts | {"total": sum(counts.values())}

    def write(self, folder: Path, years: range) -> None:
        """One folder for each return, named by its March, with header.csv and episodes.csv."""
        for year in years:
            inside = folder / str(year)
            inside.mkdir(parents=True)
            header, episodes = self._rows(year)
            (inside / "header.csv").write_text("\n".join(header) + "\n")
            (inside / "episodes.csv").write_text("\n".join(episodes) + "\n")

    def _rows(self, year: int) -> tuple[list[str], list[str]]:
        first, last = date(year - 1, 4, 1), date(year, 3, 31)
        header = ["CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB"]
        rows = [
            "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,"
            "HOME_POST,PL_POST,URN"
        ]
        for person in self.people:
            shown = [e for e in person.episodes if e.start <= last and e.end >= first]
            if shown:
                header.append(
                    f"{person.name},{2 if person.girl else 1},{_said(person.born)},WBRI,,,"
                )
            rows += [_row(person.name, episode, last) for episode in shown]
        return header, rows


def _row(name: str, episode: Episode, last: date) -> str:
    place, provider, _ = KINDS[episode.kind]
    ended = episode.end <= last
    end, why = (_said(episode.end), episode.why_it_ended) if ended else ("", "")
    moved = "CARPL" if why == "X1" else ""
    return (
        f"{name},{_said(episode.start)},{episode.reason},{episode.status},N1,{place},{provider},"
        f"{end},{why},{moved},,,"
    )


def _said(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def council(
    seed: int,
    *,
    growth: float = 0.0,
    restless: float = 0.03,
    children: int = 740,
    first: int = 2018,
    last: int = 2025,
) -> Council:
    """A council whose returns run from the year to March `first` to that to March `last`.

    `growth`: how much more enter each year, for as long as anybody remembers; the number looked
    after grows with it and is about `children` on 31 March 2022. `restless`: standard deviation of
    a good or bad year's level on the log scale, half of which is left a year later; 0.03 is nearly
    Poisson, as the bars of D5 and D6 were set; 0.10 is what published starts show.
    """
    by = random.Random(f"second council {seed}")
    people: list[Person] = []
    # About how long a stay lasts decides how many must come for so many to be there.
    yearly = children / MEAN_YEARS / (1 + growth) ** LAG
    wander, since = 0.0, date(first - 1, 4, 1)
    for year in range(first - 1 - BURN_IN, last + 1):
        wander = 0.5 * wander + by.gauss(0, restless * math.sqrt(0.75))
        level = yearly * (1 + growth) ** (year - 2022) * math.exp(wander)
        came = (_person(by, year, number, since) for number in range(_poisson(by, level)))
        people += [person for person in came if person.episodes]
    return Council(seed, tuple(people))


def _poisson(by: random.Random, mean: float) -> int:
    """Exponential gaps, counted."""
    count, at = 0, by.expovariate(1.0)
    while at < mean:
        count, at = count + 1, at + by.expovariate(1.0)
    return count


def _person(by: random.Random, year: int, number: int, since: date) -> Person:
    """Somebody who comes for the first time in the year from 1 April of `year` - 1 to March, and
    those of their stays that last to `since`, from when there are returns."""
    day = by.uniform(0, 365)
    # Most come in January, fewest in July; the year begins in April.
    while by.random() > (1 + 0.15 * math.cos(2 * math.pi * (day - 290) / 365)) / 1.15:
        day = by.uniform(0, 365)
    start = date(year - 1, 4, 1) + timedelta(days=int(day))
    low, high, _ = by.choices(AGES, [part for *_, part in AGES])[0]
    born = start - timedelta(days=int(by.uniform(low, high) * YEAR))
    person = Person(f"S{year % 100:02}{number:04}", born, by.random() < 0.45)
    until = _birthday(born)
    while start < until:
        left = _stay(by, person, start, until, since)
        age = (left - born).days / YEAR
        if left >= until or age > 16 or by.random() > COMES_BACK:
            break
        start = left + timedelta(days=30 + int(by.expovariate(1 / BACK_AFTER)))
    return person


def _birthday(born: date) -> date:
    """The 18th birthday; 1 March for somebody born on 29 February."""
    try:
        return born.replace(year=born.year + 18)
    except ValueError:
        return date(born.year + 18, 3, 1)


def _stay(by: random.Random, person: Person, start: date, until: date, since: date) -> date:
    """One period of care, whole unless no return shows it; gives back the day on which it ended."""
    age = (start - person.born).days / YEAR
    short = by.random() < _of_age(SHORT, age)[0]
    scale, shape = SHORT_STAY if short else _of_age(LONG_STAY, age)
    left = start + timedelta(days=max(1, int(by.weibullvariate(scale, shape))))
    end = min(left, until)
    if end < since:
        return end
    adopted = None
    if age < 5 and not short:
        adopted = start + timedelta(days=200 + int(by.expovariate(1 / TO_ADOPTERS)))
    _placements(by, person, start, end, adopted)
    person.episodes[-1] = _ended(person.episodes[-1], by, end >= until)
    return end


def _placements(
    by: random.Random, person: Person, start: date, end: date, adopted: date | None
) -> None:
    """One placement after another, and the change of legal status inside the first."""
    kind = _kind(by, COMING, start, person.born)
    reason, at, moves = "S", start, 0
    court = start + timedelta(days=int(by.uniform(150, 330)))
    sixteen = person.born + timedelta(days=round(16 * YEAR))
    while at < end:
        scale, shape = LASTS[kind]
        length = by.weibullvariate(scale * (1 + SETTLING * moves), shape)
        till, then = at + timedelta(days=max(1, int(length))), ""
        older = max(at, sixteen) + timedelta(days=1 + int(by.expovariate(1 / TO_SUPPORTED)))
        if kind != "supported" and older < till:
            till, then = older, "supported"
        if adopted is not None and kind != "adopters" and at < adopted < till:
            till, then = adopted, "adopters"
        till = min(till, end)
        if at < court < till:
            person.episodes.append(Episode(at, court, reason, "C1", kind, "X1"))
            at, reason = court, "L"
        status = "C2" if at >= court else "C1"
        person.episodes.append(Episode(at, till, reason, status, kind, "X1"))
        at, reason, moves = till, "P", moves + 1
        if at < end:
            stays = by.random() < STAYS_PUT and kind != "adopters"
            kind = then or (kind if stays else _kind(by, MOVING, at, person.born))


def _ended(episode: Episode, by: random.Random, grown_up: bool) -> Episode:
    if grown_up:
        why = by.choice(["E5", "E6", "E17"])
    elif episode.kind == "adopters":
        why = "E11"
    else:
        why = by.choice(["E4A", "E4A", "E4B", "E45", "E8"])
    kept = (episode.start, episode.end, episode.reason, episode.status, episode.kind)
    return Episode(*kept, why)


def _kind(
    by: random.Random, table: tuple[tuple[int, dict[str, int]], ...], on: date, born: date
) -> str:
    (weights,) = _of_age(table, (on - born).days / YEAR)
    return by.choices(list(weights), list(weights.values()))[0]


def _of_age(table: tuple[tuple[Any, ...], ...], age: float) -> tuple[Any, ...]:
    """What the first row says that goes up to beyond this age."""
    return next((said for to, *said in table if age < to), table[-1][1:])


def main() -> None:
    """What the generator makes, so that its own constants can be held against it."""
    for growth in (0.0, 0.06):
        totals: dict[int, list[int]] = {}
        for seed in range(8):
            made = council(seed, growth=growth)
            for year in range(2018, 2026):
                totals.setdefault(year, []).append(made.on(date(year, 3, 31))["total"])
        means = {year: round(sum(each) / len(each)) for year, each in totals.items()}
        print(f"growth {growth:.0%}: mean looked after {means}")
        print("  the last council in 2022:", made.on(date(2022, 3, 31)))
    new = [person for person in made.people if person.episodes[0].start >= date(2018, 4, 1)]
    lived = [sum((e.end - e.start).days for e in person.episodes) / YEAR for person in new]
    rows = sum(len(person.episodes) for person in new)
    print(f"mean years in care {sum(lived) / len(lived):.2f}; rows each {rows / len(lived):.2f}")


if __name__ == "__main__":
    main()
