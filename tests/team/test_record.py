"""Every change with its line, and a chain in which a rewritten line shows."""

import contextlib
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from onedoor.team import record, seal
from onedoor.team.models import Account, Entry, Hub
from onedoor.team.rules import NotNow
from onedoor.team.subjects.models import EntrySubject
from tests.factories import LONG_AGO, NOW, an_account

pytestmark = pytest.mark.django_db
ROBIN, ALEX = uuid4(), uuid4()


@pytest.fixture
def jo() -> Account:
    return an_account("director")


def open_hub(name: str) -> Hub:
    return Hub.objects.create(name=name, opened_on=LONG_AGO)


def half_open_and_stop() -> None:
    open_hub("Half opened")
    raise NotNow("Not today.")


def verbs() -> list[str]:
    return list(Entry.objects.order_by("number").values_list("verb", flat=True))


# ── changes and their lines ──────────────────────────────────────────────────────────────────────


def test_a_change_writes_its_line_with_whom_it_is_about(jo):
    with record.change("team.example", by=jo, at=NOW, about=[ROBIN]) as line:
        line.about(ALEX, None)
    entry = Entry.objects.first()
    assert (entry.kind, entry.verb, entry.by, entry.at) == ("did", "team.example", jo, NOW)
    assert {about.subject for about in entry.subjects.all()} == {ROBIN, ALEX}


def test_changes_inside_a_change_write_their_lines_outer_first_in_one_go(jo):
    before = len(verbs())
    with record.change("first", by=jo, at=NOW):
        with record.change("second", by=jo, at=NOW), record.change("third", by=jo, at=NOW):
            pass
        with record.change("fourth", by=jo, at=NOW):
            assert len(verbs()) == before
    assert verbs()[before:] == ["first", "second", "third", "fourth"]
    assert record.verify().sound


def test_a_change_that_fails_leaves_no_row_and_no_line(jo):
    before = verbs()
    with (
        pytest.raises(NotNow),
        transaction.atomic(),
        record.change("outer", by=jo, at=NOW),
        record.change("inner", by=jo, at=NOW),
    ):
        half_open_and_stop()
    assert verbs() == before
    assert not Hub.objects.filter(name="Half opened").exists()


def test_an_inner_change_that_fails_leaves_no_line_where_the_outer_goes_on(jo):
    before = len(verbs())
    with record.change("outer", by=jo, at=NOW):
        with (
            contextlib.suppress(NotNow),
            record.change("inner", by=jo, at=NOW),
            record.change("innermost", by=jo, at=NOW),
        ):
            half_open_and_stop()
        open_hub("Opened")
    assert verbs()[before:] == ["outer"]
    assert Hub.objects.filter(name__in=["Half opened", "Opened"]).get().name == "Opened"


def open_with_a_line_the_database_refuses(jo) -> None:
    with transaction.atomic(), record.change("team.example", by=jo, at=NOW) as line:
        open_hub("Unrecorded")
        line.kind = "whispered"  # the database knows no such kind


def test_a_change_whose_line_cannot_be_written_does_not_happen(jo):
    before = verbs()
    with pytest.raises(IntegrityError):
        open_with_a_line_the_database_refuses(jo)
    assert verbs() == before
    assert not Hub.objects.filter(name="Unrecorded").exists()


def test_a_time_without_a_zone_is_refused_before_it_can_break_the_chain(jo):
    with (
        pytest.raises(ValueError, match="needs a time zone"),
        transaction.atomic(),
        record.change("team.example", by=jo, at=datetime(2026, 11, 20)),  # noqa: DTZ001
    ):
        pass
    assert record.verify().sound


# ── the chain, and all the ways to tamper with it ────────────────────────────────────────────────


@pytest.fixture
def ten_lines(jo) -> int:
    """Ten lines about one or two young people; the number of the first."""
    first = record.head()[0] + 1
    with transaction.atomic():
        record.write(
            [
                record.Line(
                    "saw", f"line {n}", jo, NOW + timedelta(seconds=n), {ROBIN} if n % 2 else set()
                )
                for n in range(10)
            ]
        )
    return first


def faults_after(deed, anchors=()) -> list[str]:
    """What verify says after a deed by somebody who owns the database; then all is put back."""
    with transaction.atomic():
        connection.check_constraints()  # PostgreSQL drops no trigger with work still to do
        with connection.cursor() as cursor:
            for name in seal.triggers(connection):
                seal.take_off(cursor, name)
        deed()
        faults = list(record.verify(anchors).faults)
        transaction.set_rollback(True)
    return faults


def line(number: int):
    return Entry.objects.filter(number=number)


def honest_digest(entry: Entry) -> str:
    subjects = [about.subject for about in entry.subjects.all()]
    return record.digest_of(
        entry.number, entry.at, entry.by_id, entry.kind, entry.verb, subjects, entry.previous
    )


def test_a_chain_that_nobody_touched_is_sound(ten_lines):
    verdict = record.verify(chunk=3)
    assert verdict.sound
    assert verdict.lines == ten_lines + 9
    assert (verdict.number, verdict.head) == record.head()


@pytest.mark.parametrize(
    "edit",
    [
        {"verb": "something else"},
        {"kind": "did"},
        {"at": datetime(2020, 1, 1, tzinfo=UTC)},
        {"by": None},
    ],
    ids=lambda edit: next(iter(edit)),
)
def test_an_edited_line_shows(ten_lines, edit):
    faults = faults_after(lambda: line(ten_lines + 4).update(**edit))
    assert faults == [f"Line {ten_lines + 4} has been changed."]


def test_a_deleted_line_shows(ten_lines):
    gone = ten_lines + 4
    faults = faults_after(lambda: line(gone)._raw_delete("default"))
    assert faults == [
        f"Line {gone} is missing.",
        f"Line {gone + 1} does not follow from the line before it.",
    ]


def test_several_deleted_lines_show_as_one_gap(ten_lines):
    def delete():
        EntrySubject.objects.all()._raw_delete("default")
        line(ten_lines + 4)._raw_delete("default")
        line(ten_lines + 5)._raw_delete("default")

    assert f"Lines {ten_lines + 4} to {ten_lines + 5} are missing." in faults_after(delete)


def test_a_line_pushed_in_between_shows(ten_lines):
    def push_in():
        EntrySubject.objects.all()._raw_delete("default")
        for number in range(ten_lines + 9, ten_lines + 4, -1):
            line(number).update(number=F("number") + 1)
        before = line(ten_lines + 4).get()
        new = Entry(
            number=ten_lines + 5, at=NOW, kind="saw", verb="a visit that never was",
            algorithm=record.ALGORITHM, previous=before.digest,
        )  # fmt: skip
        line(ten_lines + 6).update(previous="f" * 64)  # each previous digest stands only once
        new.digest = honest_digest(new)
        new.save(force_insert=True)

    faults = faults_after(push_in)
    assert f"Line {ten_lines + 6} does not follow from the line before it." in faults
    assert f"Line {ten_lines + 6} has been changed." in faults


def test_a_line_added_far_ahead_shows(ten_lines):
    def add():
        Entry.objects.create(
            number=ten_lines + 99, at=NOW, kind="saw", verb="later",
            algorithm=record.ALGORITHM, previous="e" * 64, digest="d" * 64,
        )  # fmt: skip

    faults = faults_after(add)
    assert faults[0] == f"Lines {ten_lines + 10} to {ten_lines + 98} are missing."


def test_two_lines_that_change_places_show(ten_lines):
    def swap():
        EntrySubject.objects.all()._raw_delete("default")
        for here, there in ((3, 77), (4, 3), (77, 4)):
            line(ten_lines + here).update(number=ten_lines + there)

    faults = faults_after(swap)
    assert f"Line {ten_lines + 3} does not follow from the line before it." in faults
    assert f"Line {ten_lines + 4} has been changed." in faults


def test_a_line_forged_with_a_wrong_digest_shows(ten_lines):
    def forge():
        line(ten_lines + 4).update(verb="something else", digest="a" * 64)
        line(ten_lines + 5).update(previous="a" * 64)

    faults = faults_after(forge)
    assert faults == [
        f"Line {ten_lines + 4} has been changed.",
        f"Line {ten_lines + 5} has been changed.",
    ]


def forge_from(number: int) -> None:
    """Rewrite a line, and every digest after it, as somebody with time and the source could."""
    line(number).update(verb="something else")
    rewritten = {}
    for entry in Entry.objects.filter(number__gte=number).order_by("number"):
        if number != entry.number:
            entry.previous = rewritten[entry.number - 1][1]
        rewritten[entry.number] = (entry.previous, honest_digest(entry))
    for entry, (previous, digest) in rewritten.items():
        line(entry).update(previous=previous, digest=digest)


def test_a_chain_forged_to_its_end_shows_only_against_an_anchor(ten_lines):
    anchor = record.head()
    assert faults_after(lambda: forge_from(ten_lines + 4)) == []
    faults = faults_after(lambda: forge_from(ten_lines + 4), [anchor])
    assert faults == [f"The anchor kept for line {anchor[0]} is not on this record."]


def cut_from(number: int) -> None:
    EntrySubject.objects.filter(entry__gte=number)._raw_delete("default")
    Entry.objects.filter(number__gte=number)._raw_delete("default")


def test_a_tail_cut_off_shows_only_against_an_anchor(ten_lines):
    anchor = record.head()
    assert faults_after(lambda: cut_from(ten_lines + 5)) == []
    faults = faults_after(lambda: cut_from(ten_lines + 5), (pair for pair in [anchor]))
    assert faults == [f"The anchor kept for line {anchor[0]} is not on this record."]


def test_an_anchor_from_before_goes_on_fitting_as_the_record_grows(ten_lines, jo):
    anchor = record.head()
    with record.change("team.example", by=jo, at=NOW):
        pass
    assert record.verify([anchor]).sound


def test_a_young_person_taken_off_a_line_shows(ten_lines):
    seen = ten_lines + 1
    faults = faults_after(lambda: EntrySubject.objects.filter(entry=seen)._raw_delete("default"))
    assert faults == [f"Line {seen} has been changed."]


def test_a_young_person_put_on_a_line_shows(ten_lines):
    deed = ten_lines + 2
    faults = faults_after(lambda: EntrySubject.objects.create(entry_id=deed, subject=ALEX))
    assert faults == [f"Line {deed} has been changed."]


def test_a_young_person_exchanged_for_another_shows(ten_lines):
    deed = ten_lines + 1
    faults = faults_after(lambda: EntrySubject.objects.filter(entry=deed).update(subject=ALEX))
    assert faults == [f"Line {deed} has been changed."]


def test_a_line_about_somebody_whose_line_of_the_record_is_gone_shows(ten_lines):
    faults = faults_after(lambda: line(ten_lines + 9)._raw_delete("default"))
    assert faults[-1] == "1 lines about a young person belong to no line of the record."


def test_an_unknown_algorithm_shows(ten_lines):
    faults = faults_after(lambda: line(ten_lines + 4).update(algorithm="sum-1"))
    assert faults == [f"Line {ten_lines + 4} names an unknown algorithm."]


def test_a_few_lines_are_checked_on_their_own_for_the_screen(ten_lines):
    shown = (ten_lines + 3, ten_lines + 6)
    assert record.faults_between(*shown) == ()
    found = []

    def edit():
        line(ten_lines + 5).update(verb="something else")
        found.extend(record.faults_between(*shown))

    faults_after(edit)
    assert found == [f"Line {ten_lines + 5} has been changed."]
