"""What is believed about rates: held to direct counting, and to truths that are known."""

import numpy as np
import pytest

from onedoor.evidence.model import pool, posterior, prior
from onedoor.evidence.model.exposure import Counts
from onedoor.evidence.model.grid import Grid
from onedoor.evidence.refusal import Refused

GRID = Grid(("own_foster", "external_home", "supported"), (144, 168, 192, 216))


def truth(seed):
    """Monthly chances of leaving, and where to."""
    by = np.random.default_rng(seed)
    a, d, s = GRID.shape
    leave = by.uniform(0.02, 0.2, (a, d, s))
    to = by.random((a, d, s, s + 1))
    to[:, :, np.arange(s), np.arange(s)] = 0
    return leave, to / to.sum(axis=-1, keepdims=True)


def counted(leave, to, months, seed=1, by="months"):
    """Counts of as many person-months in each cell."""
    chance = np.random.default_rng(seed)
    left = chance.binomial(months, leave)
    moves = chance.multinomial(left, to)
    arrivals = chance.poisson(20, (GRID.shape[0], GRID.shape[-1]))
    same = chance.poisson(months * 0.01, GRID.shape)
    exposure = np.full(GRID.shape, float(months))
    return Counts(GRID, moves, same, exposure, arrivals, 24.0, chance.poisson(9, 24), by)


LEVEL = np.ones((400, 2))


def test_with_much_behind_it_a_rate_is_what_was_counted():
    leave, to = truth(1)
    counts = counted(leave, to, 200_000)
    found = posterior.mean(counts, prior.prior(counts), np.ones(2))
    assert np.allclose(1 - found.stay[0], leave, atol=0.003)
    assert np.allclose(found.to[0], to, atol=0.02)


def test_with_nothing_behind_it_a_cell_takes_the_pattern_of_its_age_time_and_state():
    leave, to = truth(2)
    counts = counted(leave, to, 2000)
    counts.moves[1, 2, 0] = 0
    counts.exposure[1, 2, 0] = 0
    before = prior.prior(counts)
    found = posterior.mean(counts, before, np.ones(2))
    assert 1 - found.stay[0, 1, 2, 0] == pytest.approx(before.leave[1, 2, 0], rel=1e-5)
    assert np.allclose(found.to[0, 1, 2, 0], before.to[1, 0], rtol=1e-5)


def test_a_state_never_seen_to_end_leans_on_england():
    leave, to = truth(3)
    counts = counted(leave, to, 500)
    counts.moves[:, :, 2] = 0
    counts.exposure[:, :, 2] = 0
    counts.same[:, :, 2] = 0
    leaving = prior.prior(counts).leave
    england = prior.national()
    share = counts.moves.sum() / (counts.moves.sum() + counts.same.sum())
    # The effects of age and time are shared; the effect of the state is England's.
    other = prior.prior(counts, rates={**england, "supported": 2 * england["supported"]}).leave
    assert np.allclose(other[:, :, 2], 2 * leaving[:, :, 2], rtol=1e-6)
    assert leaving[:, :, 2].mean() == pytest.approx(england["supported"] * share, rel=0.6)


@pytest.mark.parametrize("by", ["months", "days"])
def test_draws_have_the_posterior_mean_and_spread(by):
    leave, to = truth(4)
    counts = counted(leave, to, 60, by=by)
    before = prior.prior(counts)
    mean = posterior.mean(counts, before, np.ones(2))
    found = posterior.draws(counts, before, LEVEL, by=np.random.default_rng(5))
    error = found.stay.std(axis=0) / np.sqrt(len(found))
    assert np.abs((found.stay.mean(axis=0) - mean.stay[0]) / error).max() < 5
    if by == "months":
        chance = mean.stay[0]
        variance = chance * (1 - chance) / (60 + prior.KAPPA + 1)
        assert np.allclose(found.stay.var(axis=0), variance, rtol=0.35)
    assert np.allclose(found.to.mean(axis=0), mean.to[0], atol=0.08)


def test_every_draw_is_a_set_of_chances():
    leave, to = truth(6)
    counts = counted(leave, to, 3)
    found = posterior.draws(counts, prior.prior(counts), LEVEL, by=np.random.default_rng(7))
    assert ((found.stay >= 0) & (found.stay <= 1)).all()
    assert np.allclose(found.to.sum(axis=-1), 1, atol=1e-5)
    states = np.arange(GRID.shape[-1])
    assert (found.to[:, :, :, states, states] == 0).all()
    assert np.allclose(found.arrivals.sum(axis=(1, 2)), counts.arrivals.sum() / 24, rtol=1e-5)


def test_the_same_generator_gives_the_same_draws():
    leave, to = truth(8)
    counts = counted(leave, to, 30)
    one, other = (
        posterior.draws(counts, prior.prior(counts), LEVEL, by=np.random.default_rng(9))
        for _ in range(2)
    )
    assert np.array_equal(one.to, other.to)
    assert np.array_equal(one.stay, other.stay)


def test_england_leaves_foster_families_more_slowly_than_supported_accommodation():
    rates = prior.national()
    assert rates["own_foster"] == pytest.approx((58710 - 6350) / (12 * 56650))
    assert rates["own_foster"] < rates["supported"]
    assert set(rates) >= {"own_foster", "external_home", "supported", "parents", "adoption"}


def invented_councils(seed, count=150):
    """True monthly rates, exposures and events of councils, as evidence.md 1.2 has them."""
    by = np.random.default_rng(seed)
    rates = by.gamma(4, 0.01 / 4, count)
    exposure = np.exp(by.normal(np.log(700), 0.9, count))
    return rates, exposure, by.poisson(rates * exposure)


def test_a_small_council_is_nearer_the_truth_for_leaning_on_the_others():
    errors, covered = [], []
    for seed in range(6):
        rates, exposure, events = invented_councils(seed)
        found = pool.pool(events, exposure)
        small = exposure < 800
        guesses = events / exposure, events.sum() / exposure.sum(), found.shrunk(events, exposure)
        errors.append([np.sqrt(np.mean((guess - rates)[small] ** 2)) for guess in guesses])
        possible = found.draws(events, exposure, 2000, np.random.default_rng(seed))
        low, high = np.quantile(possible, [0.05, 0.95], axis=0)
        covered.append((low <= rates) & (rates <= high))
    raw, national, shrunk = np.mean(errors, axis=0)
    assert shrunk < 0.85 * min(raw, national)
    assert np.mean(covered) == pytest.approx(0.9, abs=0.03)


def test_councils_that_do_not_differ_are_taken_as_one():
    by = np.random.default_rng(3)
    exposure = np.full(100, 1000.0)
    found = pool.pool(by.poisson(20, 100), exposure)
    assert found.kappa > 2000
    assert found.mean == pytest.approx(0.02, rel=0.05)


def test_the_weight_of_the_pool_is_where_the_likelihood_is_highest():
    _, exposure, events = invented_councils(11)
    found = pool.pool(events, exposure)

    def likelihood(kappa):
        return pool._best(events.astype(float), exposure, np.log(kappa))[0]

    best = likelihood(found.kappa)
    assert all(likelihood(found.kappa * by) <= best for by in (0.5, 0.9, 1.1, 2))


def test_one_council_alone_is_no_pool():
    with pytest.raises(Refused, match="two councils or more"):
        pool.pool(np.array([3]), np.array([100.0]))


@pytest.mark.parametrize("kappa", [1e-9, 1e-3, 0.1, 1e9])
def test_a_prior_that_weighs_next_to_nothing_still_gives_chances(kappa):
    leave, to = truth(10)
    counts = counted(leave, to, 3)
    counts.moves[0] = 0
    counts.exposure[0] = 0
    before = prior.prior(counts, kappa)
    found = posterior.draws(counts, before, LEVEL, by=np.random.default_rng(11), kappa=kappa)
    assert ((found.stay >= 0) & (found.stay <= 1)).all()
    assert np.allclose(found.to.sum(axis=-1), 1, atol=1e-5)
