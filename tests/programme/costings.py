"""A small invented council that can be costed: two years of returns, a plan and its prices."""

from functools import cache
from pathlib import Path

from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from onedoor.evidence import synth
from onedoor.programme import actions, planning
from onedoor.programme.models import Costing, RateCard, Returns
from tests.factories import NOW

HERE = Path(__file__).resolve().parents[1] / "evidence/money"
PLAN = (HERE / "costing.toml").read_text()
PRICES = (HERE / "prices.csv").read_text()
# Where every home is told as inside or outside, nobody is in one of which that is not known.
PLACED_PLAN = PLAN.replace('if_full = "external_home"', 'if_full = "external_in"')


@cache
def files() -> list[tuple[str, bytes]]:
    council = synth.council(3, children=60, years=3, first_year=2023)
    return list(synth.returns(council, tables=("header", "episodes")))


@cache
def placed_files() -> list[tuple[str, bytes]]:
    """The same, with a column that says which homes are outside the authority: two in three of
    those of private providers. The map does not know the invented postcodes."""
    return [
        (name, _with_places(data) if name.endswith("episodes.csv") else data)
        for name, data in files()
    ]


def _with_places(data: bytes) -> bytes:
    head, *rows = data.decode().splitlines()
    provider = head.split(",").index("PLACE_PROVIDER")
    said = [f"{head},PL_LOCATION"]
    for row in rows:
        # By the young person's number, so that a stay says the same in every return.
        out = row.split(",")[provider] == "PR4" and int(row[2:9]) % 3
        said.append(f"{row},{'OUT' if out else 'IN'}")
    return "\n".join(said).encode()


def kept(by, name="Three invented years", at=NOW, given=None) -> Returns:
    return actions.keep_returns(by=by, at=at, name=name, files=given or files())


def a_card(by, name="Invented prices", text=PRICES, at=NOW) -> RateCard:
    return actions.make_rate_card(by=by, at=at, name=name, data=text.encode())


def asked(by, returns=None, rates=None, at=NOW, plan=PLAN, **more) -> Costing:
    return actions.ask_for_costing(
        by=by, at=at, plan_text=plan, rates=rates or a_card(by), returns=returns or kept(by),
        **{"ages": (12, 17), "replications": 200, **more},
    )  # fmt: skip


def work() -> None:
    """Run what is queued, as a worker does, inside a test's own transaction: `db_worker` itself
    begins by closing the connection. The browser story runs the real one."""
    worker = Worker(
        queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False,
        max_tasks=None, worker_id="test", excluded_queue_names=[],
    )  # fmt: skip
    while (waiting := DBTaskResult.objects.ready().first()) is not None:
        waiting.claim(worker.worker_id)
        worker.run_task(waiting)


def asked_homes(returns: Returns) -> list[str]:
    return planning.homes_asked(returns.homes)
