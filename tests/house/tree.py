"""What the building inspector walks through: the files of a house, and the order of its rooms."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# How far along the corridor each room stands. A room may look back, never ahead or across.
CORRIDOR = {
    "evidence": 1,
    "govuk": 2,
    "team": 3,
    "door": 4,
    "plan": 5,
    "homes": 6,
    "outcomes": 7,
    "today": 8,
    "mine": 9,
    "programme": 9,
    "forum": 9,
    "demo": 10,
}


def files(root: Path, *endings: str) -> list[Path]:
    """The files that git keeps, or would keep: nothing that was fetched or built."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = [root / name for name in sorted(set(listed.stdout.splitlines()))]
    return [path for path in paths if path.is_file() and (not endings or path.suffix in endings)]


def room_of(root: Path, path: Path) -> str | None:
    parts = path.relative_to(root).parts
    if len(parts) > 2 and parts[0] == "onedoor" and parts[1] in CORRIDOR:
        return parts[1]
    return None


def looks_ahead(room: str, other: str) -> bool:
    """Whether `other` is a room that `room` may not know of."""
    if room not in CORRIDOR or other not in CORRIDOR or room == other:
        return False
    return CORRIDOR[other] >= CORRIDOR[room]


def is_part(root: Path, path: Path, name: str) -> bool:
    """Whether a room keeps its `views`, say, here: in views.py, or in a package of that name."""
    parts = path.relative_to(root).with_suffix("").parts
    return room_of(root, path) is not None and len(parts) > 2 and parts[2] == name


def rooms_python(root: Path) -> list[Path]:
    return [path for path in files(root, ".py") if room_of(root, path)]


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), str(path))


def called(node: ast.Call) -> str:
    """The last word of what is called: `ForeignKey` in `models.ForeignKey(…)`."""
    function = node.func
    return getattr(function, "attr", None) or getattr(function, "id", "")


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def at(root: Path, path: Path, line: int) -> str:
    return f"{path.relative_to(root)}:{line}"
