"""Each of the inspector's questions, put to a small house that has the fault it looks for."""

import subprocess

import pytest
from django.db import models

from tests.house import corridor, documents, naming, rooms
from tests.house.tree import ROOT

IN_ORDER = {
    "onedoor/door/views.py": "from onedoor.door import queries\n\nqueries.at_the_door(by=None)\n",
    "onedoor/homes/models.py": 'class Stay:\n    young_person = ForeignKey("door.YoungPerson")\n',
    "onedoor/homes/actions.py": """
from onedoor.team import record

def move_in(*, place, by, at):
    with record.change("homes.move_in", by=by, at=at):
        place.begin()

def _quietly(place):
    place.begin()
""",
    "onedoor/door/migrations/0001_first.py": 'dependencies = [("team", "0001_first")]\n',
    "onedoor/door/templates/door/at.html": '<p class="case">In case of fire{# the client #}</p>\n',
    "onedoor/team/roles.toml": '# for users\nsees = "The young person\'s page"\n',
    "onedoor/settings/base.py": "DEBUG = False\n",
    "pyproject.toml": 'dependencies = [\n    "numpy>=2.3",  # rates and draws\n]\n',
    "Makefile": "test:\n\ttrue\n",
    "docs/test.md": "```console\n$ make test\n```\n",
    "GLOSSARY.md": "**Young person**: who this is for.\n",
    "README.md": "# One Door\n[Words](GLOSSARY.md), [up](#one-door), [far](https://example.org)\n",
    "tests/test_door.py": "def test_it(monkeypatch):\n    monkeypatch.setenv('TZ', 'UTC')\n",
}

FAULTS = [
    (
        corridor.nothing_named_in_a_string_is_ahead,
        {"onedoor/door/models.py": 'x = models.ForeignKey("homes.Place", on_delete=None)\n'},
        "onedoor/door/models.py:1 names homes.Place, which is ahead",
    ),
    (
        corridor.nothing_named_in_a_string_is_ahead,
        {"onedoor/team/pages.py": 'x = import_string("onedoor.today.queries.due")\n'},
        "names onedoor.today.queries.due",
    ),
    (
        corridor.nothing_named_in_a_string_is_ahead,
        {"onedoor/plan/queries.py": 'Stay = apps.get_model("homes", "Stay")\n'},
        "names homes, which is ahead",
    ),
    (
        corridor.no_migration_depends_on_what_is_ahead,
        {"onedoor/door/migrations/0002_x.py": 'class M:\n    dependencies = [("plan", "0001")]\n'},
        "depends on plan, which is ahead",
    ),
    (
        corridor.fronts_are_private_to_their_room,
        {"onedoor/homes/queries.py": "from onedoor.door import forms\n"},
        "uses onedoor.door.forms, private to its room",
    ),
    (
        rooms.no_rows_without_a_scope_in_views,
        {"onedoor/door/views.py": "everyone = YoungPerson.objects.all()\n"},
        "onedoor/door/views.py:1 uses .objects",
    ),
    (
        rooms.no_rows_without_a_scope_in_views,
        {"onedoor/door/views/search.py": "everyone = YoungPerson.objects.all()\n"},
        "onedoor/door/views/search.py:1 uses .objects",
    ),
    (
        rooms.no_rows_without_a_scope_in_views,
        {"onedoor/door/views.py": "person = get_object_or_404(models.YoungPerson, pk=1)\n"},
        "onedoor/door/views.py:1 takes any models.YoungPerson",
    ),
    (
        rooms.nothing_in_a_request_becomes_a_name,
        {"onedoor/door/queries.py": "rows.filter(**request.GET.dict())\n"},
        "onedoor/door/queries.py:1 takes names from a request",
    ),
    (
        rooms.public_actions_say_who_and_when_and_write_the_record,
        {"onedoor/homes/actions.py": "def move_in(place, *, by, at):\n    record.change(by=by)\n"},
        "move_in takes more than named arguments",
    ),
    (
        rooms.public_actions_say_who_and_when_and_write_the_record,
        {"onedoor/homes/actions.py": "def move_in(*, at):\n    record.change(by=None)\n"},
        "move_in does not take by=",
    ),
    (
        rooms.public_actions_say_who_and_when_and_write_the_record,
        {"onedoor/homes/actions.py": "def move_in(*, by, at):\n    place.begin(by=by)\n"},
        "move_in does not write the record",
    ),
    (
        rooms.public_actions_say_who_and_when_and_write_the_record,
        {
            "onedoor/homes/actions.py": "",
            "onedoor/homes/actions/__init__.py": "from .moving import move_in\n",
            "onedoor/homes/actions/moving.py": "def move_in(*, by, at): ...\n\ndef words(x): ...\n",
        },
        "onedoor/homes/actions/moving.py:1 move_in does not write the record",
    ),
    (
        rooms.no_mock_of_our_own_code,
        {"tests/test_door.py": "from unittest.mock import patch\n"},
        "imports a mock",
    ),
    (
        rooms.no_mock_of_our_own_code,
        {
            "tests/test_door.py": "from onedoor.door import access\n"
            "def test_it(monkeypatch):\n    monkeypatch.setattr(access, 'may', None)\n"
        },
        "replaces access, which is our own code",
    ),
    (naming.no_banned_names, {"onedoor/door/utils.py": ""}, "utils is a drawer"),
    (naming.no_banned_names, {"tests/helpers/x.py": ""}, "helpers is a drawer"),
    (
        naming.no_banned_names,
        {"onedoor/door/models.py": "class ReferralManager: pass\n"},
        "ReferralManager is named after a role",
    ),
    (naming.no_long_files, {"onedoor/door/queries.py": "x = 1\n" * 301}, "has 301 lines of code"),
    (
        naming.every_dependency_says_why,
        {"pyproject.toml": 'dependencies = [\n    "numpy>=2.3",\n]\n'},
        "numpy is there without a reason",
    ),
    (
        naming.no_unkind_words,
        {"onedoor/door/templates/door/at.html": "<h1>{{ x }}</h1>\n<p>Your\n  client</p>\n"},
        "at.html:3 says “client”",
    ),
    (
        naming.no_unkind_words,
        {"onedoor/door/templates/door/at.html": '{% govuk "button" text="Close her case" %}\n'},
        "says “her case”",
    ),
    (
        naming.no_unkind_words,
        {"onedoor/door/rules.py": 'SENTENCE = "This referral was rejected."\n'},
        "says “rejected”",
    ),
    (
        naming.no_unkind_words,
        {"onedoor/today/duties.toml": 'words = "Review each LAC every month"\n'},
        "says “LAC”",
    ),
    (
        naming.every_word_in_the_glossary_is_used,
        {"GLOSSARY.md": "**Young person**: you.\n**Widget**: what nobody says.\n"},
        "“Widget” is in the glossary and nowhere else",
    ),
    (
        naming.nothing_of_others_is_committed,
        {"onedoor/govuk/static/htmx.min.js": ""},
        "htmx.min.js is somebody else's",
    ),
    (
        documents.every_link_leads_somewhere,
        {"docs/how-to/start.md": "[Words](../GLOSSARY.md)\n"},
        "docs/how-to/start.md links to ../GLOSSARY.md, which is not there",
    ),
    (
        documents.every_link_leads_somewhere,
        {"docs/start.md": "[One Door](../README.md#two-doors)\n"},
        "no such heading",
    ),
    (
        documents.every_make_command_exists,
        {"README.md": "Run `make tea` first.\n"},
        "README.md says make tea, which the Makefile does not know",
    ),
]


@pytest.fixture
def house(tmp_path):
    """`house(files)`: a folder with those files in it, known to git."""
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)

    def build(files):
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return tmp_path

    return build


@pytest.mark.parametrize(("question", "fault", "complaint"), FAULTS)
def test_the_inspector_finds_the_fault(house, question, fault, complaint):
    assert complaint in "\n".join(question(house(IN_ORDER | fault)))


@pytest.mark.parametrize("question", sorted({row[0] for row in FAULTS}, key=lambda q: q.__name__))
def test_a_house_in_order_draws_no_complaint(house, question):
    assert question(house(IN_ORDER)) == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("door/queries.py", "from onedoor.homes import models\n"),
        ("programme/queries.py", "from onedoor.forum import models\n"),
        ("door/models.py", "from onedoor.door import actions\n"),
        ("forum/models.py", "from onedoor.door import models\n"),
        ("evidence/sizes.py", "import django\n"),
        ("homes/rules.py", "from django.db import models\n"),
        ("homes/actions.py", "from onedoor.door import views\n"),
        ("cellar/__init__.py", ""),
    ],
)
def test_the_contracts_see_what_crosses_the_corridor(house, name, code):
    every_room = "evidence govuk team door plan homes outcomes today mine programme forum demo"
    files = {f"onedoor/{room}/__init__.py": "" for room in every_room.split()}
    files |= {f"onedoor/{room}/models.py": "" for room in ["door", "homes", "forum"]}
    files |= {"onedoor/__init__.py": "", "onedoor/door/views.py": "", "onedoor/door/actions.py": ""}
    files |= {".importlinter": (ROOT / ".importlinter").read_text()}

    assert corridor.contracts_are_kept(house(files)) == []
    assert "BROKEN" in corridor.contracts_are_kept(house({f"onedoor/{name}": code}))[0]


def test_a_field_that_nobody_sorted_is_found():
    class Unsorted(models.Model):
        name = models.CharField(max_length=9)
        born_on = models.DateField()
        keep = ("id", "name")
        scrub = ("name", "nickname")
        never_leaves = ()

        class Meta:
            app_label = "house"

    assert rooms.every_field_is_sorted([Unsorted]) == [
        "house.Unsorted.born_on is not sorted",
        "house.Unsorted sorts nickname, not a field",
        "house.Unsorted.name is sorted twice",
    ]


def test_an_example_that_fails_or_says_something_else_is_found(house, tmp_path_factory):
    page = "```console\n$ onedoor no-such-thing\n$ onedoor demo\n$ ls\n```\n"
    root = house({"docs/page.md": page})

    assert documents.examples(root) == [("docs/page.md", "onedoor no-such-thing", "")]
    folder = tmp_path_factory.mktemp("shown")
    assert "failed" in documents.every_example_says_what_it_says(root, folder)[0]


def test_a_picture_that_its_example_does_not_draw_is_found(house, tmp_path_factory):
    root = house({"docs/pictures/tutorial/fan.svg": "<svg/>"})
    [complaint] = documents.every_example_says_what_it_says(root, tmp_path_factory.mktemp("shown"))
    assert "fan.svg is not what the example draws now" in complaint


@pytest.mark.parametrize(
    ("said", "printed", "same"),
    [
        ("one\ntwo", "one  \ntwo\n", True),
        ("one\n...\nfour", "one\ntwo\nthree\nfour\n", True),
        ("one\n…", "one\ntwo\n", True),
        ("one\ntwo", "one\n", False),
        ("one", "one\ntwo\n", False),
    ],
)
def test_what_an_example_says_is_compared_line_by_line(said, printed, same):
    assert documents.says(said, printed) is same
