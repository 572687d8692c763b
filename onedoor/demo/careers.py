"""The ways of young people through Northmoor's homes, drawn from an invented council.

The council is `evidence.synth`'s, long after it took up the model: what comes after what, for how
long, and on which days somebody is missing, arrested or in hospital, follow from its chances.
What Northmoor calls each kind of home is in journeys.toml.
"""

from datetime import date, timedelta
from random import Random
from typing import Any

import polars as pl

from onedoor.demo.texts import told
from onedoor.evidence import synth

YEARS, FIRST_YEAR, CHILDREN = 5, 2018, 740
EVENTS = {"missing": "missing_on", "arrest": "arrested_on", "crisis": "in_hospital_on"}


def drawn(rng: Random, count: int) -> list[dict[str, Any]]:
    """That many journeys, in any order: some of them through a hub, as journeys.toml says."""
    council = _council(rng.randrange(2**32))
    rules = told("journeys.toml")["drawn"]
    careers = _careers(council)
    journeys = [journey for each in careers if (journey := _journey(rng, each, rules))]
    rng.shuffle(journeys)
    by_hub = [each for each in journeys if _meets_a_hub(each)]
    others = [each for each in journeys if not _meets_a_hub(each)]
    hubs = round(count * rules["through_a_hub"])
    chosen = by_hub[:hubs] + others[: count - hubs]
    rng.shuffle(chosen)
    return chosen


def _council(seed: int) -> synth.Council:
    """A council whose model has been whole for a year when the first of these come to it."""
    return synth.council(
        seed, children=CHILDREN, years=YEARS, first_year=FIRST_YEAR,
        causes=synth.causes_of("adopts"), adopted_on=date(FIRST_YEAR - 1, 4, 1),
    )  # fmt: skip


def _careers(council: synth.Council) -> list[dict[str, Any]]:
    """One for each adolescent who comes to be known after the model is whole: their homes one after
    the other (kind, days), until nobody needs to look any more, and what happened on which day."""
    spells = pl.concat(
        [
            council.edge.select(
                "child", pl.col("since").alias("start"), pl.col("until").alias("end"),
                pl.lit("family").alias("home"), pl.lit(False).alias("out"),
                pl.lit("").alias("status"), pl.lit("").alias("rec"),
            ),
            _stays(council),
        ]
    ).sort("child", "start")  # fmt: skip
    known = pl.col("start").first().over("child")
    spells = spells.join(council.people.select("child", "born"), on="child").filter(
        known >= council.first_day + timedelta(days=365),
        known < council.last_day - timedelta(days=2 * 365),
        (known - pl.col("born")).dt.total_days() > 12 * 365.25,
    )
    happened = council.happened.partition_by("child", as_dict=True)
    return [
        {
            "spells": rows.to_dicts(),
            "happened": happened[child].to_dicts() if child in happened else [],
            "last_day": council.last_day,
        }
        for child, rows in spells.partition_by("child", as_dict=True, maintain_order=True).items()
    ]


def _stays(council: synth.Council) -> pl.DataFrame:
    """Episodes to stays: a new legal status is no new home."""
    another = (pl.col("child") != pl.col("child").shift(1)).fill_null(True)
    new = pl.col("rne").is_in(["S", "P", "B"]) | another
    return (
        council.episodes.with_columns(new.cum_sum().alias("stay"))
        .group_by("stay", maintain_order=True)
        .agg(
            pl.col("child").first(), pl.col("decom").first().alias("start"),
            pl.col("dec").last().alias("end"), pl.col("home", "out", "status").first(),
            pl.col("rec").last(),
        )
        .drop("stay")
    )  # fmt: skip


def _journey(rng: Random, career: dict[str, Any], rules: dict[str, Any]) -> dict[str, Any] | None:
    """One career in Northmoor's words; None where Northmoor has no such home."""
    path: list[dict[str, Any]] = []
    spells, last_day = career["spells"], career["last_day"]
    comes_back, end = 0.0, spells[0]["start"]
    for spell in spells:
        if spell["start"] != end:
            comes_back = 1.0
            break
        end = spell["end"] or last_day
        days = max((end - spell["start"]).days, rules["fewest_days"])
        home = _home(rng, spell, days, not path, rules)
        if home is None:
            return None
        if path and path[-1]["home"] == home == "family-home":
            path[-1]["days"] = [path[-1]["days"][0] + days] * 2
        else:
            path.append({"home": home, "days": [days, days]})
        if spell["rec"] in rules["own_door"]:
            path.append({"home": "own-tenancy", "days": rules["own_door_days"]})
    begun = spells[0]["start"]
    found = {"path": path, "comes_back": comes_back, **_who(spells[0], begun)}
    for what, name in EVENTS.items():
        days = [(each["on"] - begun).days for each in career["happened"] if each["what"] == what]
        found[name] = [day for day in days if 2 <= day < (end - begun).days][: rules["most"]]
    return found


def _home(
    rng: Random, spell: dict[str, Any], days: int, first: bool, rules: dict[str, Any]
) -> str | None:
    if first and spell["home"] != "family" and days <= rules["emergency_days"]:
        return "emergency-bed"
    # In a council with a hub, a children's home inside the authority is the hub.
    inside = "inside" if not spell["out"] else "outside"
    called = rules[inside].get(spell["home"])
    return rng.choice(called) if isinstance(called, list) else called


def _who(first: dict[str, Any], begun: date) -> dict[str, Any]:
    rules = told("journeys.toml")
    age = (begun - first["born"]).days / 365.25
    cohort = "edge of care" if first["home"] == "family" else "looked after"
    who = {"cohort": cohort, "ages": [age, age], "brought": rules["brought"][cohort]}
    legal = rules["legal"].get(first["status"])
    return who | ({"legal": legal} if legal else {})


def _meets_a_hub(journey: dict[str, Any]) -> bool:
    return any(part["home"] in ("hub-bed", "emergency-bed") for part in journey["path"])
