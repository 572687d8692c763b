"""Counting the council as it is, and keeping or letting go the returns it is counted from."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from onedoor.evidence import baseline, ssda903
from onedoor.evidence.model import fit
from onedoor.evidence.ssda903 import hubs
from onedoor.programme import packing, rules
from onedoor.programme.models import Baseline, Costing, PricedBaseline, Returns
from onedoor.team import queries as team_queries
from onedoor.team import record
from onedoor.team.models import Account
from onedoor.team.rules import NotNow

Files = Sequence[tuple[str, bytes]]
# The name and the bytes of the council's own list of hubs.
HubsFile = tuple[str, bytes]


def make_baseline(
    *, by: Account, at: datetime, files: Files, ages: tuple[int, int] = rules.USUAL_AGES,
    authority: str = "", hubs_file: HubsFile | None = None,
) -> Baseline:  # fmt: skip
    """Count the council as it is from its returns. All of it is kept, or nothing; never the files.

    `files` are pairs of a name and its bytes, of one or several returns. `authority`: whose they
    are, where they do not say it themselves.
    """
    team_queries.must_hold(by, "keep_baseline", at.date())
    # Counted before the change opens: nobody should wait to write while we read files.
    made, _ = _counted(by, at, _told_apart(files), ages, authority, hubs_file)
    with record.change("programme.make_baseline", by=by, at=at):
        made.save(force_insert=True)
    return made


def keep_returns(
    *, by: Account, at: datetime, name: str, files: Files,
    ages: tuple[int, int] = rules.USUAL_AGES, authority: str = "",
    hubs_file: HubsFile | None = None,
) -> Returns:  # fmt: skip
    """Keep the files of several returns until somebody lets them go, with a baseline of them.

    What is kept with them is whose they turned out to be, said by `authority` or by themselves. The
    same files of another authority, or with another list of hubs, are kept beside the first.
    Refused where no costing could ever be made from them.
    """
    team_queries.must_hold(by, "keep_costing", at.date())
    named = _told_apart(files)
    made, seen = _counted(by, at, named, ages, authority, hubs_file)
    homes = _homes(seen)
    whose = str(made.counted["authority"])
    hubs_name = hubs_file[0][-rules.LONGEST_NAME :] if hubs_file else ""
    list_of_hubs = hubs_file[1].decode("utf-8-sig") if hubs_file else ""
    of_files = packing.digest(named)
    digest = packing.digest_with(of_files, authority=whose, hubs=list_of_hubs)
    before = Returns.objects.filter(digest=digest).first()
    if before is not None and before.packed is not None:
        raise NotNow(_kept_already(before))
    with record.change("programme.keep_returns", by=by, at=at):
        made.save(force_insert=True)
        facts = {
            "name": name,
            "of_files": of_files,
            "packed": packing.packed(named),
            "authority": whose,
            "hubs_name": hubs_name,
            "hubs": list_of_hubs,
            "last_year": made.counted["years"][-1],
            "homes": list(homes),
            "baseline": made,
            "kept_at": at,
            "kept_by": by,
            "let_go_at": None,
            "let_go_by": None,
        }
        kept, new = Returns.objects.get_or_create(digest=digest, defaults=facts)
        # Somebody else may have brought them while we counted: the first stays.
        let_go_before = Returns.objects.filter(pk=kept.pk, packed__isnull=True)
        if not new and not let_go_before.update(**facts):
            raise NotNow(_kept_already(kept))
        kept.refresh_from_db()
    return kept


def _kept_already(kept: Returns) -> str:
    return f"These files are kept already, as “{kept.name}”. Use those."


def let_go(*, by: Account, at: datetime, returns: Returns) -> Returns:
    """Let the files go. What was counted and costed from them stays as it was made."""
    team_queries.must_hold(by, "keep_costing", at.date())
    with record.change("programme.let_go", by=by, at=at):
        kept = Returns.objects.select_for_update().get(pk=returns.pk)
        under_way = Costing.objects.filter(returns=kept, state__in=(rules.WAITING, rules.RUNNING))
        if under_way.exists():
            raise NotNow("A costing is being made from these files. Let them go when it has ended.")
        if kept.packed is not None:
            kept.packed, kept.hubs, kept.let_go_at, kept.let_go_by = None, "", at, by
            kept.save(update_fields=["packed", "hubs", "let_go_at", "let_go_by"])
            # The one other place that holds lines about young people one by one.
            PricedBaseline.objects.filter(costing__returns=kept).update(going_on=None)
    return kept


def _told_apart(files: Files) -> list[tuple[str, bytes]]:
    rules.check_files([len(data) for _, data in files])
    names = rules.told_apart([name for name, _ in files])
    return list(zip(names, (data for _, data in files), strict=True))


def _homes(seen: ssda903.Reading) -> tuple[str, ...]:
    """The kinds of home in which anybody lived, as a costing will see them.

    Raises NotNow where these returns hold too little for a costing: its worker would only say so
    later.
    """
    try:
        return fit.fit(seen).careers.states
    except ssda903.Refused as refused:
        raise NotNow(
            f"No costing could be made from these: {refused.sentence} A baseline can be made of "
            "them as they are."
        ) from refused


def _counted(
    by: Account, at: datetime, files: Files, ages: tuple[int, int], authority: str,
    hubs_file: HubsFile | None,
) -> tuple[Baseline, ssda903.Reading]:  # fmt: skip
    """The baseline of these files, not yet saved, and what a costing will be made from.

    Raises NotNow where they cannot be counted.
    """
    rules.check_ages(ages)
    try:
        lists = hubs.of_bytes(*hubs_file) if hubs_file else None
        reading = ssda903.read_files(files)
        council = baseline.baseline(
            reading,
            ages=ages,
            authority=authority or None,
            lists=lists,
            cache=settings.POSTCODES,
        )
    except ssda903.Refused as refused:
        raise NotNow(refused.sentence) from refused
    made = Baseline(
        made_at=at,
        made_by=by,
        youngest=ages[0],
        oldest=ages[1],
        counted=council.as_dict(),
        pictures={table.name: council.picture(table.name) for table in council.tables},
        repairs=[list(line) for line in reading.lines.iter_rows()],
        repairs_count=reading.lines.height,
    )
    return made, council.reading
