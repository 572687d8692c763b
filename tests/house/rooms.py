"""The inspector's questions about what stands in each room. Each returns its complaints."""

import ast
from collections import Counter
from pathlib import Path

from tests.house import tree

SHORTCUTS = {"get_object_or_404", "get_list_or_404", "aget_object_or_404", "aget_list_or_404"}


def no_rows_without_a_scope_in_views(root: Path) -> list[str]:
    """A view asks queries, which ask whose eyes; one forgotten filter would be a data breach."""
    complaints = []
    for path in tree.rooms_python(root):
        if tree.is_part(root, path, "views") or tree.is_part(root, path, "api"):
            for node in ast.walk(tree.parsed(path)):
                where = tree.at(root, path, getattr(node, "lineno", 0))
                if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}:
                    complaints.append(f"{where} uses .{node.attr}")
                if isinstance(node, ast.Call) and tree.called(node) in SHORTCUTS:
                    asked = ast.unparse(node.args[0])
                    if asked.split(".")[-1][0].isupper():  # a model, not a scoped question
                        complaints.append(f"{where} takes any {asked}")
    return complaints


def nothing_in_a_request_becomes_a_name(root: Path) -> list[str]:
    """`filter(**request.GET)` lets a stranger choose which column is asked about."""
    complaints = []
    for path in tree.rooms_python(root):
        for call in tree.calls(tree.parsed(path)):
            for keyword in call.keywords:
                if keyword.arg is None and "request." in ast.unparse(keyword.value):
                    complaints.append(
                        f"{tree.at(root, path, call.lineno)} takes names from a request"
                    )
    return complaints


def public_actions_say_who_and_when_and_write_the_record(root: Path) -> list[str]:
    complaints = []
    for path in tree.rooms_python(root):
        if not tree.is_part(root, path, "actions"):
            continue
        functions = [node for node in tree.parsed(path).body if isinstance(node, ast.FunctionDef)]
        writers = _writers(functions)
        for function in functions:
            if function.name.startswith("_") or not _offered(path, function.name):
                continue
            asked = function.args
            where = f"{tree.at(root, path, function.lineno)} {function.name}"
            if asked.args or asked.posonlyargs or asked.vararg or asked.kwarg:
                complaints.append(f"{where} takes more than named arguments")
            for name in {"by", "at"} - {argument.arg for argument in asked.kwonlyargs}:
                complaints.append(f"{where} does not take {name}=")
            if function.name not in writers:
                complaints.append(f"{where} does not write the record")
    return complaints


def _offered(path: Path, name: str) -> bool:
    """Whether a package of actions offers this one; a file offers all that it has."""
    if path.parent.name != "actions":
        return True
    offers = tree.parsed(path.with_name("__init__.py"))
    return any(isinstance(node, ast.alias) and node.name == name for node in ast.walk(offers))


def _writers(functions: list[ast.FunctionDef]) -> set[str]:
    """Those that open record.change, or hand `by` on to an action or neighbour that does."""
    writers = set[str]()
    for _ in functions:  # as often as one may lean on the next
        for function in functions:
            for call in tree.calls(function):
                said = ast.unparse(call.func)
                hands_on = any(keyword.arg == "by" for keyword in call.keywords)
                opens = said == "record.change"
                elsewhere = "actions" in said.split(".")[0] and hands_on
                if opens or elsewhere or said in writers and hands_on:
                    writers.add(function.name)
    return writers


def every_field_is_sorted(models: list) -> list[str]:
    """What may leave the building, what only when scrubbed, and what never: each field once."""
    complaints = []
    for model in models:
        sorted_by = [getattr(model, name, None) for name in ("keep", "scrub", "never_leaves")]
        label = model._meta.label
        if not all(isinstance(names, tuple) for names in sorted_by):
            complaints.append(f"{label} does not sort its fields: keep, scrub and never_leaves")
            continue
        said = Counter(name for names in sorted_by for name in names)
        fields = {field.name for field in model._meta.concrete_fields}
        complaints += [f"{label}.{name} is not sorted" for name in sorted(fields - said.keys())]
        complaints += [f"{label} sorts {name}, not a field" for name in said.keys() - fields]
        complaints += [f"{label}.{name} is sorted twice" for name in said if said[name] > 1]
    return complaints


def no_mock_of_our_own_code(root: Path) -> list[str]:
    complaints = []
    for path in tree.files(root, ".py"):
        code = tree.parsed(path)
        ours = _taken_from_onedoor(code)
        for node in ast.walk(code):
            where = tree.at(root, path, getattr(node, "lineno", 0))
            if isinstance(node, ast.Import | ast.ImportFrom) and "mock" in ast.unparse(node):
                complaints.append(f"{where} imports a mock")
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "monkeypatch.setattr":
                target = ast.unparse(node.args[0]).strip("'\"")
                if target.split(".")[0] in ours | {"onedoor"}:
                    complaints.append(f"{where} replaces {target}, which is our own code")
    return complaints


def _taken_from_onedoor(code: ast.Module) -> set[str]:
    return {
        name.asname or name.name.split(".")[0]
        for node in ast.walk(code)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
        if f"{getattr(node, 'module', None) or name.name}.".startswith("onedoor.")
    }
