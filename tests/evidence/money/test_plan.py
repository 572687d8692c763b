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
        ("low = 711_111", 'low = "much"', "[[award]] 1: low is 'much', not a number"),
        ("low = 711_111", "low = 1_111_112", "low is 1,111,112.00 and high is 1,111,111.00. Give"),
        ("high = 1_111_111\n", "", "high is missing. Give the most it may be, in pounds of that"),
        ("to_council = 0.9\n", "", "[[award]] 1: to_council is missing. Give the share of it that"),
        ("to_council = 0.9", "to_council = 1.1", "to_council is 1.1. Give the share of it"),
        ('year = "2026-27"', 'year = "2031-32"', "[[award]] 2: year is 2031-32, which is not in"),
        (
            'year = "2026-27"',
            'year = "2025-26"',
            "'An award nobody made' for 2025-26 is there twice",
        ),
        ("outreach_caseload = 31", "outreach_caseload = 3.1", "outreach_caseload is 3.1. Give how"),
        ("police_role = 1", "cook = 1", "[hub], posts: pay_cook has no price: no price was given"),
        ('["hub_house"]', '["garden"]', "[hub], running: garden has no price: no price was given"),
        ('"training"', '"teaching"', "[[once]] 1: teaching has no price: no price was given"),
        ('item = "missing_episode"', 'item = "lost"', "[[event]] 1: lost has no price"),
        ('item = "own_home"\nwords', 'item = "home"\nwords', "[[double_running]] 1: home has no"),
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
        ("days_low = 91\n", "", "bed 1: days_low is missing. Give days that young people stay"),
        ("days_high = 211", "days_high = 91", "bed 1: days_high is 91. Give days"),
        ("left = 0.3 }", "left = 0.4 }", "bed 1, next: the shares add up to 1.10. Make them 1"),
        ("own_home = 0.19", "hub_home = 0.19", "next: hub_home is the bed they are in"),
        ('if_full = "external_home"', "", "bed 1: if_full is missing. Give the state"),
        ('if_full = "external_home"', 'if_full = "left"', "if_full is 'left'. Give a kind of"),
        ('state = "hub_home"\ndays', 'state = "hub_house"\ndays', "state is 'hub_house'. Give one"),
        ('state = "hub_home"\ndays', 'state = "hub_emergency"\ndays', "bed is there twice"),
        ("hub_emergency = 2\n", "", "places 2: hub_emergency is missing. Give places"),
        ("hub_home = 4\n", "hub_home = 4.5\n", "places 2: hub_home is 4.5. Give places in each"),
        ("on = 2026-04-01", "on = 2025-10-01", "places: the days on 2025-10-01, 2025-10-01 must"),
        ("on = 2025-10-01\nhub", "on = 2025-09-01\nhub", "places 1: on is 2025-09-01. Give the"),
        ("on = 2025-10-01\nhub", "on = 2025-10-09\nhub", "on is 2025-10-09. Give the day from"),
        ("low = 0.21\n", "", "comes 1: low is missing. Give the share of them who come"),
        ("low = 0.21", "low = 0.51", "low is 0.51 and high is 0.51. A share is a range"),
        ("high = 0.51", "high = 1", "comes 1: high is 1. Give the share"),
        ("ages = [12, 17]", "ages = [12]", "comes 1: ages is [12]. Give the first and the last"),
        ("months = 6\n", "", "comes 1: months is missing. Give months until it is whole"),
        ('of = ["own_home"]', 'of = ["hub_home"]', "comes 2: instead_of is ['hub_home']. Give"),
        ('source = "our judgement, and invented"\n', "", "comes 2: source is missing"),
        ("hubs = 1", "hubs = 0", "[hub]: hubs is 0, and the hub has beds"),
        ("years = 5", "years = 5\nyears = 6", "costing.toml is not a TOML file"),
    ],
)
def test_every_fault_is_a_sentence(tmp_path, old, new, why):
    with pytest.raises(Refused) as refused:
        plan.from_file(changed(tmp_path, old, new))
    assert why in refused.value.sentence


@pytest.mark.parametrize("left_out", ["bed", "places", "comes"])
def test_beds_are_said_whole_or_not_at_all(left_out):
    values = tomllib.loads(FILE.read_text())
    del values["hub"][left_out]
    with pytest.raises(Refused) as refused:
        plan.from_values(values, "costing.toml", folder=FILE.parent)
    assert f"{left_out} is missing. A hub with beds needs [[hub.{left_out}]]" in str(refused.value)
    for key in ("bed", "places", "comes"):
        values["hub"].pop(key, None)
    assert plan.from_values(values, "costing.toml", folder=FILE.parent).hub.beds == ()


def test_a_bed_leads_only_to_beds_that_there_are():
    values = tomllib.loads(FILE.read_text())
    hub = values["hub"]
    hub["bed"], hub["comes"] = hub["bed"][1:], hub["comes"][1:]
    for each in hub["places"]:
        del each["hub_home"]
    with pytest.raises(Refused, match="hub_emergency leads to hub_home, which has no"):
        plan.from_values(values, "costing.toml", folder=FILE.parent)


def test_who_is_in_a_bed_is_paid_for_by_the_hub_though_its_states_are_not_listed():
    values = tomllib.loads(FILE.read_text())
    del values["hub"]["states"]
    found = plan.from_values(values, "costing.toml", folder=FILE.parent)
    assert found.hub.states == ("hub_home", "hub_emergency")


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
