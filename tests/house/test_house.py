"""The building inspector, walking through the house as it stands."""

import pytest
from django.apps import apps

from tests.house import corridor, naming, rooms
from tests.house.tree import ROOT

QUESTIONS = [
    corridor.contracts_are_kept,
    corridor.nothing_named_in_a_string_is_ahead,
    corridor.no_migration_depends_on_what_is_ahead,
    corridor.fronts_are_private_to_their_room,
    corridor.the_forum_could_not_hold_a_young_person,
    rooms.no_rows_without_a_scope_in_views,
    rooms.nothing_in_a_request_becomes_a_name,
    rooms.public_actions_say_who_and_when_and_write_the_record,
    rooms.no_mock_of_our_own_code,
    naming.no_banned_names,
    naming.no_long_files,
    naming.every_dependency_says_why,
    naming.no_unkind_words,
    naming.every_word_in_the_glossary_is_used,
    naming.nothing_of_others_is_committed,
]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.__name__)
def test_the_inspector_has_no_complaint(question):
    complaints = question(ROOT)
    assert not complaints, "\n" + "\n".join(complaints)


def test_every_model_sorts_every_field():
    ours = [model for model in apps.get_models() if model.__module__.startswith("onedoor.")]
    complaints = rooms.every_field_is_sorted(ours)
    assert not complaints, "\n" + "\n".join(complaints)
