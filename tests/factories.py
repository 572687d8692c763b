"""People for tests, made through the actions the screens use. All invented."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

from onedoor.door import actions as door
from onedoor.door.models import YoungPerson
from onedoor.team import actions as team
from onedoor.team import rules
from onedoor.team.models import Account, Hub

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
TODAY = NOW.date()
LONG_AGO = date(2020, 1, 1)
_number = count(1)


def a_hub(name: str = "") -> Hub:
    return team.open_hub(by=None, at=NOW, name=name or f"Hub {next(_number)}", opened_on=LONG_AGO)


def an_account(role: str, hub: Hub | None = None, name: str = "", **more) -> Account:
    """Somebody with one role, held long enough to be current on any test's day."""
    known = rules.roles()[role]
    n = next(_number)
    return team.join(
        by=None,
        at=NOW,
        name=name or f"{known.name} {n}",
        email=f"person{n}@example.org",
        agency=known.agency,
        role=role,
        hub=hub if known.at == "hub" else None,
        from_on=LONG_AGO,
        until_on=date(2035, 1, 1) if known.partner else None,
        **more,
    )


def a_manager(hub: Hub, **more) -> Account:
    return an_account("hub-manager", hub, **more)


def a_worker(hub: Hub, **more) -> Account:
    return an_account("residential-worker", hub, **more)


def a_referral(
    at: datetime = NOW, name: str = "Robin Example", brought_by: str = "family", **more: str
):
    """A referral that waits at the door."""
    referral = door.open_referral(by=None, at=at, brought_by=brought_by)
    said = {
        "referrer_name": "Gran Example",
        "young_person_name": name,
        "worried": "Not sleeping at home since Sunday.",
        "referrer_relation": "Gran",
        "referrer_reach": "By telephone, after four",
        "danger": "No",
    }
    door.save_step(by=None, at=at, referral=referral, step="all", said=said | more, finished=True)
    return door.refer(by=None, at=at, referral=referral)


def a_young_person(
    hub: Hub,
    manager: Account,
    key_worker: Account | None = None,
    name: str = "",
    at: datetime = NOW - timedelta(days=30),
    born_on: date = date(2011, 3, 4),
    **more,
) -> YoungPerson:
    name = name or f"Robin Example{next(_number)}"
    return door.welcome(
        by=manager,
        at=at,
        referral=a_referral(at, name),
        hub=hub,
        key_worker=key_worker or a_worker(hub),
        name=name,
        born_on=born_on,
        cohort="edge of care",
        **more,
    )
