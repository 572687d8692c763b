"""Writes docs/reference/cli.md from the command's own help; `--check` only says whether it is true.

.venv/bin/python tools/reference.py
"""

import contextlib
import io
import os
import re
import sys
from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "docs/reference/cli.md"
OPENING = """# The `onedoor` command

<!-- Written by tools/reference.py from the help itself: change that, then run it again. -->
"""
SUBCOMMAND = re.compile(r"^    ([a-z][\w-]*)(?=  |$)", re.MULTILINE)  # how argparse lists them


def main() -> None:
    os.environ.update(COLUMNS="80", NO_COLOR="1", PYTHON_COLORS="0")
    page = OPENING + "".join(sections())
    if "--check" in sys.argv[1:]:
        written = PAGE.read_text() if PAGE.exists() else ""
        if not same(page, written):
            sys.exit(f"{PAGE} is not what the command's help says: run tools/reference.py again.")
        return
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page)
    print(f"Wrote {PAGE}")


def sections(*words: str):
    said = help_for(*words)
    yield f"\n{'#' * (len(words) + 2)} {' '.join(['onedoor', *words])}\n\n```text\n{said}\n```\n"
    for name in SUBCOMMAND.findall(said):
        yield from sections(*words, name)


def help_for(*words: str) -> str:
    from onedoor import cli

    printed = io.StringIO()
    ours = sys.argv
    sys.argv = ["onedoor", *words, "--help"]
    try:
        with contextlib.redirect_stdout(printed), contextlib.suppress(SystemExit):
            cli.main()
    finally:
        sys.argv = ours
    return "\n".join(line.rstrip() for line in printed.getvalue().strip().splitlines())


def same(page: str, written: str) -> bool:
    if sys.version_info >= (3, 13):  # later Pythons lay help out differently, in the same words
        return set(re.findall(r"[\w-]+", page)) == set(re.findall(r"[\w-]+", written))
    return page == written


if __name__ == "__main__":
    main()
