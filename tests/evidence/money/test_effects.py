"""Effects are ranges with a source; published claims are listed and never used."""

import math

import numpy as np
import pytest

from onedoor.evidence.money import effects
from onedoor.evidence.refusal import Refused


def test_no_default_is_a_published_before_and_after_figure():
    claimed = [each.change for each in effects.published() if each.change is not None]
    assert len(claimed) >= 7
    for effect in effects.sceptical().values():
        for ratio in (*effect.ratio, 1 / effect.ratio[1]):
            assert all(abs((ratio - 1) - change) > 0.01 for change in claimed), effect.key


def test_every_default_is_the_same_sceptical_prior_and_says_it_is_a_judgement():
    for effect in effects.sceptical().values():
        assert (abs(effect.mean), effect.sd) == (0.15, 0.25)
        assert "our judgement" in effect.source
        low, middle, high = effect.ratio
        assert low < 1 < high
        assert (middle < 1) == (effect.key not in ("step_down", "leaving"))


def test_every_published_figure_has_what_it_takes_to_read_it():
    found = effects.published()
    ids = {each.id for each in found}
    assert len(ids) == len(found) >= 22
    for each in found:
        assert each.grade in "ABCD"
        assert each.source
        assert each.period
        assert each.population
        assert each.said_as in ("forecast", "outturn", "description")
        assert set(each.disagrees) <= ids
        assert each.id not in each.disagrees


def test_figures_that_disagree_are_both_there_and_name_each_other():
    found = {each.id: each for each in effects.published()}
    assert found["ny02"].change != found["ny03"].change
    for each in found.values():
        for other in each.disagrees:
            assert each.id in found[other].disagrees


def test_a_forecast_is_never_in_the_field_of_an_outturn():
    found = {each.id: each for each in effects.published()}
    forecast, outturn = found["ny10_forecast"], found["ny10_outturn"]
    assert (forecast.forecast_pounds, forecast.outturn_pounds) == (2_000_000, None)
    assert (outturn.forecast_pounds, outturn.outturn_pounds) == (None, 2_000_000)
    for each in found.values():
        assert None in (each.forecast_pounds, each.outturn_pounds)


def test_draws_have_the_range_of_the_effect_and_are_the_same_again():
    effect = effects.sceptical()["entry"]
    drawn = effects.drawn(effect, 40_000, seed=3)
    assert drawn.mean() == pytest.approx(-0.15, abs=4 * 0.25 / 200)
    assert drawn.std() == pytest.approx(0.25, rel=0.02)
    assert np.quantile(np.exp(drawn), [0.05, 0.95]) == pytest.approx(
        [effect.ratio[0], effect.ratio[2]], rel=0.01
    )
    assert (effects.drawn(effect, 100, seed=3, number=500) == drawn[500:600]).all()
    assert (effects.drawn(effect, 100, seed=4) != drawn[:100]).all()


def test_effects_are_drawn_apart_from_each_other():
    first, second = (
        effects.drawn(effects.sceptical()[key], 20_000, seed=1) for key in ("entry", "breakdown")
    )
    assert abs(np.corrcoef(first, second)[0, 1]) < 4 / math.sqrt(20_000)


def test_a_council_gives_its_own_range_with_a_source():
    own = effects.checked(
        {"key": "entry", "ratio_low": 0.7, "ratio_high": 1.1, "source": "our pilot"}, "x"
    )
    assert own.ratio[0] == pytest.approx(0.7)
    assert own.ratio[2] == pytest.approx(1.1)
    assert (own.months, own.source) == (12, "our pilot")


def test_an_effect_named_alone_is_the_default():
    assert effects.checked({"key": "entry"}, "x") == effects.sceptical()["entry"]
    assert effects.checked({"key": "entry", "months": 24}, "x").months == 24


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({}, "key is missing. Give one of: entry, breakdown"),
        ({"key": "savings"}, "key is 'savings'. Give one of: entry"),
        ({"ratio_low": 0.8}, "ratio_high is missing"),
        ({"ratio_low": 0.8, "ratio_high": 0.8, "source": "x"}, "an effect is a range"),
        ({"ratio_low": 0, "ratio_high": 0.8, "source": "x"}, "ratio_low is 0"),
        ({"ratio_low": 0.7, "ratio_high": 0.8}, "source is missing. Give where it comes from"),
        ({"point": 0.5}, "point is not known there"),
    ],
)
def test_an_effect_that_is_no_range_or_has_no_source_is_refused(given, why):
    values = {"key": "entry", **given} if given else {}
    with pytest.raises(Refused, match=r"costing\.toml, \[\[effect\]\] 1") as refused:
        effects.checked(values, "costing.toml, [[effect]] 1")
    assert why in refused.value.sentence
