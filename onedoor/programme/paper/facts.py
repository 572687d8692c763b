"""What the paper says: a costing's own figures, in sentences and small tables."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from onedoor.evidence.model import states
from onedoor.govuk import words

Said = Mapping[str, Any]
Row = dict[str, Any]

WHOSE = {
    "council": "The council (cash only)",
    "public purse": "The public purse (cash, time and places released)",
    "society": "Society (all of it, and what is on no budget)",
}
CLASSES = {"cashable": "cash", "avoided": "time and places released", "wider": "on no budget"}
PAYERS = {
    "council": "Council", "police": "Police", "nhs": "NHS", "justice": "Justice",
    "central": "Central government", "young_person": "Young people", "others": "Others",
}  # fmt: skip
EVENTS = {"events": "What happens to young people (missing, custody)", "hub": "Hubs and their team"}
MOST_YEARS = 6
MOST_ROWS = 9
AN_AWARD = 50  # letters that a row of an award is worth, where room is short
LONGEST = 600  # of a sentence that must be shown with any figure


def of(said: Said, *, on: date, prices: int, letters: int) -> dict[str, Any]:
    """Everything the page prints. At most so many prices, and so many letters of a longer text."""
    tables = said["tables"]
    decides = said["perspective"]
    saving = {(row["perspective"], row["year"]): row for row in tables["saving"]["rows"]}
    whole = saving[decides, "all years, discounted"]
    years = shown_years(said["years"])
    return {
        "title": cut(said["title"], 120),
        "on": words.day(on),
        "population": cut(said["population"], letters),
        "asked": _asked(said, letters),
        "in_short": _in_short(said, whole),
        "base": said["price_base"],
        "decides": decides,
        "first": said["years"][0],
        "last": said["years"][-1],
        "many": len(said["years"]),
        "per_year": f"{float(said['discount']['per_year']):.1%}",
        "perspectives": [
            _saved(WHOSE[seen], saving[seen, "all years, discounted"]) for seen in WHOSE
        ],
        "by_year": [_saved(year, saving[decides, year]) for year in (*years, "all years")],
        "left_out": len(said["years"]) - len(years),
        "years": years,
        "payers": _payers(tables["by_payer"]["rows"], said["years"], years),
        "today": [
            (PAYERS[row["payer"]], _pounds(row["counted"]), _pounds(row["outturn"]))
            for row in tables["today"]["rows"]
        ],
        "today_year": tables["today"]["period"],
        "spent": _spent(tables["lines"]["rows"]),
        "pays_back": _pays_back(said),
        "returned": _returned(tables["returned"]["rows"]),
        "true": [_true(row) for row in tables["break_even"]["rows"]],
        "hub": _hub(tables, years),
        "sized": _sized(tables),
        "effects": [_effect(row, letters) for row in tables["assumed"]["rows"]],
        "shape": _shape(tables["shape"]),
        "awards": [_award(row, letters) for row in _few(tables["awards"]["rows"], letters)],
        "awards_left": max(len(tables["awards"]["rows"]) - 1 - letters // AN_AWARD, 0),
        "beside": _beside(tables),
        "prices": [_price(rate, letters) for rate in said["rates"][:prices]],
        "prices_left": max(len(said["rates"]) - prices, 0),
        "discount": cut(said["discount"]["source"], letters),
        "deflator": f"{said['deflator']['name']}: {cut(said['deflator']['source'], letters)}",
        "limits": [cut(readable(sentence), LONGEST) for sentence in said["limits"]],
        "run": said["run"],
        "version": said["version"],
        "n": f"{said['n']:,}",
        "seed": said["seed"],
        "mcse": words.money(said["mcse"]),
    }


def shown_years(years: Sequence[str]) -> list[str]:
    """All of them, or the first five and the last where they are many."""
    return list(years) if len(years) <= MOST_YEARS else [*years[: MOST_YEARS - 1], years[-1]]


def cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def readable(sentence: str) -> str:
    """A sentence with the keys of a plan in words: hub_home is a hub, residential."""
    known = _known()

    def in_words(key: re.Match[str]) -> str:
        said = known.get(key[0], key[0].replace("_", " "))
        return said if key.start() == 0 else said[0].lower() + said[1:]

    return re.sub(r"\b[a-z]+(?:_[a-z]+)+\b", in_words, sentence)


def _asked(said: Said, letters: int) -> dict[str, str]:
    compared = next(
        (
            row["said"]
            for row in said["tables"]["checklist"]["rows"]
            if row["item"] == "Comparators"
        ),
        "",
    )
    kinds = _known()
    put_in = sum(
        row["with_model"] - row["without"]
        for row in said["tables"]["lines"]["rows"]
        if row["what"] not in kinds and row["what"] != "events"
    )
    return {"compared": cut(compared, letters), "put_in": words.money(put_in)}


def _in_short(said: Said, whole: Row) -> str:
    mean = whole["net_mean"]
    amount = f"the {said['perspective']} {words.money(abs(mean))}"
    what = f"save {amount} against" if mean >= 0 else f"cost {amount} more than"
    return (
        f"Over {len(said['years'])} years the plan is forecast to {what} going on as now, "
        f"on average. In 90 of 100 possible "
        f"futures the net saving is between {words.money(whole['net_q05'])} and "
        f"{words.money(whole['net_q95'])}. It is above £0 in {_of_100(whole['p_positive'])}."
    )


def _saved(label: str, row: Row) -> dict[str, str]:
    return {
        "label": label[0].upper() + label[1:],
        "direct": words.money(row["direct_mean"]),
        "growth": words.money(row["growth_avoided_mean"]),
        "net": words.money(row["net_mean"]),
        "direct_range": _between(row, "direct"),
        "growth_range": _between(row, "growth_avoided"),
        "net_range": _between(row, "net"),
        "chance": _of_100(row["p_positive"]),
    }


def _between(row: Row, part: str) -> str:
    return f"{words.money(row[f'{part}_q05'])} to {words.money(row[f'{part}_q95'])}"


def _of_100(chance: float) -> str:
    """A chance in whole hundredths, and never a certainty that replications cannot give."""
    if chance < 0.01:
        return "under 1 of 100"
    return "over 99 of 100" if chance > 0.99 else f"{100 * chance:.0f} of 100"


def _payers(rows: list[Row], years: Sequence[str], shown: Sequence[str]) -> list[dict[str, Any]]:
    found: dict[tuple[str, str], dict[str, Row]] = {}
    for row in rows:
        found.setdefault((row["payer"], row["class"]), {})[row["year"]] = row
    return [
        {
            "label": PAYERS[payer],
            "kind": CLASSES[kind],
            "cells": [
                [words.money(by_year[year][f"net_{key}"]) for key in ("mean", "q05", "q95")]
                for year in shown
            ],
            "total": words.money(sum(by_year[year]["net_mean"] for year in years)),
        }
        for (payer, kind), by_year in found.items()
    ]


def _spent(rows: list[Row]) -> list[tuple[str, str, str, str]]:
    """What is spent on what, the largest first, and what is left of it in one row."""
    known = {**_known(), **EVENTS}
    sums: dict[str, list[float]] = {}
    for row in rows:
        label = known.get(row["what"]) or str(row["what"])
        both = sums.setdefault(cut(label, 60), [0.0, 0.0])
        both[0] += row["without"]
        both[1] += row["with_model"]
    ordered = sorted(sums.items(), key=lambda each: -max(each[1]))
    rest = ordered[MOST_ROWS:]
    if rest:
        together = [sum(both[at] for _, both in rest) for at in (0, 1)]
        ordered = [*ordered[:MOST_ROWS], (f"{len(rest)} others together", together)]
    return [
        (label, words.money(without), words.money(with_model), words.money(with_model - without))
        for label, (without, with_model) in ordered
    ]


def _known() -> dict[str, str]:
    """Every kind of home by its key."""
    maps = [states.states(name) for name in ("no_wrong_door", "all_care")]
    return {state.key: state.words for each in maps for state in each.states}


def _pays_back(said: Said) -> str:
    row = said["tables"]["payback"]["rows"][0]
    many = len(said["years"])
    begun = (
        f"In these {many} years the plan pays back in {_of_100(row['within'])} possible futures."
    )
    if row["q50"] is None:
        return f"{begun} In half of them or more it does not."
    if row["q50"] == 0:
        return f"{begun} In half of them or more it is never behind."
    return f"{begun} In half of them it has after {row['q50']:,} months."


def _returned(rows: list[Row]) -> str:
    if not rows:
        return ""
    low, middle, high = (words.money(rows[0][key]) for key in ("q05", "q50", "q95"))
    return (
        f"Each pound put in brings back {middle} in the middle, and {low} to {high} in 90 of 100."
    )


def _true(row: Row) -> dict[str, str]:
    beyond = (
        "No effect as strong was drawn, so this is beyond what is assumed." if row["beyond"] else ""
    )
    return {
        "effect": row["effect"],
        "assumed": f"{row['assumed']:.2f}",
        "needed": f"{row['needed']:.2f}",
        "share": f"{row['share']:g} times",
        "beyond": beyond,
    }


def _hub(tables: Mapping[str, Any], years: Sequence[str]) -> list[dict[str, str]]:
    if "how_full" not in tables or "turned_away" not in tables:
        return []
    away = {row["year"]: row for row in tables["turned_away"]["rows"]}
    full = {row["year"]: row for row in tables["how_full"]["rows"] if row["bed"] == "Whole hub"}
    return [
        {
            "year": year,
            "places": f"{full[year]['places']:g}",
            "full": _share(full[year]["mean"]),
            "range": f"{_share(full[year]['q05'])} to {_share(full[year]['q95'])}",
            "free": f"{full[year]['free']:,.0f}",
            "away": f"{away[year]['mean']:g}",
            "away_range": f"{away[year]['q05']:g} to {away[year]['q95']:g}",
        }
        for year in years
        if year in full and year in away
    ]


def _few(rows: list[Row], letters: int) -> list[Row]:
    """The first of them, as many as there is room for, and the last: all of them together."""
    return [*rows[:-1][: letters // AN_AWARD], *rows[-1:]]


def _award(row: Row, letters: int) -> dict[str, Any]:
    def between(part: str) -> tuple[str, str]:
        low, high = (words.money(row[f"{part}{bound}"]) for bound in ("low", "high"))
        return low, "" if low == high else f"to {high}"

    return {
        "words": cut(row["words"], letters),
        "year": row["year"],
        "payer": PAYERS.get(row["payer"], ""),
        "parts": [between(part) for part in ("", "council_", "central_")],
        "source": cut(row["source"] or "", letters),
    }


def _beside(tables: Mapping[str, Any]) -> str:
    """The council's net saving with the awards beside it, in a sentence of its own."""
    rows = tables.get("beside", {"rows": []})["rows"]
    if not rows or rows[-1]["low"] is None:
        return ""
    last = rows[-1]
    net, low, high = (words.money(last[key]) for key in ("net", "with_low", "with_high"))
    return (
        f"Over all years, discounted, the council's net saving is {net} on average. With its part "
        f"of the awards beside it, it is {low} to {high}: money given, and not saved."
    )


def _shape(table: Mapping[str, Any]) -> dict[str, Any]:
    """The team in a sentence, and what is beside it."""

    def said(row: Row) -> str:
        return f"{row['what'][0].lower()}{row['what'][1:]}: {row['each_hub']:g}"

    parts: dict[str, list[Row]] = {}
    for row in table["rows"]:
        parts.setdefault(row["part"], []).append(row)
    team = list({row["what"]: row for row in parts["Team"]}.values())
    beds = "; ".join(said(row) for row in parts.get("Beds", []))
    beside = [f"{row['what']}: {row['all_hubs']:g}" for row in parts.get("Beside", [])]
    outreach = parts["Outreach"][0]["each_hub"]
    return {
        "team": ", ".join(said(row) for row in team[:-1]),
        "whole": f"{team[-1]['each_hub']:g}",
        "beds": beds,
        "beside": "; ".join(beside),
        "outreach": "" if outreach is None else f"{outreach:g}",
        "load": parts["Load"][0]["each_hub"],
        "denominator": table["denominator"],
    }


def _sized(tables: Mapping[str, Any]) -> str:
    """The answer of the sizing in a line: its first sentence, and what the plan's hub would do."""
    if "sizing" not in tables:
        return ""
    answer = tables["sizing"]["denominator"].partition(". ")[0]
    low, mean, high = (f"{row['everybody']:.1%}" for row in tables["sizing"]["rows"][:3])
    return f"{answer}. The plan's would turn away {mean} of them ({low} to {high})."


def _share(part: float | None) -> str:
    return "not known" if part is None else f"{part:.0%}"


def _effect(row: Row, letters: int) -> dict[str, str]:
    return {
        "effect": row["effect"],
        "middle": f"{row['q50']:.2f}",
        "range": f"{row['q05']:.2f} to {row['q95']:.2f}",
        "months": f"{row['months']}",
        "source": cut(row["source"], letters),
    }


def _price(rate: Row, letters: int) -> dict[str, str]:
    low, mode, high = (words.money(rate[key] / 100) for key in ("low", "mode", "high"))
    return {
        "item": cut(rate["item"].replace("_", " ").capitalize(), 60),
        "price": f"{mode} a {rate['unit']}" if rate["unit"] != "event" else f"{mode} each",
        "range": "as given" if low == high else f"{low} to {high}",
        "of": rate["price_year"],
        "payer": f"{PAYERS[rate['payer']]}, {CLASSES[rate['class']]}",
        "source": cut(rate["source"], letters // 3),
    }


def _pounds(value: float | None) -> str:
    return "not given" if value is None else words.money(value)
