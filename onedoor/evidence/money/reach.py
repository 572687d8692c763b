"""Only those are simulated who can be counted: a baby is no adolescent within five years."""

from dataclasses import replace

from onedoor.evidence.model.draws import Draws
from onedoor.evidence.model.grid import Population


def in_reach(rates: Draws, people: Population, first: int, months: int) -> tuple[Draws, Population]:
    """The rates and the people without those too young to be `first` months old within so many
    months. Where nothing has a limit nobody's life depends on theirs, so no figure of those who
    are old enough means anything else without them; their luck is that of other numbers."""
    ages, least = rates.grid.ages, first - months
    cut = max([0, *(band for band, edge in enumerate(ages[:-1]) if edge <= least)])
    kept = people.age >= max(least, ages[cut])
    return (
        Draws(
            replace(rates.grid, ages=ages[cut:]),
            rates.stay[:, cut:],
            rates.to[:, cut:],
            rates.same[:, cut:],
            rates.arrivals[:, cut:],
            rates.level,
        ),
        Population(people.age[kept], people.duration[kept], people.state[kept]),
    )
