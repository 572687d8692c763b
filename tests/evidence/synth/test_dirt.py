"""Dirty returns have the faults of real ones, and are read with a line for each."""

import pytest

from onedoor.evidence import ssda903, synth

FAULTS = {
    *("overlap", "open_not_last", "rec_on_open", "no_rec", "lower_case", "unknown_code"),
    *("blank_code", "dec_before_decom", "unreadable_decom", "same_start", "code_of_another_year"),
    *("vanished", "no_dob_given", "header_twice", "header_differs", "dob_changed"),
}


@pytest.fixture(scope="module")
def council():
    return synth.council(2, children=900, years=5, first_year=2021)


@pytest.fixture(scope="module")
def clean(council):
    return synth.returns(council, tables=("header", "episodes"))


def test_every_fault_is_there_and_has_its_line(clean):
    reading = ssda903.read_files(synth.dirtied(clean, 1))
    assert set(reading.counts_by_rule()) >= FAULTS
    assert reading.years == (2021, 2022, 2023, 2024, 2025)


def test_faults_are_few_and_most_of_the_truth_is_still_read(council, clean):
    reading = ssda903.read_files(synth.dirtied(clean, 1))
    account = next(each for each in reading.accounts if each.table == "Episodes")
    assert 0 < account.refused < 0.01 * account.rows_in
    true = set(council.episodes.select("child", "decom", "dec").rows())
    read = set(reading.episodes.select("child", "decom", "dec").rows())
    assert 0.97 * len(true) < len(true & read) < len(true)


def test_the_same_seed_makes_the_same_faults_and_another_seed_others(clean):
    assert synth.dirtied(clean, 1) == synth.dirtied(clean, 1)
    assert synth.dirtied(clean, 1) != synth.dirtied(clean, 2)
