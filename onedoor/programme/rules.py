"""What may be brought to make a baseline, and what may not."""

from collections.abc import Sequence
from datetime import datetime, timedelta

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


# A costing's states, and the moves between them. The database refuses every other move.
WAITING, RUNNING, DONE, STOPPED, REFUSED = "waiting", "running", "done", "stopped", "refused"
STATES = (WAITING, RUNNING, DONE, STOPPED, REFUSED)
MOVES = {
    WAITING: (RUNNING,),
    RUNNING: (DONE, STOPPED, REFUSED),
    STOPPED: (WAITING,),
    DONE: (),
    REFUSED: (),
}
# A worker speaks at least every few seconds; silent for so long, it is not there any more.
SILENT = timedelta(minutes=5)
SLOW_TO_BEGIN = timedelta(minutes=1)
LONGEST_RATE_CARD = 1024 * 1024
REPLICATIONS = {1_000: "1,000, for a look", 10_000: "10,000, to publish"}


def is_lost(state: str, heard_at: datetime | None, at: datetime, *, is_queued: bool) -> bool:
    """Whether whoever ran it, or took it to run it, has gone without a word."""
    if state == WAITING:
        return not is_queued
    return state == RUNNING and (heard_at is None or at - heard_at > SILENT)


def check_may_run_again(
    state: str, heard_at: datetime | None, at: datetime, *, is_queued: bool
) -> None:
    if state == STOPPED or is_lost(state, heard_at, at, is_queued=is_queued):
        return
    raise NotNow(
        {
            WAITING: "It is waiting for its turn already.",
            RUNNING: "It is running. If the worker has gone, this can be asked again in 5 minutes.",
            DONE: "It is done, and kept as it was made.",
            REFUSED: "It was refused, and would be again. Mend the draft and cost it afresh.",
        }[state]
    )


def check_rate_card(size: int) -> None:
    if size > LONGEST_RATE_CARD:
        raise NotNow("A rate card is at most 1 MB.")
