"""What a forecast cannot know, in plain English, to be shown beside it."""

import math

from onedoor.evidence.model import prior
from onedoor.evidence.model.fit import Fit
from onedoor.evidence.model.states import State

LEAST = 0.0005  # a trend that would be shown as 0.0%
FEW = 24  # months watched, below which a trend cannot be told from chance


def of(found: Fit, kinds: tuple[State, ...], replications: int, months: int) -> tuple[str, ...]:
    """The sentences that belong to this forecast."""
    watched = int(found.counts.months)
    said = [
        f"If things go on as they have: rates are those of the {watched} months to "
        f"{found.careers.last:%B %Y}, and no change of practice, price or law is foreseen.",
        f"{replications:,} replications, each with its own rates as far as they are in doubt, its "
        "own good and bad years of arrivals, and its own chance.",
        "Everybody leaves on the 18th birthday: those who stay on with their carers after it are "
        "not in the return.",
        "A stay that begins and ends between the last days of two months is not seen.",
        _leaning(found),
        _trend(found),
    ]
    if watched < FEW:
        said.append(
            f"Only {watched} months of returns: good and bad years are those of councils in "
            "general. Supply more years."
        )
    if months > watched:
        said.append(
            f"It looks {months} months ahead from {watched} months of returns: the further ahead "
            "of that, the less it is worth."
        )
    if found.own_years:
        said.append(
            "Good and bad years of arrivals are only those that these returns show: for most "
            "councils such intervals are too narrow."
        )
    said += [f"{kind.words}: {kind.note}" for kind in kinds if kind.note]
    return (*said, *found.noted)


def _trend(found: Fit) -> str:
    yearly = math.expm1(found.belief.trend)
    if abs(yearly) < LEAST:
        return (
            "Arrivals are taken to go neither up nor down: the years supplied bear no trend. That "
            "there may be one is in the spread."
        )
    direction = "up" if yearly > 0 else "down"
    return (
        f"Arrivals are taken to go {direction} by about {abs(yearly):.1%} a year, as far as "
        "the years supplied bear a trend; how far that holds is in the spread."
    )


def _leaning(found: Fit) -> str:
    england = prior.england()
    return (
        "Where little was seen, rates lean on the rest of this council's own, and those of leaving "
        f"a kind of home on England's in the year to {england:%B %Y}, as if {found.kappa:g} months "
        "of one young person more had been watched in each cell. The weight is our judgement."
    )
