"""Sizing on what a short record leaves open."""

import numpy as np
import pytest

from onedoor.evidence.refusal import Refused
from onedoor.evidence.sizing import assurance, erlang

MONTH = 365.25 / 12


@pytest.mark.parametrize(("months", "needed"), [(12, (10, 11, 12)), (60, (10, 10, 11))])
def test_one_a_month_for_four_months_needs_what_the_design_says(months, needed):
    loads = assurance.arrivals_a_day(months, months * MONTH) * 4 * MONTH
    assert (
        erlang.places_for(4, 0.01),
        assurance.places_on_average(loads, 0.01),
        assurance.places_for(loads, refusal=0.01, assurance=0.9),
    ) == needed


def test_the_places_hold_in_as_many_draws_as_was_asked_and_one_fewer_do_not():
    loads = assurance.arrivals_a_day(12, 365.25) * 120
    places = assurance.places_for(loads, 0.02, 0.8)
    assert (erlang.refused(places, loads) <= 0.02).mean() >= 0.8
    assert (erlang.refused(places - 1, loads) <= 0.02).mean() < 0.8
    on_average = assurance.places_on_average(loads, 0.02)
    assert erlang.refused(on_average, loads).mean() <= 0.02
    assert erlang.refused(on_average - 1, loads).mean() > 0.02


def test_draws_have_the_mean_and_spread_of_their_gammas():
    rates = assurance.arrivals_a_day(25, 100.0, draws=200_000)
    assert rates.mean() == pytest.approx(0.25, rel=0.003)
    assert rates.std() / rates.mean() == pytest.approx(1 / 5, rel=0.01)
    bunched = assurance.arrivals_a_day(25, 100.0, dispersion=2.0, draws=200_000)
    assert bunched.std() / bunched.mean() == pytest.approx(np.sqrt(2) / 5, rel=0.01)
    stays = assurance.mean_stay(50, 5_000, draws=200_000)
    # The mean of an inverse Gamma: 5,000 / 49.
    assert stays.mean() == pytest.approx(5_000 / 49, rel=0.003)
    wider = assurance.mean_stay(50, 5_000, variation=1.5, draws=200_000)
    assert wider.std() > 1.4 * stays.std()


def test_not_knowing_how_long_they_stay_needs_more():
    known = assurance.arrivals_a_day(12, 12 * MONTH) * 4 * MONTH
    unknown = assurance.arrivals_a_day(12, 12 * MONTH) * assurance.mean_stay(12, 48 * MONTH)
    assert assurance.places_for(unknown) > assurance.places_for(known)


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (lambda: assurance.arrivals_a_day(0, 365), "give a longer record"),
        (lambda: assurance.arrivals_a_day(9, 365, dispersion=0.5), "give 1 or more"),
        (lambda: assurance.mean_stay(0, 365), "give their mean"),
        (lambda: assurance.places_for([3.0], assurance=1.0), "Nobody can be wholly sure"),
        (lambda: assurance.places_for([]), "no draws"),
        (lambda: assurance.places_on_average([]), "no draws"),
    ],
)
def test_what_cannot_be_sized_is_refused_in_a_sentence(asked, why):
    with pytest.raises(Refused, match=why):
        asked()


def test_neither_two_kinds_of_demand_nor_two_seeds_share_their_luck():
    drawn = [
        draw(25, 500.0, draws=10_000, seed=seed, kind=kind)
        for draw in (assurance.arrivals_a_day, assurance.mean_stay)
        for seed in (1, 2, 3)
        for kind in (0, 1)
    ]
    among = np.corrcoef(drawn) - np.eye(len(drawn))
    assert np.abs(among).max() < 0.05  # 5 standard errors
