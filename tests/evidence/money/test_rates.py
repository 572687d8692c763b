"""Prices by the night: what is read, what is refused, and what no night is ever given."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from onedoor.evidence.money import rates, years
from onedoor.evidence.refusal import Refused
from tests.evidence.money.invented import rate

ROW = {
    "item": "own_foster",
    "unit": "week",
    "low": "600",
    "mode": "650.50",
    "high": "700",
    "currency": "GBP",
    "price_year": "2025-26",
    "payer": "council",
    "class": "cashable",
    "basis": "mean",
    "valid_from": "2025-04-01",
    "valid_to": "2026-03-31",
    "source": "invented",
    "retrieved": "2026-04-01",
}


def file_of(tmp_path, **but):
    row = {key: value for key, value in {**ROW, **but}.items() if value is not None}
    path = tmp_path / "rates.csv"
    columns = list(ROW) + [key for key in but if key not in ROW]
    path.write_text(f"{','.join(columns)}\n{','.join(row.get(key, '') for key in columns)}\n")
    return path


def test_a_price_is_read_exactly(tmp_path):
    (found,) = rates.from_csv(file_of(tmp_path)).rates
    assert (found.low, found.mode, found.high) == (60000, 65050, 70000)
    assert (found.valid_from, found.valid_to) == (date(2025, 4, 1), date(2026, 3, 31))


def test_toml_and_csv_give_the_same_price(tmp_path):
    path = tmp_path / "rates.toml"
    numbers = ("low", "mode", "high", "valid_from", "valid_to", "retrieved")
    lines = [f"{k} = {v}" if k in numbers else f'{k} = "{v}"' for k, v in ROW.items()]
    path.write_text("\n".join(["[[rate]]", *lines]))
    assert rates.from_toml(path) == rates.from_csv(file_of(tmp_path))


@pytest.mark.parametrize(
    ("but", "why"),
    [
        ({"mode": None}, "rates.csv, row 2: mode is missing. Give the price"),
        ({"mode": "dear"}, "row 2: mode is 'dear', not a number"),
        ({"mode": "650.505"}, "in pounds and whole pence"),
        ({"mode": "-1", "low": "-2", "high": "1"}, "mode is -1. Give the price, from 0"),
        ({"low": "660"}, "low, mode and high must rise"),
        ({"unit": "fortnight"}, "unit is 'fortnight'. Give one of: night, week, year, event"),
        ({"payer": "somebody"}, "payer is 'somebody'. Give one of: council, police"),
        ({"class": "saved"}, "class is 'saved'. Give one of: cashable, avoided, wider"),
        ({"basis": "statutory"}, "a statutory price has no range"),
        ({"basis": "range", "low": "650.50", "high": "650.50"}, "give a low and a high"),
        ({"low": "0"}, "low is 0 and high is not"),
        ({"currency": "EUR"}, "currency is 'EUR'. Give one of: GBP"),
        ({"price_year": "2025"}, "price_year is '2025'. Give a financial year as 2024-25"),
        ({"price_year": "2025-27"}, "price_year is '2025-27'"),
        ({"valid_from": "1 April"}, "valid_from is '1 April'. Give the first night"),
        ({"valid_to": "2024-04-01"}, "valid_to 2024-04-01 is before valid_from 2025-04-01"),
        ({"source": None}, "source is missing. Give where the figure comes from"),
        ({"prise": "1"}, "row 2: prise is not known there"),
    ],
)
def test_every_fault_says_where_and_how_to_mend_it(tmp_path, but, why):
    with pytest.raises(Refused) as refused:
        rates.from_csv(file_of(tmp_path, **but))
    assert why in refused.value.sentence


def test_a_missing_column_is_named(tmp_path):
    path = tmp_path / "rates.csv"
    path.write_text("item,unit\n")
    with pytest.raises(Refused, match="columns are missing from its first row: basis, class,"):
        rates.from_csv(path)


def test_a_file_that_is_not_there_or_not_text_is_refused(tmp_path):
    with pytest.raises(Refused, match=r"none\.toml cannot be read"):
        rates.from_toml(tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_bytes(b"[[rate]\n")
    with pytest.raises(Refused, match=r"bad\.toml is not a TOML file"):
        rates.from_toml(tmp_path / "bad.toml")
    (tmp_path / "bad.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Refused, match=r"bad\.csv cannot be read as text"):
        rates.from_csv(tmp_path / "bad.csv")


def test_two_prices_for_one_night_are_refused():
    first = rate(valid_to=date(2026, 4, 1))
    with pytest.raises(Refused, match="two prices for 1 April 2026: end the price that began"):
        rates.Tariff((first, rate(valid_from=date(2026, 4, 1))))
    rates.Tariff((first, rate(valid_from=date(2026, 4, 2))))


def test_a_price_that_changes_its_class_is_refused():
    first = rate(valid_to=date(2026, 3, 31))
    with pytest.raises(Refused, match="is cashable in one price and avoided in another"):
        rates.Tariff((first, rate(valid_from=date(2026, 4, 1), kind="avoided")))


def test_the_same_night_may_have_two_payers():
    both = rates.Tariff((rate(), rate(payer="nhs")))
    assert both.payers("own_foster") == ("council", "nhs")


def test_a_night_before_between_and_after_prices_is_refused():
    early = rate(valid_from=date(2024, 4, 1), valid_to=date(2025, 3, 31))
    late = rate(valid_from=date(2026, 4, 1), valid_to=date(2027, 3, 31))
    tariff = rates.Tariff((early, late))
    for night in (date(2024, 3, 31), date(2025, 4, 1), date(2026, 3, 31), date(2027, 4, 1)):
        with pytest.raises(Refused, match=f"no price for the night of {years.said(night)}"):
            tariff.at("own_foster", "council", night)
    assert tariff.at("own_foster", "council", date(2025, 3, 31)) == early


def test_pieces_cover_each_night_once_and_keep_the_price_of_that_night():
    prices = [
        rate(valid_from=date(2024, 4, 1), valid_to=date(2025, 11, 30)),
        rate(pounds=750, unit="year", valid_from=date(2025, 12, 1), valid_to=date(2028, 5, 9)),
        rate(pounds=800, valid_from=date(2028, 5, 10)),
    ]
    tariff = rates.Tariff(tuple(prices))
    first, until = date(2024, 6, 1), date(2028, 7, 1)
    pieces = tariff.pieces("own_foster", "council", first, until)
    assert sum(piece.nights for piece in pieces) == (until - first).days
    for piece in pieces:
        assert tariff.at("own_foster", "council", piece.first) == piece.rate
        assert tariff.at("own_foster", "council", piece.last) == piece.rate
    assert [piece.nights_in_unit for piece in pieces] == [7, 365, 365, 366, 365, 7]


def test_an_item_without_a_price_is_asked_for_and_never_filled_in():
    with pytest.raises(Refused, match="supported_lodgings has no price: no price was given. Ask"):
        rates.Tariff((rate(),)).payers("supported_lodgings")


def test_a_price_for_an_event_is_no_price_for_a_night():
    with pytest.raises(Refused, match="is a price for an event"):
        rates.Tariff((rate(unit="event"),)).pieces(
            "own_foster", "council", date(2025, 5, 1), date(2025, 5, 2)
        )


REMAND = [
    # Held to the table of the project's notes: from, young offender, training centre, home.
    (date(2017, 3, 31), 177, 472, 574),
    (date(2017, 4, 1), 191, 536, 579),
    (date(2018, 4, 1), 189, 546, 610),
    (date(2018, 11, 30), 189, 546, 610),
    (date(2018, 12, 1), 189, 546, 678.70),
    (date(2019, 4, 1), 240, 612, 699),
    (date(2021, 3, 31), 321, 453, 762),
    (date(2021, 4, 1), 315, 574, 753),
    (date(2024, 4, 1), 329, 921, 887),
    (date(2025, 3, 31), 329, 921, 887),
]


@pytest.mark.parametrize(("night", "yoi", "stc", "sch"), REMAND)
def test_remand_is_charged_by_the_night_and_changes_in_the_middle_of_a_year(night, yoi, stc, sch):
    remand = rates.statutory("remand")
    for item, pounds in (("remand_yoi", yoi), ("remand_stc", stc), ("remand_sch", sch)):
        assert remand.at(item, "council", night).mode == round(pounds * 100)


@pytest.mark.parametrize("night", [date(2016, 3, 31), date(2022, 4, 1), date(2024, 3, 31)])
def test_a_night_of_remand_whose_charge_was_not_seen_is_refused_and_says_so(night):
    with pytest.raises(Refused, match="not seen"):
        rates.statutory("remand").at("remand_stc", "council", night)


def test_remand_after_april_2025_is_not_guessed():
    with pytest.raises(Refused, match="raised on 1 April 2025, to values that were not seen"):
        rates.statutory("remand").at("remand_yoi", "council", date(2026, 4, 1))


def test_remand_is_no_council_cash():
    assert {rate.kind for rate in rates.statutory("remand").rates} == {"avoided"}


def test_every_statutory_and_reference_figure_has_its_source():
    assert all(rate.source and rate.retrieved for rate in rates.statutory("remand").rates)
    figures = rates.reference()
    assert len(figures) >= 15
    for figure in figures:
        assert figure["grade"] in "ABCD"
        assert figure["source"]
        assert figure["kind"] in rates.CLASSES
        assert figure["payer"] in rates.PAYERS
    assert len({figure["key"] for figure in figures}) == len(figures)


def test_a_rising_price_rises_every_april_from_the_unrounded_first_price():
    risen = rates.rising(rate(pounds=100.01), Decimal("0.05"), date(2023, 6, 1))
    assert [each.mode for each in risen] == [10001, 10501, 11026, 11577]
    assert risen[0].valid_from == date(2020, 4, 1)
    assert risen[-1].valid_to == date(2024, 3, 31)
    rates.Tariff(risen)


def test_a_price_shows_all_it_needs_to_be_used_again():
    said = rate(spread=0.1).as_dict()
    assert (said["low"], said["mode"], said["high"], said["class"]) == (63000, 70000, 77000) + (
        "cashable",
    )
    assert replace(rate(), mode=1) != rate()
