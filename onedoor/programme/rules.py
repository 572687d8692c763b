"""What may be brought to make a baseline, and what may not."""

from collections.abc import Sequence

from onedoor.team.rules import NotNow

# Ten returns of twelve tables each.
MOST_FILES = 120
MOST_BYTES = 64 * 1024 * 1024
LONGEST_NAME = 100

YOUNGEST, OLDEST = 0, 25
# The band of the model's cohort in most councils that have published one.
USUAL_AGES = (12, 17)


def check_ages(ages: tuple[int, int]) -> None:
    youngest, oldest = ages
    if not YOUNGEST <= youngest <= oldest <= OLDEST:
        raise NotNow(
            f"Ages {youngest} to {oldest} are not a band. "
            f"Enter two ages from {YOUNGEST} to {OLDEST}, the younger first."
        )


def check_files(sizes: Sequence[int]) -> None:
    if not sizes:
        raise NotNow("Choose the files of at least one return: its header and its episodes.")
    if len(sizes) > MOST_FILES:
        raise NotNow(f"Choose at most {MOST_FILES} files at once.")
    if sum(sizes) > MOST_BYTES:
        raise NotNow(f"Together the files must be at most {MOST_BYTES // 1024**2} MB.")


def told_apart(names: Sequence[str]) -> list[str]:
    """Each name once: two years' files are often called the same, and browsers drop the folder."""
    given: list[str] = []
    for name in names:
        short, number = name[-LONGEST_NAME:], 2
        while short in given:
            short = f"{name[-LONGEST_NAME:]} ({number})"
            number += 1
        given.append(short)
    return given
