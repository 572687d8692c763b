"""The tables of a sizing."""

import math
from dataclasses import dataclass

import polars as pl

from onedoor.evidence.sizing import erlang, judged, kept_free
from onedoor.evidence.sizing.chain import Hub
from onedoor.evidence.sizing.loss import Simulated
from onedoor.evidence.sizing.question import Question
from onedoor.evidence.table import Column, Table

SHARE = "0 to 1"


@dataclass(frozen=True, slots=True)
class Needed:
    """So many places at this load. `way`: on the average of the record, averaged over the doubt
    it leaves, or as sure as was asked; `bunched`: simulated with batches; `split`: into residential
    and emergency places, where both kinds of stay are to hold."""

    way: str
    bunched: bool
    load: float
    places: int
    split: str = ""


def this_hub(question: Question, exact: Hub | None, simulated: Simulated) -> Table:
    places, load = question.places, question.demand.load
    plain = float(erlang.refused(places, load))
    full = float(erlang.occupancy(places, load))
    rows: list[tuple[str, float, float, float, float, float | None]] = [
        ("The formula, every place open to everybody", plain, plain, plain, full, None)
    ]
    if exact is not None:
        rows.append(("Solved exactly, two kinds of place", *_of(exact), None))
    rows.append(("Simulated, as they come", *_borne(question, simulated), simulated.mcse_all))
    coming = question.demand.planned_per_year + question.demand.crisis_per_year
    return Table(
        "this_hub",
        f"A hub of {question.residential}+{question.emergency} places",
        (
            Column("way", "How it was found"),
            Column("planned", "Of planned stays, turned away", SHARE),
            Column("crisis", "Of stays in a crisis, turned away", SHARE),
            Column("everybody", "Of all who come, turned away", SHARE),
            Column("a_year", "Turned away a year", "young people"),
            Column("occupancy", "Places taken on an average night", SHARE),
            Column("mcse", "Monte Carlo standard error of all", SHARE),
        ),
        pl.DataFrame(
            [
                {
                    "way": way,
                    **_by_kind(question, planned, crisis),
                    "everybody": everybody,
                    "a_year": everybody * coming
                    if mcse is None
                    else bear(everybody * coming, mcse * coming),
                    "occupancy": taken,
                    "mcse": mcse,
                }
                for way, planned, crisis, everybody, taken, mcse in rows
            ],
            schema={
                "way": pl.String,
                **dict.fromkeys(
                    ("planned", "crisis", "everybody", "a_year", "occupancy", "mcse"), pl.Float64
                ),
            },
        ),
        f"{_coming(question)} A load of {load:.2f} places.",
        question.source,
        (
            "Whether the free place would have been the right one.",
            "Good and bad years: that is the doubt in the table of places needed.",
        ),
    )


def other_hubs(question: Question, hubs: list[tuple[str, Hub]]) -> Table:
    cost = question.night_cost
    rows = []
    for words, hub in hubs:
        places = hub.residential + hub.emergency
        free = kept_free.kept_free(places, hub.occupancy, cost)
        rows.append(
            {
                "hub": words,
                "residential": hub.residential,
                "emergency": hub.emergency,
                **_by_kind(question, hub.refuse_planned, hub.refuse_crisis),
                "occupancy": hub.occupancy,
                "free_nights": free.nights,
                "free_cost": free.a_year,
            }
        )
    schema = {
        "hub": pl.String,
        "residential": pl.Int64,
        "emergency": pl.Int64,
        **dict.fromkeys(("planned", "crisis", "occupancy", "free_nights"), pl.Float64),
        "free_cost": pl.Float64,
    }
    unpriced = () if cost is not None else ("What free nights cost: no cost of a night was given.",)
    return Table(
        "other_hubs",
        "What another place, or sharing, would change",
        (
            Column("hub", "Hub"),
            Column("residential", "Residential places", "places"),
            Column("emergency", "Emergency places", "places"),
            Column("planned", "Of planned stays, turned away", SHARE),
            Column("crisis", "Of stays in a crisis, turned away", SHARE),
            Column("occupancy", "Places taken on an average night", SHARE),
            Column("free_nights", "Nights free", "nights a year"),
            Column("free_cost", "Cost of nights free", "£ a year"),
        ),
        pl.DataFrame(rows, schema=schema),
        "Solved exactly for arrivals one by one: a floor. Two hubs see twice the demand.",
        question.source,
        ("Batches: they turn more away in each of these.", *unpriced),
    )


def needed(question: Question, found: list[Needed]) -> Table:
    seen, whose, allows = "the record", "the record's", "what the record allows"
    unseen = "the record has not"
    if question.futures:
        seen, whose, allows = "the futures", "the futures'", "the futures"
        unseen = "none of the futures has"
    words = {
        "average": f"on {whose} average",
        "doubt": f"averaged over {allows}",
        "sure": f"sure in {question.assurance:.0%} of {allows}",
    }
    rows = []
    for each in found:
        taken = float(erlang.occupancy(each.places, question.demand.load)) if each.places else 0.0
        free = kept_free.kept_free(each.places, taken, question.night_cost)
        how = "Simulated with batches" if each.bunched else "Formula, one by one"
        if each.split:
            how = f"Solved exactly, as {each.split}"
        rows.append(
            {
                "way": f"{how}: {words[each.way]}",
                "load": each.load,
                "places": each.places,
                "occupancy": taken,
                "free_nights": free.nights,
                "free_cost": free.a_year,
            }
        )
    schema = {
        "way": pl.String,
        "load": pl.Float64,
        "places": pl.Int64,
        **dict.fromkeys(("occupancy", "free_nights", "free_cost"), pl.Float64),
    }
    return Table(
        "needed",
        f"Places needed so that at most {question.refusal:.1%} are turned away",
        (
            Column("way", "How it was found"),
            Column("load", "Load", "places"),
            Column("places", "Places needed", "places"),
            Column("occupancy", f"Taken on an average night of {seen}", SHARE),
            Column("free_nights", "Nights free", "nights a year"),
            Column("free_cost", "Cost of nights free", "£ a year"),
        ),
        pl.DataFrame(rows, schema=schema),
        "Every place open to everybody but where it says how they are split. The last line is the "
        "answer.",
        question.source,
        (
            f"Demand of a kind that {unseen} seen.",
            "That some places should be kept for a crisis: then more are needed.",
        ),
    )


def curve(question: Question) -> Table:
    rows = [
        {"places": places, "occupancy": full, "refused": refused}
        for places in sorted({*judged.sizes(), question.places})
        for full, refused in kept_free.curve(places)
    ]
    return Table(
        "curve",
        "The fuller a home is kept, the more it turns away",
        (
            Column("places", "Places", "places"),
            Column("occupancy", "Places taken on an average night", SHARE),
            Column("refused", "Of all who come, turned away", SHARE),
        ),
        pl.DataFrame(
            rows, schema={"places": pl.Int64, "occupancy": pl.Float64, "refused": pl.Float64}
        ),
        "Every place open to everybody, arrivals one by one: a floor.",
        "Any year: a law of numbers and not of a council.",
        ("Batches, which lift every line.",),
    )


def _by_kind(question: Question, planned: float, crisis: float) -> dict[str, float | None]:
    """The shares of both kinds; blank for a kind of which nobody comes."""
    demand = question.demand
    return {
        "planned": planned if demand.planned_per_year > 0 else None,
        "crisis": crisis if demand.crisis_per_year > 0 else None,
    }


def _of(hub: Hub | Simulated) -> tuple[float, float, float, float]:
    return hub.refuse_planned, hub.refuse_crisis, hub.refuse_all, hub.occupancy


def _borne(question: Question, found: Simulated) -> tuple[float, float, float, float]:
    """As `_of`, with the digits that the simulation bears."""
    planned, crisis = question.demand.loads
    nights = (planned * found.mcse_planned + crisis * found.mcse_crisis) / question.places
    return (
        bear(found.refuse_planned, found.mcse_planned),
        bear(found.refuse_crisis, found.mcse_crisis),
        bear(found.refuse_all, found.mcse_all),
        bear(found.occupancy, nights),
    )


def bear(number: float, error: float) -> float:
    """The number, whose last digit is the first of its error."""
    return round(number, -math.floor(math.log10(error))) if error > 0 else number


def _coming(question: Question) -> str:
    demand, coming = question.demand, question.coming
    batch = max(coming.batch_planned, coming.batch_crisis)
    together = f" {batch:.2f} come together on average." if batch > 1 else " One by one."
    return (
        f"{demand.planned_per_year:.1f} planned stays a year of {demand.days_planned:.0f} days and "
        f"{demand.crisis_per_year:.1f} stays in a crisis a year of {demand.days_crisis:.0f} days."
        f"{together}"
    )
