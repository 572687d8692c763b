"""What the council does with its own numbers."""

from collections.abc import Sequence
from datetime import datetime

from onedoor.evidence import baseline, ssda903
from onedoor.programme import rules
from onedoor.programme.models import Baseline
from onedoor.team import queries as team_queries
from onedoor.team import record
from onedoor.team.models import Account
from onedoor.team.rules import NotNow


def make_baseline(
    *, by: Account, at: datetime, files: Sequence[tuple[str, bytes]],
    ages: tuple[int, int] = rules.USUAL_AGES,
) -> Baseline:  # fmt: skip
    """Count the council as it is from its returns. All of it is kept, or nothing; never the files.

    `files` are pairs of a name and its bytes, of one or several returns.
    """
    team_queries.must_hold(by, "keep_baseline", at.date())
    rules.check_ages(ages)
    rules.check_files([len(data) for _, data in files])
    names = rules.told_apart([name for name, _ in files])
    # Counted before the change opens: nobody should wait to write while we read files.
    try:
        reading = ssda903.read_files(zip(names, (data for _, data in files), strict=True))
        council = baseline.baseline(reading, ages=ages)
    except ssda903.Refused as refused:
        raise NotNow(refused.sentence) from refused
    with record.change("programme.make_baseline", by=by, at=at):
        return Baseline.objects.create(
            made_at=at,
            made_by=by,
            youngest=ages[0],
            oldest=ages[1],
            counted=council.as_dict(),
            pictures={table.name: council.picture(table.name) for table in council.tables},
            repairs=[list(line) for line in reading.lines.iter_rows()],
            repairs_count=reading.lines.height,
        )
