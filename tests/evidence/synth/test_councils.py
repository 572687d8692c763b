"""How invented young people live: by chance and cause, the same again for the same seed."""

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest

from onedoor.evidence import synth
from onedoor.evidence.refusal import Refused
from onedoor.evidence.synth import chance, people
from onedoor.evidence.synth.mechanism import mechanism


def test_the_same_seed_lives_the_same_lives_and_another_seed_others():
    one, again, other = (synth.council(seed, children=100, years=2) for seed in (4, 4, 5))
    assert one.episodes.equals(again.episodes)
    assert one.happened.equals(again.happened)
    assert not one.episodes.equals(other.episodes)


def test_a_council_has_about_the_children_it_was_asked_for_whatever_its_growth():
    # A larger council strays less from what was asked: one is worth several small ones.
    for growth in (-0.05, 0.0, 0.06):
        council = synth.council(1, children=1500, years=1, growth=growth)
        found = synth.truth.total(council, council.first_day)
        assert found == pytest.approx(1500, rel=0.06), growth


def test_a_council_left_alone_stays_the_size_it_is_and_one_that_grows_grows():
    def change(growth):
        council = synth.council(1, children=1200, years=5, growth=growth)
        first, last = (
            synth.truth.total(council, on) for on in (council.first_day, council.last_day)
        )
        return last / first

    assert change(0.0) == pytest.approx(1.0, abs=0.1)
    assert change(0.06) == pytest.approx(1.06**5, rel=0.1)


def test_those_who_come_for_weeks_and_those_who_come_for_years_are_both_there():
    council = synth.council(8, children=800)
    begun = council.episodes.filter(pl.col("rne") == "S", pl.col("decom") < date(2021, 4, 1))
    ended = council.episodes.filter(pl.col("rec") != "X1", pl.col("dec").is_not_null())
    spells = begun.sort("decom").join_asof(
        ended.select("child", "dec").sort("dec"), left_on="decom", right_on="dec", by="child",
        strategy="forward", check_sortedness=False, coalesce=False,
    )  # fmt: skip
    days = (pl.coalesce("dec_right", pl.lit(council.last_day)) - pl.col("decom")).dt.total_days()
    lengths = spells.select(days.alias("days"))["days"]
    assert 0.2 < (lengths < 120).mean() < 0.5
    assert 0.15 < (lengths > 1000).mean() < 0.5


def test_moves_come_fastest_at_the_beginning_of_a_stay():
    council = synth.council(9, children=1500, years=4)
    stays = council.episodes.filter(
        pl.col("rne").is_in(["S", "P", "B"]), pl.col("decom") >= council.first_day
    )
    days = (pl.coalesce("dec", pl.lit(council.last_day)) - pl.col("decom")).dt.total_days()
    broke = ~pl.col("reason").is_in(["", "PLACE", "CARPL"])
    stays = stays.with_columns(days.alias("days"), broke.alias("broke"))

    def hazard(first, last):
        at_risk = stays.filter(pl.col("days") >= first)
        lost = at_risk.filter(pl.col("days") < last)
        exposure = (
            lost["days"].sum()
            - first * lost.height
            + (last - first) * (at_risk.height - lost.height)
        )
        return lost["broke"].sum() / exposure

    assert hazard(0, 90) > 1.5 * hazard(180, 720)


def test_need_makes_it_likelier_that_something_happens():
    council = synth.council(10, children=800, years=3)
    counts = council.happened.filter(what="missing").group_by("child").len()
    need = council.people.join(counts, on="child", how="left").filter(
        pl.col("born") < date(2006, 1, 1)
    )
    high, low = need.filter(pl.col("need") > 0.5), need.filter(pl.col("need") < -0.5)
    assert high["len"].fill_null(0).mean() > 2 * low["len"].fill_null(0).mean()


def test_a_birthday_on_29_february_comes_on_1_march_where_there_is_none():
    born = np.array(["2004-02-29", "2004-02-28", "2007-12-31"], dtype="datetime64[D]")
    found = people.eighteenth(born.astype(np.int64)).astype("datetime64[D]").astype(str)
    assert list(found) == ["2022-03-01", "2022-02-28", "2025-12-31"]


def test_chance_is_even_and_does_not_repeat_itself_from_month_to_month():
    who = np.arange(20_000)
    now, then = (chance.uniforms(7, who, month, 3) for month in (11, 12))
    for row in (*now, *then):
        counts = np.bincount((row * 20).astype(int), minlength=20)
        assert ((counts - 1000) ** 2 / 1000).sum() < 55  # 19 degrees of freedom, p about 0.00002
    for one, two in ((now[0], now[1]), (now[0], then[0]), (now[0][1:], now[0][:-1])):
        assert abs(np.corrcoef(one, two)[0, 1]) < 0.03
    assert now[0][500] == chance.uniforms(7, np.array([500]), 11, 3)[0, 0]


def test_what_is_picked_follows_its_weights():
    by = (np.arange(1000) + 0.5) / 1000
    found = np.bincount(chance.picked(np.array([1.0, 0.0, 3.0]), by), minlength=3)
    assert list(found) == [250, 0, 750]


def test_every_weight_and_chance_of_the_file_is_one():
    how = mechanism()
    for weights in (how.first, how.next, how.planned):
        assert (weights >= 0).all()
    assert (how.first.sum(axis=1) > 0).all()
    assert (how.next.sum(axis=1) > 0).all()
    assert (how.planned.sum(axis=1) > 0).all()
    assert ((how.out >= 0) & (how.out <= 1)).all()
    assert (how.ending_weights.sum(axis=1) > 0).all()
    assert (how.reason_weights.sum(axis=1) > 0).all()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"children": 10}, "60 to 200,000 children, not 10"),
        ({"years": 20}, "for 2017 to 2027"),
        ({"first_year": 2005}, "for 2017 to 2027"),
        ({"growth": 3}, "not 3"),
        ({"adopted_on": date(2021, 4, 2)}, "first of a month"),
        ({"adopted_on": date(2001, 4, 1)}, "inside the council's years"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(asked, said):
    with pytest.raises(Refused, match=said):
        synth.council(1, **asked)


def test_a_cause_below_nothing_is_refused():
    with pytest.raises(Refused, match="missing cannot be less than 0"):
        replace(synth.Causes(), missing=-0.1)
