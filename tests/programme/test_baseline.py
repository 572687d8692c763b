"""The baseline: counted once from the council's own returns, and kept as it was counted."""

from pathlib import Path

import pytest
from django.db import DatabaseError, transaction

from onedoor.evidence import baseline, ssda903
from onedoor.programme import actions, queries
from onedoor.programme.models import Baseline
from onedoor.team.models import Entry
from onedoor.team.rules import NotNow, Refused
from tests.factories import NOW, TODAY, a_hub, a_manager, an_account
from tests.programme.returns import BOTH, EPISODES, HEADER, SECOND

pytestmark = pytest.mark.django_db
FULL_RETURN = Path(__file__).resolve().parents[3] / "shared/data/ssda903/full_return"


@pytest.fixture
def analyst():
    return an_account("programme-analyst")


def make(by, files=BOTH, ages=(12, 17)):
    return actions.make_baseline(by=by, at=NOW, files=files, ages=ages)


def test_it_counts_what_evidence_counts(analyst):
    kept = make(analyst)
    named = ["header.csv", "episodes.csv", "header.csv (2)", "episodes.csv (2)"]
    reading = ssda903.read_files(zip(named, (data for _, data in BOTH), strict=True))
    assert kept.counted == baseline.baseline(reading, ages=(12, 17)).as_dict()


def test_it_counts_who_is_looked_after_by_hand(analyst):
    rows = make(analyst).counted["tables"]["looked_after"]["rows"]
    counted = {(row["on"], row["kind"]): row["young_people"] for row in rows}
    assert counted["2024-03-31", "own_foster"] == 1  # 101; 104 is eight
    assert counted["2024-03-31", "own_home"] == 1
    assert counted["2025-03-31", "external_home"] == 2  # 101 moved, 103 came back
    assert {row["of_all"] for row in rows if row["on"] == "2025-03-31"} == {3}


def test_the_band_of_ages_is_a_choice(analyst):
    rows = make(analyst, ages=(6, 11)).counted["tables"]["looked_after"]["rows"]
    assert {row["on"]: row["of_all"] for row in rows} == {"2024-03-31": 1, "2025-03-31": 1}


def test_making_one_leaves_a_line_in_the_record(analyst):
    make(analyst)
    line = Entry.objects.first()
    assert (line.verb, line.by) == ("programme.make_baseline", analyst)


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([("header.csv", HEADER)], "There is no Episodes table here"),
        ([("episodes.csv", SECOND)], "There is no Header table here"),
        ([("returns.xlsx", b"PK\x03\x04 and so on")], "it is a workbook"),
        ([("notes.csv", b"name,telephone\nA,1\n")], "not those of any table"),
        ([("episodes.csv", b"\x00" * 400)], "NUL byte"),
        ([("empty.csv", b"")], "it is empty"),
        ([("long.csv", EPISODES.encode() + b"9" * 5000 + b",,,,,,,,,\n")], "more than"),
    ],
)
def test_what_cannot_be_read_gets_a_sentence_and_nothing_is_kept(analyst, files, sentence):
    before = Entry.objects.count()
    with pytest.raises(NotNow, match=sentence):
        make(analyst, files)
    assert not Baseline.objects.exists()
    assert Entry.objects.count() == before


def test_a_band_that_is_none_is_refused_before_anything_is_read(analyst):
    with pytest.raises(NotNow, match="not a band"):
        make(analyst, ages=(17, 12))


@pytest.mark.parametrize(
    "role", ["director", "hub-manager", "privacy-officer", "system-owner", "social-worker"]
)
def test_only_an_analyst_or_a_finance_officer_makes_one(role):
    with pytest.raises(Refused, match="programme analyst or finance officer"):
        make(an_account(role, a_hub()))


def test_a_director_sees_it_and_a_worker_does_not(analyst):
    kept = make(analyst)
    assert queries.a_baseline(an_account("director"), TODAY) == kept
    assert queries.a_baseline(a_manager(a_hub()), TODAY) == kept
    with pytest.raises(Refused):
        queries.a_baseline(an_account("residential-worker", a_hub()), TODAY)


def test_the_list_of_repairs_is_for_those_who_bring_the_returns(analyst):
    kept = make(analyst)
    assert queries.a_baseline_with_repairs(analyst, TODAY, kept.pk) == kept
    with pytest.raises(Refused):
        queries.a_baseline_with_repairs(an_account("director"), TODAY, kept.pk)


@pytest.mark.parametrize("change", [lambda b: b.update(oldest=18), lambda b: b.delete()])
def test_the_database_refuses_to_change_one(analyst, change):
    make(analyst)
    with pytest.raises(DatabaseError, match="kept as it was made"), transaction.atomic():
        change(Baseline.objects.all())


def test_a_whole_published_return_is_counted(analyst):
    if not FULL_RETURN.exists():
        pytest.skip("The published return is not beside the repository.")
    files = [
        (name, (FULL_RETURN / name).read_bytes())
        for name in ("header.csv", "episodes.csv", "reviews.csv", "oc2.csv")
    ]
    kept = make(analyst, files)
    reading = ssda903.read_files(files)
    assert kept.counted == baseline.baseline(reading, ages=(12, 17)).as_dict()
    assert kept.repairs_count == reading.lines.height > 1_000
