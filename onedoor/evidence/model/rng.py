"""Random numbers that are looked up, not rolled: the same number for the same question, always.

A number depends on the seed, the replication, the person and which draw of theirs it is, and on
nothing else: not on threads, not on how work is cut into blocks, not on what anybody else does. So
two ways of computing agree to the last bit, and a council with the model and the same council
without it live through the same luck, which takes luck out of their difference.

The algorithm is SplitMix64 (Steele, Lea and Flood, *Fast splittable pseudorandom number
generators*, OOPSLA 2014), with the finaliser that Stafford calls variant 13. Every person has a
SplitMix64 of their own; its seed is a chain of finalised sums over seed, replication and person,
and its n-th output is reached in one step, because its state moves by a constant. Ten million
people who each draw 61 times share a stretch of it with a chance of about 1 in 3,000, and then two
of them do.

Numbers are float64 in the open interval (0, 1): the middles of 2^52 equal steps.
"""

import hashlib

import numpy as np
from numpy.typing import ArrayLike, NDArray

from onedoor.evidence.refusal import Refused

Keys = NDArray[np.uint64]
Reals = NDArray[np.float64]

GOLDEN = np.uint64(0x9E3779B97F4A7C15)  # the odd number nearest 2^64 divided by the golden ratio
FIRST = np.uint64(0xBF58476D1CE4E5B9)
SECOND = np.uint64(0x94D049BB133111EB)
STEP = 2.0**-52

# The council's own draws (how many arrive, whose turn it is) are those of person 0.
COUNCIL = 0
# People who are there on the first day are 1, 2, 3 and so on; those who arrive later are numbered
# by month, cell and turn, so that one person more in one cell changes nobody else's number.
MONTH_AT, CELL_AT = np.uint64(40), np.uint64(20)


def mixed(bits: Keys) -> Keys:
    """The finaliser: each bit of what goes in turns about half the bits of what comes out."""
    bits = (bits ^ (bits >> np.uint64(30))) * FIRST
    bits = (bits ^ (bits >> np.uint64(27))) * SECOND
    return bits ^ (bits >> np.uint64(31))


def seeded(seed: int, replications: ArrayLike) -> Keys:
    """The key of each replication, same shape as `replications` (whole numbers from 0).

    Refused where the seed is not a whole number from 0 to 2^64 - 1.
    """
    return within(mixed(np.array(checked(seed), np.uint64).reshape(1)), replications)


def checked(seed: int) -> int:
    """The seed, where it is one. Refused where it is not a whole number from 0 to 2^64 - 1."""
    if not 0 <= seed < 2**64:
        raise Refused(f"The seed is {seed}. Give a whole number from 0 to 2^64 - 1.")
    return seed


def stream(name: str, *numbers: int) -> np.random.Generator:
    """A generator for numbers that need not be looked up: those of one `name` and `numbers` have
    nothing to do with those of any other, even where both begin with the same seed.

    (NumPy takes the seeds 1 and [1, 0] for the same, so a name is put in front.)
    """
    digest = hashlib.sha256(name.encode()).digest()[:8]
    seed = [int.from_bytes(digest, "big"), *(checked(number) for number in numbers)]
    return np.random.Generator(np.random.PCG64(seed))


def within(keys: Keys, numbers: ArrayLike) -> Keys:
    """The key of the so-manieth thing within each key: a person of a replication, say. `keys` and
    `numbers` are broadcast against each other."""
    whole = np.atleast_1d(np.asarray(numbers)).astype(np.uint64)
    return mixed(keys + (whole + np.uint64(1)) * GOLDEN)


def arrival(month: int, cell: Keys, turn: Keys) -> Keys:
    """The number of somebody who arrives: `turn` counts those of one cell in one month."""
    return (np.array([month + 1], np.uint64) << MONTH_AT) | (cell << CELL_AT) | turn


def uniform(keys: Keys, which: ArrayLike) -> Reals:
    """The draw number `which` (from 0) of each key, in (0, 1). Broadcast against each other."""
    steps = np.atleast_1d(np.asarray(which)).astype(np.uint64)
    bits = mixed(keys + steps * GOLDEN) >> np.uint64(12)
    return (bits.astype(np.float64) + 0.5) * STEP


def normal(keys: Keys, which: int = 0) -> Reals:
    """A standard normal number for each key, from draws 2 `which` and 2 `which` + 1 of it.

    Box and Muller, *A note on the generation of random normal deviates*, 1958.
    """
    far, turn = uniform(keys, 2 * which), uniform(keys, 2 * which + 1)
    out: Reals = np.sqrt(-2 * np.log(far)) * np.cos(2 * np.pi * turn)
    return out
