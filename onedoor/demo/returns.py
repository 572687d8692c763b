"""Five invented yearly returns of Northmoor: SSDA903 header and episodes, as a council exports
them. A small mechanism: children start, move and cease by chance; it claims nothing."""

import csv
import io
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

HEADER = ("CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB")
EPISODES = (
    "CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "DEC", "REC",
    "REASON_PLACE_CHANGE",
)  # fmt: skip
YEARS, CHILDREN = 5, 300
# Where a child lives, who provides it, how likely, and how many days it lasts on average.
HOMES = (
    ("U4", "PR1", 34, 420), ("U4", "PR4", 24, 380), ("U1", "PR1", 12, 400), ("K2", "PR4", 12, 260),
    ("K2", "PR1", 5, 150), ("H5", "PR4", 6, 220), ("P1", "PR0", 5, 240), ("K1", "PR2", 1, 90),
)  # fmt: skip
ENDINGS = ("E4A", "E4A", "E13", "E45", "E8", "E11", "E7")
# One of these is a slip of the hand, for the list of what was not taken as written.
CHANGES = ("CARPL", "CARPL", "CARPL", "CREQB", "CHILD", "LAREQ", "STAND", "OTHR")
ETHNIC = ("WBRI", "WBRI", "WBRI", "WBRI", "MWBC", "ABAN", "BAFR", "WOTH", "APKN")


@dataclass
class Spell:
    child: str
    sex: int
    born_on: date
    ethnic: str
    episodes: list[dict[str, str | date]] = field(default_factory=list)


def five_years(rng: Random, on: date) -> list[tuple[str, bytes]]:
    """The last five returns that have ended by a day: pairs of a file's name and its bytes."""
    last = on.year if on >= date(on.year, 4, 1) else on.year - 1
    spells = [_spell(rng, number, last) for number in range(CHILDREN)]
    files = []
    for year in range(last - YEARS + 1, last + 1):
        here = [spell for spell in spells if _rows(spell, year)]
        header = [
            (each.child, _sex(each, year), _day(each.born_on), each.ethnic, "", "", "")
            for each in here
        ]
        files.append((f"header_{year}.csv", _csv(HEADER, header)))
        rows = [row for spell in here for row in _rows(spell, year)]
        files.append((f"episodes_{year}.csv", _csv(EPISODES, rows)))
    return files


def _spell(rng: Random, number: int, last: int) -> Spell:
    start = date(last - YEARS - 1, 4, 1) + timedelta(days=rng.randrange((YEARS + 1) * 365))
    age = rng.choices((3, 8, 13, 15), weights=(20, 22, 36, 22))[0] * 365 + rng.randrange(900)
    spell = Spell(
        f"N{1000 + number}", rng.choice((1, 2)), start - timedelta(days=age), rng.choice(ETHNIC)
    )
    eighteen = spell.born_on + timedelta(days=18 * 365 + 4)
    status = rng.choice(("V2", "V2", "C2", "C1"))
    day, reason = start, "S"
    for _ in range(6):
        place, provider, _, mean = rng.choices(HOMES, weights=[home[2] for home in HOMES])[0]
        until = min(day + timedelta(days=7 + int(rng.expovariate(1 / mean))), eighteen)
        over = until == eighteen or rng.random() < 0.42
        spell.episodes.append(
            {"DECOM": day, "RNE": reason, "LS": status, "CIN": "N1", "PLACE": place,
             "PLACE_PROVIDER": provider, "DEC": until,
             "REC": "X1" if not over else "E13" if until == eighteen else rng.choice(ENDINGS),
             "REASON_PLACE_CHANGE": "" if over else rng.choice(CHANGES)}
        )  # fmt: skip
        if over:
            break
        day, reason = until, "P"
    else:
        spell.episodes[-1] |= {"REC": "E4A", "REASON_PLACE_CHANGE": ""}
    return spell


def _rows(spell: Spell, year: int) -> list[tuple[str, ...]]:
    """The episodes that touch the year, as they stood when it ended: nobody knew yet what came."""
    first, ends = date(year - 1, 4, 1), date(year, 3, 31)
    rows = []
    for episode in spell.episodes:
        begun, over = episode["DECOM"], episode["DEC"]
        assert isinstance(begun, date)
        assert isinstance(over, date)
        if begun > ends or over < first:
            continue
        known = _coded(episode, year) | (
            {"DEC": "", "REC": "", "REASON_PLACE_CHANGE": ""} if over > ends else {}
        )
        said = [known[column] for column in EPISODES[1:]]
        rows.append((spell.child, *(_day(s) if isinstance(s, date) else s for s in said)))
    return rows


def _sex(spell: Spell, year: int) -> str:
    return ("M", "F")[spell.sex - 1] if year >= 2025 else str(spell.sex)


def _coded(episode: dict[str, str | date], year: int) -> dict[str, str | date]:
    """A place of one's own with support has had a code for itself since the return of 2025."""
    renamed = episode["PLACE"] == "H5" and year >= 2025
    return episode | ({"PLACE": "K3"} if renamed else {})


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _csv(columns: tuple[str, ...], rows: list) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([columns, *rows])
    return out.getvalue().encode()
