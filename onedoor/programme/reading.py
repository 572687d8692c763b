"""Plans, prices and lists of hubs as the engine reads them, from the words kept in the database:
as `onedoor cost` would."""

import tempfile
from pathlib import Path

from onedoor.evidence.money import plan, rates
from onedoor.evidence.ssda903 import hubs

PLAN, PRICES = "plan.toml", "prices.csv"


def a_plan(plan_text: str, rates_text: str) -> plan.Plan:
    """Raises `evidence.refusal.Refused`, whose sentence begins with the file and the place."""
    with tempfile.TemporaryDirectory(prefix="onedoor-plan-") as folder:
        (Path(folder) / PRICES).write_text(rates_text, "utf-8")
        (Path(folder) / PLAN).write_text(plan_text, "utf-8")
        return plan.from_file(Path(folder) / PLAN)


def a_tariff(rates_text: str) -> rates.Tariff:
    with tempfile.TemporaryDirectory(prefix="onedoor-rates-") as folder:
        path = Path(folder) / PRICES
        path.write_text(rates_text, "utf-8")
        return rates.from_csv(path)


def a_list_of_hubs(name: str, text: str) -> hubs.Hubs | None:
    """None where there is no list. Raises `evidence.refusal.Refused`, as the other two."""
    return hubs.of_bytes(name, text.encode()) if text else None
