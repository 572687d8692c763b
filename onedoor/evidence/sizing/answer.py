"""A sizing: one question answered by formula, exactly, and by simulation, with its doubt."""

from dataclasses import asdict, dataclass
from typing import Any

from onedoor.evidence import provenance
from onedoor.evidence.provenance import Provenance
from onedoor.evidence.refusal import Refused
from onedoor.evidence.sizing import assurance, chain, drawn, erlang, judged, loss, tabled
from onedoor.evidence.sizing.chain import Hub
from onedoor.evidence.sizing.loss import Simulated
from onedoor.evidence.sizing.question import Question
from onedoor.evidence.sizing.tabled import Needed
from onedoor.evidence.table import Table

LIMITS = (
    "The formula is a floor: it holds for arrivals one by one. With batches the simulation is the "
    "answer.",
    "Never size on the average night: half of all nights are busier. Never set a target occupancy: "
    "a place is worth having because it is free when somebody needs it.",
    "Turned away means that every place they could have was taken. Whether the free place is the "
    "right one for this young person, nobody can compute.",
    "Nobody waits here and nobody comes again: who is turned away goes elsewhere, often far away.",
    "Nobody can know whether demand stays as it was. A hub that does its work changes who comes "
    "and how long they stay, in both directions.",
)
MOST_STEPS = 60
MOST_SPLIT = 12.0  # the load of three hubs, beyond which trying every split takes seconds


@dataclass(frozen=True, slots=True, eq=False)
class Sizing:
    """`tables`: this_hub, other_hubs, needed, curve. `simulated`: this hub as they really come.

    `answer`: the fewest places, open to everybody, that hold the refusal as surely as was asked.
    `n`: arrivals simulated for each figure; `mcse` the greatest Monte Carlo standard error of a
    refusal of this hub; `limits`: sentences that a page must show beside the figures.
    """

    question: Question
    simulated: Simulated
    answer: int
    tables: tuple[Table, ...]
    n: int
    seed: int
    mcse: float
    limits: tuple[str, ...]
    provenance: Provenance

    def table(self, name: str) -> Table:
        return next(table for table in self.tables if table.name == name)

    def picture(self) -> str:
        """Refusals against occupancy for several sizes, with this hub in it: SVG."""
        return drawn.refusals(self.table("curve"), self.simulated)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON or a template."""
        return {
            "question": self.question.as_dict(),
            "answer": self.answer,
            "simulated": asdict(self.simulated),
            "tables": {table.name: table.as_dict() for table in self.tables},
            "n": self.n,
            "seed": self.seed,
            "mcse": self.mcse,
            "limits": list(self.limits),
            "provenance": asdict(self.provenance),
        }


def size(question: Question, *, arrivals: int | None = None, seed: int = 1) -> Sizing:
    """The answer, in about a tenth of a second for a hub or two.

    `arrivals`: how many to simulate for each figure. Raises `Refused` where nothing can be said.
    """
    arrivals = judged.whole("arrivals") if arrivals is None else arrivals
    simulated = loss.simulate(
        question.residential,
        question.emergency,
        question.demand,
        question.coming,
        arrivals=arrivals,
        seed=seed,
    )
    found = _needed(question, arrivals, seed)
    others = _others(question)
    tables = (
        tabled.this_hub(question, _solved(question), simulated),
        tabled.other_hubs(question, others),
        tabled.needed(question, found),
        tabled.curve(question),
    )
    return Sizing(
        question,
        simulated,
        found[-1].places,
        tables,
        simulated.arrivals,
        seed,
        max(simulated.mcse_planned, simulated.mcse_crisis),
        (*LIMITS, *_further(question, others)),
        provenance.of(
            seed=seed,
            inputs={"futures": list(question.futures)} if question.futures else {},
            parameters={**question.as_dict(), "arrivals": arrivals},
        ),
    )


def _solved(question: Question) -> Hub | None:
    try:
        return chain.solve(question.residential, question.emergency, question.demand)
    except Refused:
        return None


def _others(question: Question) -> list[tuple[str, Hub]]:
    """Other hubs that somebody choosing would ask about next, all exact."""
    r, e, demand = question.residential, question.emergency, question.demand
    asked = [
        ("This hub", r, e, demand),
        ("One more residential place", r + 1, e, demand),
        ("One more emergency place", r, e + 1, demand),
        ("Every place open to everybody", r + e, 0, demand),
        ("Two such hubs that pool their places", 2 * r, 2 * e, demand.times(2)),
    ]
    found = []
    for words, residential, emergency, coming in asked:
        try:
            found.append((words, chain.solve(residential, emergency, coming)))
        except Refused:  # too large to be solved exactly; `_further` says so
            continue
    return found


def _needed(question: Question, arrivals: int, seed: int) -> list[Needed]:
    load = question.demand.load
    loads = question.loads(seed)
    sure = assurance.load_at(loads, question.assurance)
    found = [
        Needed("average", False, load, erlang.places_for(load, question.refusal)),
        Needed("doubt", False, load, assurance.places_on_average(loads, question.refusal)),
        Needed("sure", False, sure, erlang.places_for(sure, question.refusal)),
    ]
    found[1:1] = _split(question)
    if question.bunches:
        for way, each in (("average", load), ("sure", sure)):
            places = _simulated_places(question, each, arrivals, seed)
            found.append(Needed(way, True, each, places))
    return found


def _split(question: Question) -> list[Needed]:
    """The fewest places of two kinds with which both kinds of stay hold, where both come."""
    demand = question.demand
    if min(demand.loads) == 0 or demand.load > MOST_SPLIT:
        return []
    try:
        hubs = chain.smallest(demand, question.refusal)
    except Refused:  # more than one hub holds
        return []
    split = " or ".join(f"{hub.residential}+{hub.emergency}" for hub in hubs)
    places = hubs[0].residential + hubs[0].emergency
    return [Needed("average", False, demand.load, places, split)]


def _simulated_places(question: Question, load: float, arrivals: int, seed: int) -> int:
    """The fewest places open to everybody that hold the refusal in simulation at this load.

    Hayward's estimate is too hopeful, so it is where the search begins.
    """
    demand = question.demand.times(load / question.demand.load)
    places = erlang.places_for(load, question.refusal)
    while float(erlang.bunched(places, load, _peakedness(question))) > question.refusal:
        places += 1
    for more in range(MOST_STEPS):
        found = loss.simulate(
            places + more, 0, demand, question.coming, arrivals=arrivals, seed=seed
        )
        if found.refuse_all <= question.refusal:
            return places + more
    raise Refused(
        f"Batches this large need more than {places + MOST_STEPS} places: they are no bunching of "
        "a hub's demand."
    )


def _peakedness(question: Question) -> float:
    """Of both kinds together, each by its share of the load: variances of what is independent
    add up."""
    planned, crisis = question.demand.loads
    coming = question.coming
    both = planned * erlang.peakedness(coming.batch_planned, coming.spread)
    both += crisis * erlang.peakedness(coming.batch_crisis, coming.spread)
    return both / question.demand.load


def _further(question: Question, others: list[tuple[str, Hub]]) -> list[str]:
    said = []
    if question.emergency and question.demand.crisis_per_year == 0:
        said.append(
            "Nobody is known to come in a crisis, so the emergency places stand empty here. Say "
            "which stays began in one: by the kind of home, or by how soon they ended."
        )
    if question.futures:
        said.append(
            f"The doubt is that of {len(question.futures):,} simulated futures: what none of them "
            "holds is not in it."
        )
    elif question.records is None:
        said.append(
            f"The numbers given are taken to come from {question.months:g} months of records: a "
            "longer record makes surer, with fewer places."
        )
    else:
        said.append(
            "Only those who were let in are counted. If these homes were often full, the others "
            "are in homes of another kind, and the demand is greater than it looks here."
        )
    if not question.bunches:
        said.append(
            "Everybody is taken to come one by one. Brothers and sisters together, or one crisis "
            "that sets off another, need more places: measure it from dated starts."
        )
    if len(others) < 5:
        said.append("Hubs too large to be solved exactly are left out of the comparison.")
    return said
