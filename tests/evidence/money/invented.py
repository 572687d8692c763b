"""Invented prices. No council pays them."""

from datetime import date

from onedoor.evidence.money import rates


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
