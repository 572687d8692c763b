"""A hub simulated: held to a slow twin stay by stay, to the formulas and to the design."""

import numpy as np
import pytest

from onedoor.evidence.refusal import Refused
from onedoor.evidence.sizing import chain, erlang, loss
from onedoor.evidence.sizing.loss import Coming
from tests.evidence.sizing import slow_hub

HUB = chain.Demand(9, 120, 36, 10)
ONE_KIND = chain.Demand(12, 4 * chain.YEAR / 12, 0, 0)  # a load of 4 places


@pytest.mark.parametrize(
    "coming", [Coming(), Coming(1.3, 1.6, 0.7), Coming(2.5, 1.0, 1.2, together=True)]
)
@pytest.mark.parametrize("places", [(4, 2), (1, 0), (0, 2), (3, 1)])
def test_each_lane_is_the_hub_written_the_obvious_way(places, coming):
    lanes, steps = 5, 400
    rng = np.random.default_rng(11)
    chance = (
        rng.standard_exponential((steps, lanes)),
        rng.random((steps, lanes)),
        rng.standard_normal((steps, lanes)),
    )
    hubs = loss._Hubs(*places, HUB, coming, lanes, rng)
    hubs.residential[:], hubs.emergency[:] = 0, 0
    for each in zip(*chance, strict=True):
        hubs.arrive(*each)
    for lane in range(lanes):
        slow = slow_hub.one_by_one(*places, HUB, coming, *(part[:, lane] for part in chance))
        assert (hubs.lost[lane], hubs.lost_crises[lane], hubs.lent[lane]) == slow
    assert hubs.lost.sum() > 0


@pytest.mark.parametrize("spread", [0.5, 1.0, 1.5])
def test_how_stays_differ_hardly_matters_even_with_borrowing(spread):
    exact = chain.solve(4, 2, HUB)
    found = loss.simulate(4, 2, HUB, Coming(spread=spread), arrivals=2_000_000, seed=5)
    for ours, theirs, mcse in (
        (found.refuse_planned, exact.refuse_planned, found.mcse_planned),
        (found.refuse_crisis, exact.refuse_crisis, found.mcse_crisis),
        (found.refuse_all, exact.refuse_all, found.mcse_all),
    ):
        assert ours == pytest.approx(theirs, abs=0.001 + 3 * mcse)
    assert found.occupancy == pytest.approx(exact.occupancy, abs=0.003)
    assert found.borrowed == pytest.approx(exact.borrowed, abs=0.003)


@pytest.mark.parametrize("spread", [0.5, 1.0, 1.5])
def test_with_one_kind_of_place_the_shape_of_stays_does_not_matter_at_all(spread):
    load = erlang.load_for(6, 0.04827)
    demand = chain.Demand(20, load * chain.YEAR / 20, 0, 0)
    found = loss.simulate(6, 0, demand, Coming(spread=spread), arrivals=1_000_000, seed=6)
    assert found.refuse_all == pytest.approx(0.04827, abs=3 * found.mcse_all)
    assert found.mcse_all < 0.0007


@pytest.mark.parametrize(
    ("batch", "design", "long_run"),
    [(1.0, 0.0133, 0.01334), (1.2, 0.027, 0.0275), (1.5, 0.053, 0.0525)],
)
def test_bunches_turn_away_what_the_design_says_and_more_than_the_estimate(batch, design, long_run):
    """The design's figures are rounded; the long run is known from six million arrivals."""
    assert long_run == pytest.approx(design, abs=0.0006)
    found = loss.simulate(9, 0, ONE_KIND, Coming(batch, spread=0.8), arrivals=1_000_000, seed=7)
    assert found.refuse_all == pytest.approx(long_run, abs=4 * found.mcse_all)
    assert found.mcse_all < 0.0005
    if batch > 1:
        estimate = float(erlang.bunched(9, 4, erlang.peakedness(batch, 0.8)))
        assert float(erlang.refused(9, 4)) < estimate < found.refuse_all - 3 * found.mcse_all


def test_brothers_and_sisters_who_leave_together_are_harder_still_to_house():
    apart = loss.simulate(9, 0, ONE_KIND, Coming(1.5), arrivals=300_000)
    together = loss.simulate(9, 0, ONE_KIND, Coming(1.5, together=True), arrivals=300_000)
    assert together.refuse_all > apart.refuse_all + 0.01


def test_the_same_seed_gives_the_same_figures_and_another_others():
    first = loss.simulate(4, 2, HUB, arrivals=20_000, seed=1)
    assert first == loss.simulate(4, 2, HUB, arrivals=20_000, seed=1)
    assert first != loss.simulate(4, 2, HUB, arrivals=20_000, seed=2)
    assert first.arrivals == 20_000


def test_its_standard_error_is_how_much_runs_differ():
    runs = [loss.simulate(4, 2, HUB, arrivals=10_000, lanes=100, seed=s) for s in range(60)]
    spread = np.std([run.refuse_all for run in runs], ddof=1)
    said = np.mean([run.mcse_all for run in runs])
    # 60 runs know a standard deviation to about 9%; three times that.
    assert said == pytest.approx(spread, rel=0.28)


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (lambda: loss.simulate(0, 0, HUB), "needs places, and somebody"),
        (lambda: loss.simulate(4, 2, chain.Demand(0, 1, 0, 1)), "needs places, and somebody"),
        (lambda: loss.simulate(4, 2, HUB, arrivals=10), "too few"),
        (lambda: Coming(0.5), "give 1 \\(one by one\\) to 20"),
        (lambda: Coming(spread=-1), "is not one from 0 to 3"),
    ],
)
def test_what_cannot_be_simulated_is_refused_in_a_sentence(asked, why):
    with pytest.raises(Refused, match=why):
        asked()
