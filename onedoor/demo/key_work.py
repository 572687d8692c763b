"""The few changes of key worker, and somebody leaving the team."""

from datetime import datetime, timedelta

from onedoor.demo.council import KEY_WORKERS, Northmoor, first_name
from onedoor.demo.life import Life
from onedoor.demo.texts import told
from onedoor.door import actions as door
from onedoor.team.models import Account
from onedoor.today import actions as today


def change_key_worker(life: Life, at: datetime) -> None:
    here, lines, old = life.here, told("words/door.toml"), life.key_worker
    new = here.next_key_worker(life.hub, but=old)
    names = life.around_now() | {"old": first_name(old.name), "new": first_name(new.name)}

    def said(kind: str) -> str:
        return here.say(life.sketch.name, kind, lines[kind], names)

    door.change_key_worker(
        by=here.at_hub(life.hub, "hub-manager")[0], at=at, young_person=life.person, to=new,
        replaces=life.person.welcome.key_worker_changes.count(), reason=said("kw_reason"),
        view=said("kw_view"), handover_note=said("kw_handover"), from_on=at.date(),
    )  # fmt: skip
    life.person.__dict__.pop("key_worker_id", None)  # asked again, now that it has changed
    life.key_worker = new
    life.world["kw"] = first_name(new.name)


def leaves(here: Northmoor, account: Account, hub: str, at: datetime) -> None:
    """Somebody leaves the team. First each of their young people is given somebody who stays."""
    for role in KEY_WORKERS:
        if account in here.team.get((hub, role), ()):
            here.team[hub, role].remove(account)
    for life in here.lives:
        if life.key_worker is account:
            at += timedelta(minutes=3)
            change_key_worker(life, at)
            if not life.with_us:
                here.keys_held[life.key_worker.email] -= 1
    today.leave(
        by=here.at_hub(hub, "hub-manager")[0], at=at + timedelta(minutes=3), account=account
    )
