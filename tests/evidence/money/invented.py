"""Invented prices and young people. No council pays them, and nobody is behind them."""

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from onedoor.evidence.money import costing, rates

FILE = Path(__file__).parent / "costing.toml"
STATES = ("own_foster", "external_in", "own_home", "hub_home", "secure")
BEFORE = np.array([40, 12, 10, 0, 1])


def rate(item="own_foster", pounds=700.00, **but):
    whole = round(pounds * 100)
    spread = but.pop("spread", None)
    fields = {
        "item": item,
        "unit": "week",
        "low": whole if spread is None else round(whole * (1 - spread)),
        "mode": whole,
        "high": whole if spread is None else round(whole * (1 + spread)),
        "currency": "GBP",
        "price_year": "2025-26",
        "payer": "council",
        "kind": "cashable",
        "basis": "mean",
        "valid_from": date(2020, 4, 1),
        "valid_to": None,
        "source": "invented",
        "retrieved": date(2026, 4, 1),
    }
    return rates.Rate(**{**fields, **but})


def people(means, many=400, seed=1, months=60):
    chance = np.random.default_rng(seed)
    found = np.stack([chance.poisson(mean, (many, months)) for mean in means], axis=2)
    return costing.Occupied(STATES, found, BEFORE)


def still(numbers, many=3, months=60):
    """Nobody ever moves."""
    found = np.broadcast_to(np.array(numbers), (many, months, len(numbers)))
    return costing.Occupied(STATES, found, np.array(numbers))


def stays(**numbers):
    rows = [(state, date(2024, 1, 1), None) for state, many in numbers.items() for _ in range(many)]
    schema = {"state": pl.String, "start": pl.Date, "end": pl.Date}
    return pl.DataFrame(rows, schema=schema, orient="row")
