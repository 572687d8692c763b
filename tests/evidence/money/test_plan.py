"""A plan is read from one file, and every fault in it is a sentence."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from onedoor.evidence.money import plan
from onedoor.evidence.money.plan import lines
from onedoor.evidence.money.plan.reading import default_shares
from onedoor.evidence.refusal import Refused

FILE = Path(__file__).parent / "costing.toml"


def changed(tmp_path, old, new, count=1):
    text = FILE.read_text()
    assert old in text
    (tmp_path / "prices.csv").write_text((FILE.parent / "prices.csv").read_text())
    path = tmp_path / "costing.toml"
    path.write_text(text.replace(old, new, count))
    return path


def test_the_example_is_read():
    found = plan.from_file(FILE)
    assert found.year_names == ("2025-26", "2026-27", "2027-28", "2028-29", "2029-30")
    assert (found.begins, found.until, found.months) == (date(2025, 4, 1), date(2030, 4, 1), 60)
    assert found.opens_month == 6
    assert found.hub.fixed["pay_residential_worker"] == Decimal("8.5")
    assert found.hub.fixed["hub_house"] == 1
    assert found.uplifts == {"hub_house": pytest.approx(1.11)}
    assert found.text == FILE.read_text()


def test_the_hub_has_the_published_shape_unless_the_plan_says_otherwise():
    shape = lines.shape()
    assert shape["residential_worker"] == Decimal("8.5")
    assert (shape["manager"], shape["deputy"], shape["portfolio_lead"]) == (1, 2, 6)
    own = lines.hub(
        {
            "hubs": 2,
            "opens": date(2026, 4, 1),
            "running": ["hub_house"],
            "posts": {"deputy": 1, "police_role": 0, "relief_worker": 3},
        },
        "x",
    )
    assert own.fixed["pay_deputy"] == 1
    assert "pay_police_role" not in own.fixed
    assert own.fixed["pay_relief_worker"] == 3
    assert own.fixed["pay_manager"] == 1


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('title = "Invented: one hub for Nowhere"', "", "costing.toml: title is missing"),
        ('"2025-26"\nyears', '"2025"\nyears', "first_year is '2025'. Give a financial year"),
        ("years = 5", "years = 5.5", "years is 5.5. Give how many financial years, a whole"),
        ("years = 5", "years = true", "years is True, not a number"),
        ('"council"\nrate', '"everybody"\nrate', "Give one of: council, public purse, society"),
        ("rate_files", "rates_files", "rates_files is not known there"),
        ('"prices.csv"', '"none.csv"', "none.csv cannot be read"),
        ("[nights]", "[night]", "night is not known there"),
        ('parents = ["nothing"]', 'parents = "nothing"', "parents is 'nothing'. Give a list"),
        ("opens = 2025-10-01", "opens = 2025-10-02", "opens is 2025-10-02. Give the day the hubs"),
        ("opens = 2025-10-01", "opens = 2031-10-01", "is not in the years from 2025-04-01"),
        ('running = ["hub_house"]', "", "running is missing. What a hub costs beside its team"),
        ("hubs = 1", "hubs = -1", "hubs is -1. Give how many hubs open, from 0"),
        ("places = 4", "places = 0", "places is 0. Give places in a home, from 1"),
        ("until = 2026-01-01", "", "until is missing. Give the day double running ends"),
        ("until = 2026-01-01", "until = 2025-10-01", "until 2025-10-01 is not after first"),
        ("pounds = 1_111_111", 'pounds = "much"', "pounds is 'much', not a number"),
        ('payer = "central"', 'payer = "lottery"', "payer is 'lottery'. Give one of"),
        ('effect = "missing"', 'effect = "arrest"', "follows the effect arrest, which the plan"),
        ('key = "step_down"', 'key = "missing"', "missing is there twice. Keep one"),
        ('instead = "own_foster"\n', "", "external needs instead: the kind of home where"),
        ("months = 24", 'instead = "kinship"', "step_down sends nobody elsewhere"),
        ("low = 4.1", "low = 7.1", "high is 6.1. Give times in 1,000 nights"),
        ('item = "hub_house"\nuplift', 'item = "house"\nuplift', "house has a share or an uplift"),
        ('item = "hub_house"\nuplift', 'item = "supported"\nuplift', "is a price of nights"),
        ("uplift = 0.11", "uplift = 11", "uplift is 11. Give 0.2 for a fifth more, from 0 to 5"),
        ("27 =", "29 =", "29 is no CHEERS item"),
        ('other = ["other"]', 'own_home = ["other"]', "own_home is paid for twice"),
        ('other = ["other"]', 'hub_home = ["other"]', "hub_home is paid for twice, by the hub"),
        ("years = 5", "years = 5\nyears = 6", "costing.toml is not a TOML file"),
    ],
)
def test_every_fault_is_a_sentence(tmp_path, old, new, why):
    with pytest.raises(Refused) as refused:
        plan.from_file(changed(tmp_path, old, new))
    assert why in refused.value.sentence


def test_the_statutory_series_joins_the_plans_prices(tmp_path):
    path = changed(tmp_path, "rate_files", 'statutory = ["remand"]\nrate_files')
    assert "remand_yoi" in plan.from_file(path).tariff.items
    with pytest.raises(Refused, match="There is no statutory series bail: there is remand"):
        plan.from_file(changed(tmp_path, "rate_files", 'statutory = ["bail"]\nrate_files'))


def test_police_and_health_are_no_council_cash():
    shares = default_shares()
    assert shares["council"] == 1
    assert {shares[payer] for payer in ("police", "nhs", "justice")} == {0}


def test_no_number_of_optimism_is_shipped():
    text = (Path(plan.__file__).parent / "optimism.toml").read_text()
    said = tomllib.loads(text)
    assert said["status"] == "numbers not seen"
    assert not any(isinstance(value, int | float) for value in said.values())


def test_the_council_counts_cash_only():
    payers, kinds = plan.PERSPECTIVES["council"]
    assert (payers, kinds) == (("council",), ("cashable",))
    for _, kinds in (plan.PERSPECTIVES["public purse"],):
        assert "wider" not in kinds
