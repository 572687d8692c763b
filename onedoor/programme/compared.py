"""Two costings side by side, A and B: the same figures of both, and what differs in their plans."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import shorten
from typing import Any

from onedoor.evidence import pictures
from onedoor.evidence.money import difference
from onedoor.govuk import words
from onedoor.programme import results

Result = Mapping[str, Any]
Figure = tuple[str, tuple[str, ...]]
Row = tuple[str, Sequence[Figure]]
Plan = Mapping[str, Any]
LETTERS = ("A", "B")
AS_WIDE_AS_THE_PICTURE = 48  # letters
NOTHING_BESIDE = ()
# What one of several tables of a plan is known by, such as a kind of bed or the year of an award.
KNOWN_BY = ("words", "item", "state", "key", "year", "on")


@dataclass(frozen=True)
class Compared:
    """`difference` and `how_often` say what B saves more than A; blank where nobody can say.
    `whole` and `by_year` are pictures. `rows` are (what, for each costing a figure and, where it
    has one, where 90 of 100 futures lie); `changed` are (what, in A, in B)."""

    difference: str
    how_often: str
    whole: str
    by_year: str
    rows: list[Row]
    changed: list[tuple[str, str, str]]
    cautions: list[str]


def compared(both: Sequence[Result], titles: Sequence[str]) -> Compared:
    """Of two results and what their costings are called."""
    found = difference.difference(*both)
    names = [shorten(each, AS_WIDE_AS_THE_PICTURE, placeholder=" …") for each in titles]
    series = [f"{letter}: {name}" for letter, name in zip(LETTERS, names, strict=True)]
    return Compared(
        difference=_difference(found) if found else "",
        how_often=_how_often(found) if found else "",
        whole=_whole(both, found, series),
        by_year=_by_year(both, series),
        rows=_rows(both),
        changed=_changed(*(tomllib.loads(each["plan"]) for each in both)),
        cautions=_cautions(*both),
    )


def _difference(found: difference.Difference) -> str:
    if not found.more and not found.less:
        return "A and B save the same in every future."
    mean = f"{results.pounds(abs(found.mean))} {'less' if found.mean < 0 else 'more'}"
    if not found.low and not found.high:
        between = "about as much"
    elif found.low < 0 < found.high:
        less, more = results.pounds(-found.low), results.pounds(found.high)
        between = f"anything from {less} less to {more} more"
    else:
        least, most = sorted((abs(found.low), abs(found.high)))
        side = "less" if found.low < 0 else "more"
        between = f"{results.pounds(least)} to {results.pounds(most)} {side}"
    return f"B would save {mean} than A on average, and 9 times in 10 {between}."


def _how_often(found: difference.Difference) -> str:
    more, less = (results.chance(part) for part in (found.more, found.less))
    return f"B saves more than A in {more} of the {found.many:,} futures, and less in {less}."


def _whole(
    both: Sequence[Result], found: difference.Difference | None, series: Sequence[str]
) -> str:
    """The net saving of all years, and beneath it what B saves more."""
    net = [_range(results.headline(each)) for each in both]
    groups: list[tuple[str, list[pictures.Range | None]]] = [
        (results.DISCOUNTED.capitalize(), [*net, None])
    ]
    described = "The numbers are in the table beneath this picture"
    if found is not None:
        more = (found.low / 1e6, found.mean / 1e6, found.high / 1e6)
        groups.append(("What B saves more than A", [None, None, more]))
        series = [*series, "B less A, future by future"]
        described += "; those of B less A in the sentence above"
    return _drawn("Net saving of A and of B, all years", f"{described}.", groups, series)


def _by_year(both: Sequence[Result], series: Sequence[str]) -> str:
    seen = [{row["year"]: _range(row) for row in _net_rows(each)} for each in both]
    groups = [(year, [rows.get(year) for rows in seen]) for year in _years(both)]
    described = "The numbers are in the table beneath this picture."
    return _drawn("Net saving of A and of B by year", described, groups, series)


def _drawn(
    title: str,
    where: str,
    groups: Sequence[tuple[str, Sequence[pictures.Range | None]]],
    series: Sequence[str],
) -> str:
    described = f"Each line holds 90 of 100 futures, with its mark at the mean. {where}"
    return pictures.ranges(title, described, groups, series, unit="£m")


def _range(row: results.Row) -> pictures.Range:
    return row["net_q05"] / 1e6, row["net_mean"] / 1e6, row["net_q95"] / 1e6


def _rows(both: Sequence[Result]) -> list[Row]:
    whole = [results.headline(each) for each in both]

    def row(said: str, figures: Iterator[str]) -> Row:
        return said, [(figure, NOTHING_BESIDE) for figure in figures]

    means = {"Direct saving": "direct_mean", "Growth avoided": "growth_avoided_mean"}
    rows: list[Row] = [
        row("Whose money", (each["perspective"].capitalize() for each in both)),
        *(row(said, (results.pounds(each[key]) for each in whole)) for said, key in means.items()),
        ("Net saving", [_net(each) for each in whole]),
        row("Chance that it saves anything", (results.chance(w["p_positive"]) for w in whole)),
        row("Chance of paying back in these years", (_paid_back(each) for each in both)),
    ]
    seen = [{row["year"]: _net(row) for row in _net_rows(each)} for each in both]
    unknown: Figure = (results.NOT_KNOWN, NOTHING_BESIDE)
    rows += [
        (f"Net saving in {year}", [figures.get(year, unknown) for figures in seen])
        for year in _years(both)
    ]
    return rows


def _net(row: results.Row) -> Figure:
    low, high = (results.pounds(row[key]) for key in ("net_q05", "net_q95"))
    return results.pounds(row["net_mean"]), (low, high)


def _paid_back(result: Result) -> str:
    return results.chance(result["tables"]["payback"]["rows"][0]["within"])


def _years(both: Sequence[Result]) -> list[str]:
    return list(dict.fromkeys(year for each in both for year in each["years"]))


def _net_rows(result: Result) -> list[results.Row]:
    whose = result["perspective"]
    return [row for row in result["tables"]["saving"]["rows"] if row["perspective"] == whose]


def _changed(one: Plan, other: Plan) -> list[tuple[str, str, str]]:
    """What the plans say differently, but for what they are called."""
    said = [dict(_laid_out(plan, ())) for plan in (one, other)]
    every = dict.fromkeys(place for each in said for place in each if place != ("title",))
    rows = ((place, [each.get(place, results.NOT_KNOWN) for each in said]) for place in every)
    return [(_place(place), a, b) for place, (a, b) in rows if a != b]


def _laid_out(value: Any, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each answer of a plan, with the names of the tables it stands in."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from _laid_out(each, (*place, key))
    elif isinstance(value, list) and value and isinstance(value[0], Mapping):
        known = [" ".join(_said(each[key]) for key in KNOWN_BY if key in each) for each in value]
        for at, each in enumerate(value):
            # Two that are known by the same, such as one thing bought twice, are told by number.
            before = known[:at].count(known[at])
            number = f" {before + 1}" if before or not known[at] else ""
            yield from _laid_out(each, (*place, f"{known[at]}{number}".strip()))
    else:
        yield place, _said(value)


def _said(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_said(each) for each in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return words.day(value)
    return f"{value:,}" if isinstance(value, int | float) else str(value)


def _place(place: tuple[str, ...]) -> str:
    text = ", ".join(place).replace("_", " ")
    return f"{text[:1].upper()}{text[1:]}"


def _cautions(one: Result, other: Result) -> list[str]:
    """What keeps the two from being compared figure by figure."""
    found = []
    if one["perspective"] != other["perspective"]:
        found.append("They count different people’s money.")
    if one["price_base"] != other["price_base"]:
        found.append(
            f"One is in pounds of {one['price_base']}, the other of {other['price_base']}."
        )
    if one["years"] != other["years"]:
        found.append("They are of different years.")
    if one["discount"] != other["discount"]:
        found.append("They discount later years at different rates.")
    if not difference.same(one, other, difference.SAME_PEOPLE):
        found.append("They follow different returns, or homes told apart in another way.")
    if not difference.same(one, other, difference.SAME_FUTURES):
        found.append("They did not meet the same luck: replications, seed, ages or release differ.")
    if one["rates"] != other["rates"]:
        found.append("They have different prices.")
    return found
