"""The documentation says what the house does: its links lead, its examples run."""

from tests.house import documents
from tests.house.tree import ROOT


def test_every_link_leads_somewhere():
    complaints = documents.every_link_leads_somewhere(ROOT)
    assert not complaints, "\n" + "\n".join(complaints)


def test_every_make_command_exists():
    complaints = documents.every_make_command_exists(ROOT)
    assert not complaints, "\n" + "\n".join(complaints)


def test_the_reference_is_what_the_code_says():
    complaints = documents.the_reference_is_what_the_code_says(ROOT)
    assert not complaints, "\n" + "\n".join(complaints)


def test_every_example_in_the_documentation_runs(tmp_path):
    complaints = documents.every_example_says_what_it_says(ROOT, tmp_path)
    assert not complaints, "\n\n".join(complaints)
