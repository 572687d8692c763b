"""From returns and a plan to a costing, and `onedoor cost` as somebody types it."""

import inspect
import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from onedoor import cli
from onedoor.evidence import money, ssda903
from onedoor.evidence.model import fit
from onedoor.evidence.money import council, effects, plan, rates
from onedoor.evidence.refusal import Refused
from onedoor.evidence.ssda903 import hubs
from tests.evidence.invented import child, episode, episodes, header

HERE = Path(__file__).parent
FILE = HERE / "costing.toml"


def returns(folder):
    """A small invented council, three years of it: who came and went in three kinds of home."""
    chance = np.random.default_rng(2)
    for year in (2023, 2024, 2025):
        (folder / str(year)).mkdir(parents=True)
    lives = []
    for number in range(90):
        begun = date(2021, 6, 1).toordinal() + int(chance.integers(0, 1350))
        ended = begun + int(chance.gamma(1, 500)) + 10
        kind = (("K2", "PR4"), ("U4", "PR1"), ("U4", "PR1"), ("K2", "PR1"))[number % 4]
        dob = date.fromordinal(begun - 365 * int(chance.integers(12, 17)) - 40)
        lives.append((f"INVENTED{number:02}", dob, begun, ended, kind))
    for year in (2023, 2024, 2025):
        first, last = date(year - 1, 4, 1).toordinal(), date(year, 3, 31).toordinal()
        heads, rows = [], []
        for name, dob, begun, ended, (place, provider) in lives:
            if begun > last or ended < first:
                continue
            heads.append(child(name, f"{dob:%d/%m/%Y}"))
            start = f"{date.fromordinal(begun):%d/%m/%Y}"
            end = f"{date.fromordinal(ended):%d/%m/%Y}" if ended <= last else ""
            row = episode(start, end, who=name, rne="S", place=place, provider=provider)
            # The council's own homes have a registration: the last column.
            rows.append(row + ("SC100001" if (place, provider) == ("K2", "PR1") else ""))
        (folder / str(year) / "header.csv").write_bytes(header(*heads))
        (folder / str(year) / "episodes.csv").write_bytes(episodes(*rows))
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return returns(tmp_path_factory.mktemp("council"))


@pytest.fixture(scope="module")
def reading(folder):
    return ssda903.read(folder)


@pytest.fixture(scope="module")
def fitted(reading):
    return fit.fit(reading)


def cost(fitted, said, **but):
    fields = {"ages": (12, 17), "replications": 60, "seed": 3, **but}
    return council.of_fit(fitted, said, **fields)


def test_a_costing_is_made_from_returns_and_adds_up(fitted):
    made = cost(fitted, plan.from_file(FILE))
    assert (made.split.direct + made.split.growth_avoided == made.split.net).all()
    assert made.n == 60
    assert "returns to 31 March 2025" in made.population
    assert made.table("today").rows["counted"].min() > 0
    asked = made.provenance.parameters
    assert (asked["ages"], asked["returns_to"]) == ([12, 17], "2025-03-31")


def no_beds(said, **but):
    return replace(said, hub=replace(said.hub, beds=(), places=(), comes=(), **but))


def test_with_no_effect_and_no_hub_the_two_lives_are_the_same(fitted):
    nothing = {"fixed": (), "once": (), "awards": (), "events": (), "effects": {}, "uplifts": {}}
    made = cost(fitted, replace(no_beds(plan.from_file(FILE), hubs=0), **nothing))
    assert not made.split.net.any()
    assert made.split.without.any()


def test_an_effect_on_its_own_moves_young_people_and_so_money(fitted):
    made = cost(fitted, plan.from_file(FILE), replications=200)
    ratio = made.drawn["effect external"]
    external = made.net("society").sum(axis=1)
    # Where external homes are asked for less, more is saved: one draw, one life.
    assert np.corrcoef(ratio, external)[0, 1] < -0.3


def test_nights_of_today_are_those_at_the_ages_asked_for(fitted):
    found = council._stays(fitted.careers, (14, 15))
    runs = fitted.careers.runs
    nights = 0
    for dob, start, end in runs.select("dob", "start", "end").iter_rows():
        day, last = start.toordinal(), (end or date(2025, 4, 1)).toordinal()
        for each in range(max(day, date(2024, 4, 1).toordinal()), min(last, 739342)):
            on = date.fromordinal(each)
            age = on.year - dob.year - ((on.month, on.day) < (dob.month, dob.day))
            nights += 14 <= age <= 15
    year = (date(2024, 4, 1), date(2025, 4, 1))
    assert date(2025, 4, 1).toordinal() == 739342
    counted = sum(
        max((min(end, year[1]) - max(start, year[0])).days, 0)
        for start, end in found.select("start", "end").iter_rows()
    )
    assert counted == nights > 1000


def test_a_hub_that_the_council_lists_is_paid_by_the_hub_on_both_sides(reading):
    said = no_beds(plan.from_file(FILE))
    lists = hubs.Hubs((hubs.Listed("hub", "The hub", "SC100001", "", date(2020, 4, 1), None, 0),))
    with pytest.raises(Refused, match="live in hub_home without the plan, and hubs_now is 0"):
        council.of_returns(reading, replace(said, own_homes=()), replications=5, lists=lists)
    there = replace(said, own_homes=(), hub=replace(said.hub, hubs_now=1))
    made = council.of_returns(reading, there, replications=5, lists=lists)
    assert "hub_home" not in {each.what for each in made.spent}
    manager = next(each for each in made.spent if each.item == "pay_manager")
    # Five years of one, and four and a half of another.
    assert manager.with_model / manager.without == pytest.approx(1.9, abs=0.01)
    assert not any("know no hub" in each for each in made.limits)


def test_what_does_not_fit_the_returns_is_refused(fitted):
    said = plan.from_file(FILE)
    with pytest.raises(Refused, match="Ages 13 to 17 cut through a band of ages"):
        cost(fitted, said, ages=(13, 17))
    with pytest.raises(Refused, match="Ages 12 to 21 are not a band of ages from 0 to 17"):
        cost(fitted, said, ages=(12, 21))
    with pytest.raises(Refused, match="1 replications cannot be made"):
        cost(fitted, said, replications=1)
    with pytest.raises(Refused, match="change first_year, or give the returns up to 31 March 2026"):
        cost(fitted, replace(said, first_year="2026-27"))


def test_the_scenario_is_given_the_draws_that_the_costing_keeps(fitted):
    said = plan.from_file(FILE)
    made = cost(fitted, said)
    for key, effect in said.effects.items():
        assert (made.drawn[f"effect {key}"] == effects.drawn(effect, 60, 3)).all()


def ask(folder, *more):
    words = ["cost", str(folder), "--plan", str(FILE), "--replications", "50", *more]
    return cli.main(words)


def test_the_command_shows_what_is_saved_and_what_it_cannot_know(folder, capsys):
    assert ask(folder) == 0
    said = capsys.readouterr()
    assert said.out.startswith("Invented: one hub for Nowhere: 2025-26 to 2029-30, council\n")
    for words in (
        "Net saving to the council, all years, discounted: ",
        "What would be saved, and against what\n",
        "An award nobody made",
        "What it cannot know\n",
        "50 replications, seed 1;",
    ):
        assert words in said.out
    assert said.err == ""


def test_the_command_can_be_read_by_a_machine_and_says_the_same_again(folder, capsys):
    assert ask(folder, "--json") == 0
    first = json.loads(capsys.readouterr().out)
    assert ask(folder, "--json") == 0
    assert json.loads(capsys.readouterr().out) == first
    assert first["plan"] == FILE.read_text()
    assert {"episodes", "header", "rates", "plan"} <= set(first["inputs"])


def test_the_command_refuses_in_a_sentence(folder, tmp_path, capsys):
    assert cli.main(["cost", str(folder), "--plan", str(tmp_path / "none.toml")]) == 2
    assert "none.toml cannot be read" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        cli.main(["cost", str(folder)])


def test_what_was_not_found_is_asked_for_before_anything_is_simulated(folder, tmp_path, capsys):
    (tmp_path / "costing.toml").write_text(FILE.read_text())
    lines = (HERE / "prices.csv").read_text().splitlines()
    kept = [line for line in lines if not line.startswith("external_home")]
    (tmp_path / "prices.csv").write_text("\n".join(kept))
    assert cli.main(["cost", str(folder), "--plan", str(tmp_path / "costing.toml")]) == 2
    assert "external_home has no price: no price was given. Ask" in capsys.readouterr().err


@pytest.mark.parametrize(
    "package", [money, money.costing, money.effects, money.plan, money.prices, money.rates]
)
def test_what_is_public_is_sorted_present_and_says_what_it_is(package):
    assert package.__all__ == sorted(package.__all__)
    for name in package.__all__:
        thing = getattr(package, name)
        assert inspect.getdoc(thing), name


def test_costing_needs_neither_scipy_nor_django():
    asked = (
        "import sys; from onedoor.evidence.money import council; "
        "print([n for n in ('scipy', 'django') if n in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"


def test_the_example_is_obviously_invented():
    tariff = rates.from_csv(HERE / "prices.csv")
    assert {rate.source for rate in tariff.rates} == {"invented"}
