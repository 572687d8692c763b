"""A small invented council that can be costed: two years of returns, a plan and its prices."""

from functools import cache
from pathlib import Path

from onedoor.evidence import synth
from onedoor.programme import actions, planning
from onedoor.programme.models import Costing, RateCard, Returns
from tests.factories import NOW

HERE = Path(__file__).resolve().parents[1] / "evidence/money"
PLAN = (HERE / "costing.toml").read_text()
PRICES = (HERE / "prices.csv").read_text()


@cache
def files() -> list[tuple[str, bytes]]:
    council = synth.council(3, children=60, years=3, first_year=2023)
    return list(synth.returns(council, tables=("header", "episodes")))


def kept(by, name="Three invented years", at=NOW) -> Returns:
    return actions.keep_returns(by=by, at=at, name=name, files=files())


def a_card(by, name="Invented prices", text=PRICES, at=NOW) -> RateCard:
    return actions.make_rate_card(by=by, at=at, name=name, data=text.encode())


def asked(by, returns=None, rates=None, at=NOW, plan=PLAN, **more) -> Costing:
    return actions.ask_for_costing(
        by=by, at=at, plan_text=plan, rates=rates or a_card(by), returns=returns or kept(by),
        **{"ages": (12, 17), "replications": 200, **more},
    )  # fmt: skip


def asked_homes(returns: Returns) -> list[str]:
    return planning.homes_asked(returns.homes)
