"""The building inspector, walking through the house as it stands."""

import pytest
from django.apps import apps

from tests.house import corridor, documents, naming, rooms
from tests.house.tree import ROOT

QUESTIONS = [
    corridor.contracts_are_kept,
    corridor.nothing_named_in_a_string_is_ahead,
    corridor.no_migration_depends_on_what_is_ahead,
    corridor.fronts_are_private_to_their_room,
    corridor.the_forum_could_not_hold_a_young_person,
    rooms.no_rows_without_a_scope_in_views,
    rooms.public_actions_say_who_and_when_and_write_the_record,
    rooms.no_mock_of_our_own_code,
    naming.no_banned_names,
    naming.no_long_files,
    naming.every_dependency_says_why,
    naming.no_unkind_words,
    naming.every_word_in_the_glossary_is_used,
    naming.nothing_of_others_is_committed,
    documents.every_link_leads_somewhere,
    documents.the_reference_is_what_the_code_says,
]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.__name__)
def test_the_inspector_has_no_complaint(question):
    complaints = question(ROOT)
    assert not complaints, "\n" + "\n".join(complaints)


def test_every_model_sorts_every_field():
    ours = [model for model in apps.get_models() if model.__module__.startswith("onedoor.")]
    complaints = rooms.every_field_is_sorted(ours)
    assert not complaints, "\n" + "\n".join(complaints)


def test_every_example_in_the_documentation_runs(tmp_path):
    complaints = documents.every_example_says_what_it_says(ROOT, tmp_path)
    assert not complaints, "\n\n".join(complaints)
