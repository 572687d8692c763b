"""Walk the whole record and say whether anybody has rewritten it."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from onedoor.team import record

MANY = 100_000


def _anchor(words: str) -> tuple[int, str]:
    """NUMBER:DIGEST, as this command printed it on another day."""
    number, _, digest = words.partition(":")
    if not number.isdecimal() or len(digest) != len(record.START):
        raise CommandError(
            f"An anchor is a line's number, a colon and its digest of {len(record.START)} letters, "
            f"not “{words}”."
        )
    return int(number), digest.lower()


class Command(BaseCommand):
    help = "Walk the whole record and say whether anybody has rewritten it."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--anchor",
            action="append",
            default=[],
            metavar="NUMBER:DIGEST",
            help="a line noted earlier; may be given more than once",
        )

    def handle(self, *args: Any, anchor: list[str], **options: Any) -> None:
        anchors = [_anchor(words) for words in anchor]
        began, next_word = time.perf_counter(), MANY

        def told(number: int) -> None:
            nonlocal next_word
            if number >= next_word:
                self.stderr.write(f"… {number:,} lines")
                next_word = number + MANY

        verdict = record.verify(anchors, told=told)
        took = time.perf_counter() - began
        self.stdout.write(f"{verdict.lines:,} lines in {took:.1f} seconds")
        self.stdout.write(f"Anchor {verdict.number}:{verdict.head}")
        for fault in verdict.faults:
            self.stdout.write(fault)
        if not verdict.sound:
            raise CommandError("The record is not sound.", returncode=1)
        self.stdout.write("The record is sound.")
