"""What a forecast cannot know, in plain English, to be shown beside it."""

from onedoor.evidence.model.fit import Fit
from onedoor.evidence.model.states import State

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
    yearly = found.belief.trend
    direction = "up" if yearly > 0 else "down"
    return (
        f"Arrivals are taken to go {direction} by about {abs(yearly):.1%} a year, as far as "
        "the years supplied bear a trend; how far that holds is in the spread."
    )
