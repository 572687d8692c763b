"""The inspector's questions about who may know whom. Each returns its complaints as sentences."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

from tests.house import tree

NAMES_A_MODEL_OR_MODULE = {
    "ForeignKey",
    "OneToOneField",
    "ManyToManyField",
    "get_model",
    "get_app_config",
    "import_module",
    "import_string",
}
FRONT = {"views", "forms", "api"}
PAINTWORK = "govuk"  # no room: its forms are what every room's forms are painted with


def contracts_are_kept(root: Path) -> list[str]:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"]
    environ = os.environ | {"PYTHONPATH": str(root)}
    ran = subprocess.run(command, cwd=root, env=environ, capture_output=True, text=True)
    return [] if ran.returncode == 0 else [ran.stdout + ran.stderr]


def nothing_named_in_a_string_is_ahead(root: Path) -> list[str]:
    """Django takes models and modules by name, where the import contracts cannot see."""
    complaints = []
    for path in tree.rooms_python(root):
        room = tree.room_of(root, path)
        for call in tree.calls(tree.parsed(path)):
            if tree.called(call) not in NAMES_A_MODEL_OR_MODULE:
                continue
            for argument in [*call.args, *(keyword.value for keyword in call.keywords)]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    other = argument.value.removeprefix("onedoor.").split(".")[0]
                    if tree.looks_ahead(room, other):
                        where = tree.at(root, path, call.lineno)
                        complaints.append(f"{where} names {argument.value}, which is ahead")
    return complaints


def no_migration_depends_on_what_is_ahead(root: Path) -> list[str]:
    complaints = []
    for path in tree.rooms_python(root):
        if "migrations" not in path.parts:
            continue
        room = tree.room_of(root, path)
        for node in ast.walk(tree.parsed(path)):
            if isinstance(node, ast.Assign) and node.targets[0].id in {
                "dependencies",
                "run_before",
            }:
                for pair in node.value.elts:
                    other = pair.elts[0].value if isinstance(pair, ast.Tuple) else ""
                    if tree.looks_ahead(room, other):
                        where = tree.at(root, path, pair.lineno)
                        complaints.append(f"{where} depends on {other}, which is ahead")
    return complaints


def fronts_are_private_to_their_room(root: Path) -> list[str]:
    """Views, forms and api are nobody else's business (the contract cannot say "same room")."""
    complaints = []
    for path in tree.files(root, ".py"):
        room = tree.room_of(root, path)
        for node in ast.walk(tree.parsed(path)):
            if not isinstance(node, ast.ImportFrom | ast.Import) or "tests" in path.parts:
                continue
            module = getattr(node, "module", None) or ""
            for name in node.names:
                parts = f"{module}.{name.name}".strip(".").split(".")
                front = parts[0] == "onedoor" and len(parts) > 2 and parts[2] in FRONT
                if front and parts[1] not in {room, PAINTWORK}:
                    where = tree.at(root, path, node.lineno)
                    complaints.append(f"{where} uses {'.'.join(parts[:3])}, private to its room")
    return complaints


WHAT_THE_FORUM_HOLDS = """
import json, django
django.setup()
from django.apps import apps
print(json.dumps({
    "rooms": [a.name for a in apps.get_app_configs() if a.name.startswith("onedoor.")],
    "fields": [f"{m._meta.label}.{f.name}" for m in apps.get_models() for f in m._meta.fields],
}))
"""
A_PERSON = {"born_on", "date_of_birth", "dob", "subject", "subject_id", "young_person"}


def the_forum_could_not_hold_a_young_person(root: Path) -> list[str]:
    ran = subprocess.run(
        [sys.executable, "-c", WHAT_THE_FORUM_HOLDS],
        cwd=root,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "onedoor.settings.forum"},
        capture_output=True,
        text=True,
    )
    if ran.returncode:
        return [f"The forum does not start:\n{ran.stderr}"]
    held = json.loads(ran.stdout.splitlines()[-1])
    welcome = {"onedoor.team", "onedoor.forum", "onedoor.govuk"}
    rooms = [f"{room} is installed in the forum" for room in held["rooms"] if room not in welcome]
    fields = [name for name in held["fields"] if name.rsplit(".", 1)[1] in A_PERSON]
    return rooms + [f"{name} could hold a young person in the forum" for name in fields]
