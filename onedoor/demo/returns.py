"""Five invented yearly returns of Northmoor: SSDA903 header and episodes, as a council exports
them, with the few slips of the hand that real ones have."""

from datetime import date
from random import Random

from onedoor.evidence import synth
from onedoor.evidence.ssda903 import codes

YEARS, CHILDREN = 5, 230


def five_years(rng: Random, on: date) -> list[tuple[str, bytes]]:
    """The last five returns that have ended by a day: pairs of a file's name and its bytes."""
    ended = on.year if on >= date(on.year, 4, 1) else on.year - 1
    # Later years' codes are not known yet; a demonstration then is of the last that are.
    first = min(ended, codes.LAST_YEAR) - YEARS + 1
    seed = rng.randrange(2**32)
    council = synth.council(seed, children=CHILDREN, years=YEARS, first_year=first)
    # Northmoor is on no map, so only its returns can say which homes are inside it.
    clean = synth.returns(council, tables=("header", "episodes"), says_where=True)
    return synth.dirtied(clean, seed)
