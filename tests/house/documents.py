"""The inspector's questions about the documentation. Each returns its complaints."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from tests.house import tree

LINK = re.compile(r"\]\(<?([^)\s>]+)>?(?: \"[^\"]*\")?\)|<img[^>]+src=\"([^\"]+)\"")
CONSOLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
STAYS_OPEN = {"demo", "serve"}  # these wait for visitors, so reading about them must be enough


def every_link_leads_somewhere(root: Path) -> list[str]:
    complaints = []
    for path in tree.files(root, ".md"):
        text = re.sub(r"^```.*?^```", "", path.read_text(), flags=re.MULTILINE | re.DOTALL)
        for link in (first or second for first, second in LINK.findall(text)):
            if re.match(r"[a-z]+:", link):
                continue
            name, _, anchor = link.partition("#")
            target = (path.parent / name).resolve() if name else path
            if not target.exists():
                complaints.append(f"{path.relative_to(root)} links to {link}, which is not there")
            elif anchor and target.suffix == ".md" and anchor not in _anchors(target):
                complaints.append(f"{path.relative_to(root)} links to {link}: no such heading")
    return complaints


def _anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+\s+(.*)$", path.read_text(), re.MULTILINE)
    plain = [re.sub(r"[^\w\- ]", "", heading.strip().lower()) for heading in headings]
    return {heading.replace(" ", "-") for heading in plain}


def every_make_command_exists(root: Path) -> list[str]:
    made = set(re.findall(r"^([a-z]+):", (root / "Makefile").read_text(), re.MULTILINE))
    return [
        f"{path.relative_to(root)} says make {word}, which the Makefile does not know"
        for path in tree.files(root, ".md")
        for word in re.findall(r"(?:`|^\$ |^)make ([a-z]+)", path.read_text(), re.MULTILINE)
        if word not in made
    ]


def examples(root: Path) -> list[tuple[str, str, str]]:
    """Every `$ onedoor …` in a console block: where it stands, the command, what it should say."""
    found = []
    for path in tree.files(root, ".md"):
        for block in CONSOLE.findall(path.read_text()):
            for chunk in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, _, said = chunk.replace("\\\n", " ").partition("\n")
                words = shlex.split(command, comments=True)
                if words[:1] == ["onedoor"] and not STAYS_OPEN & set(words[1:2]):
                    found.append((str(path.relative_to(root)), command, said.strip()))
    return found


def every_example_says_what_it_says(root: Path, folder: Path) -> list[str]:
    """Run the examples in a folder that shows the house, so that what they write lands there."""
    for entry in root.iterdir():
        if not entry.name.startswith("."):
            (folder / entry.name).symlink_to(entry)
    programs = str(Path(sys.executable).parent)
    environ = os.environ | {"PATH": f"{programs}:{os.environ['PATH']}", "COLUMNS": "80"}
    complaints = []
    for where, command, said in examples(root):
        ran = subprocess.run(
            command, shell=True, cwd=folder, env=environ, capture_output=True, text=True
        )
        # 1 says that some rows of a return could not be read, which an example may well show
        if ran.returncode > 1 or "Traceback" in ran.stderr:
            complaints.append(f"{where}: $ {command}\nfailed: {ran.stderr[-500:]}")
        elif said and not says(said, ran.stdout):
            complaints.append(f"{where}: $ {command}\nsays now:\n{ran.stdout}")
    return complaints + _drawn_otherwise(root, folder)


def _drawn_otherwise(root: Path, folder: Path) -> list[str]:
    """Pictures of the tutorial that are not what its own examples have just drawn."""
    drawn = {path.name: path.read_text() for path in folder.glob("riverton/pictures/*.svg")}
    return [
        f"{path.relative_to(root)} is not what the example draws now: {folder}"
        for path in tree.files(root, ".svg")
        if path.parent.name == "tutorial" and path.read_text() != drawn.get(path.name)
    ]


def says(said: str, printed: str) -> bool:
    """Equal but for space at line ends; a line of dots stands for any lines."""
    lines = [re.escape(line.rstrip()) for line in said.strip().splitlines()]
    pattern = "\n".join(r"(?:.*\n)*?.*" if line in {r"\.\.\.", "…"} else line for line in lines)
    return bool(re.fullmatch(pattern, "\n".join(map(str.rstrip, printed.strip().splitlines()))))


def the_reference_is_what_the_code_says(root: Path) -> list[str]:
    command = [sys.executable, "tools/reference.py", "--check"]
    ran = subprocess.run(command, cwd=root, capture_output=True, text=True)
    return [] if ran.returncode == 0 else [ran.stdout + ran.stderr]
