"""Prices of one year as prices of another, and what a later year is worth."""

from decimal import Decimal

import numpy as np
import pytest

from onedoor.evidence.money import prices
from onedoor.evidence.refusal import Refused

INDEX = """
name = "An invented index"
released = 2026-01-01
source = "invented"
retrieved = 2026-01-02
[index]
2023-24 = 80
2024-25 = 100
2025-26 = 110
"""


def index(tmp_path, text=INDEX):
    path = tmp_path / "index.toml"
    path.write_text(text)
    return prices.from_file(path)


def test_the_green_books_factors_are_those_of_its_table():
    factors = [round(float(each), 4) for each in prices.discount().factors(6)]
    assert factors == [1, 0.9662, 0.9335, 0.9019, 0.8714, 0.8420]


def test_a_year_beyond_the_rates_last_is_refused():
    with pytest.raises(Refused, match="known to year 30, and 32 years were asked"):
        prices.discount().factors(32)


def test_a_price_is_uprated_by_the_ratio_of_two_years(tmp_path):
    assert index(tmp_path).factor("2023-24", "2025-26") == Decimal("1.375")
    assert index(tmp_path).factor("2025-26", "2025-26") == 1


def test_the_foster_price_of_2017_is_held_in_prices_of_2024():
    # PSSRU's 646 a week, 2016-17, and the Treasury's 76.0754 against 100.
    uprated = 646 * prices.deflator().factor("2016-17", "2024-25")
    assert round(float(uprated), 2) == 849.16


def test_two_transcriptions_of_the_deflator_agree():
    # Calendar years of the Treasury's release of December 2025, from another transcription
    # (charlescoverdale/greenbook, inst/extdata/gdp_deflator.csv): a financial year is nearly three
    # quarters of one and a quarter of the next.
    calendar = {2010: 69.1217, 2011: 70.834, 2019: 81.1085, 2020: 85.2137, 2023: 96.2507, 2024: 100}

    def level(year):
        return 0.75 * calendar[year] + 0.25 * calendar[year + 1]

    found = prices.deflator()
    for first, last in ((2010, 2019), (2010, 2023), (2019, 2023)):
        names = (f"{year}-{(year + 1) % 100:02d}" for year in (first, last))
        assert float(found.factor(*names)) == pytest.approx(level(last) / level(first), rel=0.01)


def test_a_forecast_year_is_known_to_be_one():
    found = prices.deflator()
    assert not found.uses_forecast("2016-17", "2024-25")
    assert found.uses_forecast("2024-25", "2025-26")
    assert not prices.Deflator("x", None, "", None, {"2030-31": 1}).uses_forecast("2030-31")


def test_a_price_from_before_the_index_is_refused():
    # The inpatient day of 1999-2000 is too old for the series, and says so.
    with pytest.raises(Refused, match="has no value for 1999-00: it goes from 2000-01 to 2030-31"):
        prices.deflator().factor("1999-00", "2024-25")


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("2024-25 = 100\n", "", "a year is missing before 2025-26"),
        ("2024-25 = 100", "2024-25 = 0", r"2024-25 is 0. Give the price level"),
        ("2024-25", "2024", "is '2024'. Give a financial year as 2024-25"),
        ('source = "invented"\n', "", "source is missing"),
        ("[index]", "[levels]", "levels is not known there"),
    ],
)
def test_an_index_with_a_fault_is_refused(tmp_path, old, new, why):
    with pytest.raises(Refused, match=why):
        index(tmp_path, INDEX.replace(old, new))


def cash():
    return prices.Stream(np.array([80.0, 100.0, 110.0]), "2023-24")


def test_cash_becomes_real_and_then_present(tmp_path):
    real = cash().real(index(tmp_path), "2024-25")
    assert real.pounds.tolist() == pytest.approx([100, 100, 100])
    worth = real.present(prices.discount())
    assert worth.pounds.tolist() == pytest.approx([100, 100 / 1.035, 100 / 1.035**2])


def test_nothing_is_deflated_twice_or_discounted_twice_or_discounted_as_cash(tmp_path):
    real = cash().real(index(tmp_path), "2024-25")
    with pytest.raises(Refused, match="in 2024-25 prices already"):
        real.real(index(tmp_path), "2025-26")
    with pytest.raises(Refused, match="are cash, and the discount rate is real"):
        cash().present(prices.discount())
    with pytest.raises(Refused, match="discounted already"):
        real.present(prices.discount()).present(prices.discount())
