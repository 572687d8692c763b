"""The inspector's questions about names, words and sizes. Each returns its complaints."""

import ast
import re
from pathlib import Path

from tests.house import tree

BANNED = {"core", "common", "utils", "helpers", "misc", "base", "services", "manager", "handler"}
BANNED |= {"processor", "interface", "shared", "lib"}
BANNED_ENDINGS = ("Service", "Manager", "Handler", "Helper", "Mixin", "Base", "Engine")
A_HOMES_OWN_WORDS = ("OutOfService", "BackInService")  # a place that can be given to nobody
OUR_FOLDERS = {"onedoor", "tests", "tools", "benchmarks"}
SETTINGS = Path("onedoor/settings/base.py")  # the one drawer that Django people look for by name
LONGEST = 300

# The words a young person should never meet about themselves, and what is said instead.
UNKIND = {
    r"\b(service )?users?\b": "young person, or account",
    r"\bclients?\b": "young person",
    r"\b(?-i:LACs?)\b": "young person",
    r"\bcase ?(load|work|worker)s?\b": "young people, key worker",
    r"\b(?<!in )(?<!business )(the|this|their|her|his|open|new|your) cases?\b": "young person",
    r"\breject(s|ed|ing|ion)?\b": "answered",
    r"\bclosed\b": "stepped away",
    r"\bself-?harmers?\b|\babscond(ed|s|ing|er)?\b": "missing",
}

FOR_MACHINES = re.compile(r'(class|id|href|rel|for|name|data-[\w-]+)="[^"]*"')


def no_banned_names(root: Path) -> list[str]:
    complaints = []
    for path in tree.files(root, ".py"):
        inside = path.relative_to(root)
        if inside.parts[0] not in OUR_FOLDERS or inside == SETTINGS:
            continue
        for part in inside.with_suffix("").parts:
            if part in BANNED:
                complaints.append(f"{inside}: {part} is a drawer, not a name")
        for node in ast.walk(tree.parsed(path)):
            if isinstance(node, ast.ClassDef) and _is_a_role(node.name):
                where = tree.at(root, path, node.lineno)
                complaints.append(f"{where} {node.name} is named after a role it plays in code")
    return complaints


def _is_a_role(name: str) -> bool:
    ends_like_one = name.endswith(BANNED_ENDINGS) and not name.endswith(A_HOMES_OWN_WORDS)
    return name.lower() in BANNED or ends_like_one


def no_long_files(root: Path) -> list[str]:
    complaints = []
    for path in tree.files(root, ".py", ".js", ".sh"):
        if "migrations" in path.parts:
            continue
        lines = [line.strip() for line in path.read_text().splitlines()]
        code = sum(1 for line in lines if line and not line.startswith(("#", "//")))
        if code > LONGEST:
            complaints.append(f"{path.relative_to(root)} has {code} lines of code")
    return complaints


def every_dependency_says_why(root: Path) -> list[str]:
    listing = re.compile(r'^\s+"(?P<name>[A-Za-z][\w.-]*)(\[[\w,]+\])?\s*[<>=!~].*",?(?P<why>.*)$')
    found = [
        match
        for line in (root / "pyproject.toml").read_text().splitlines()
        if (match := listing.match(line))
    ]
    return [f"{match['name']} is there without a reason" for match in found if "# " not in match[0]]


def no_unkind_words(root: Path) -> list[str]:
    complaints = []
    for path in tree.files(root, ".html", ".txt", ".toml", ".py"):
        if path.relative_to(root).parts[0] != "onedoor" or "migrations" in path.parts:
            continue
        for line, words in _what_people_read(path):
            for pattern, kinder in UNKIND.items():
                if found := re.search(pattern, words, re.IGNORECASE):
                    where = tree.at(root, path, line)
                    complaints.append(f"{where} says “{found[0]}”: {kinder}? ({words[:60]})")
    return complaints


def _what_people_read(path: Path):
    """The sentences of a file: a template's text, and strings of more than one word elsewhere."""
    text = path.read_text()
    if path.suffix == ".py":
        code = tree.parsed(path)
        notes = {id(node.value) for node in ast.walk(code) if isinstance(node, ast.Expr)}
        for node in ast.walk(code):
            words = getattr(node, "value", None) if isinstance(node, ast.Constant) else None
            if isinstance(words, str) and " " in words.strip() and id(node) not in notes:
                yield node.lineno, words
        return
    text = re.sub(r"{#.*?#}|{% ?comment.*?endcomment ?%}|<!--.*?-->", _blank, text, flags=re.S)
    for number, line in enumerate(text.splitlines(), 1):
        quoted = (
            re.findall(r'"([^"]*)"', FOR_MACHINES.sub("", line)) if path.suffix == ".html" else []
        )
        shown = re.sub(r"{%.*?%}|{{.*?}}|<[^>]*>", " ", line)
        if path.suffix == ".toml":
            shown = shown.split(" #")[0].partition("=")[2] or shown
            shown = "" if line.strip().startswith(("#", "[")) else shown
        for words in [*(words for words in quoted if " " in words), shown]:
            yield number, re.sub(r"{%.*?%}|{{.*?}}", " ", words).strip()


def _blank(match: re.Match) -> str:
    return "\n" * match[0].count("\n")


def every_word_in_the_glossary_is_used(root: Path) -> list[str]:
    glossary = root / "GLOSSARY.md"
    if not glossary.exists():
        return ["There is no GLOSSARY.md"]
    terms = re.findall(r"^(?:[-|*]\s*)?\*\*([^*]+)\*\*", glossary.read_text(), re.MULTILINE)
    ours = [
        path
        for path in tree.files(root, ".py", ".html", ".toml", ".md")
        if path != glossary and path.relative_to(root).parts[0] in {"onedoor", "docs"}
    ]
    said = re.sub(r"[\s_]+", " ", " ".join(path.read_text() for path in ours)).lower()
    return [
        f"“{term}” is in the glossary and nowhere else"
        for term in terms
        if term.lower() not in said
    ]


FETCHED = re.compile(
    r"(^|/)(node_modules|vendor|third_party|built)/|\.min\.|\.(woff2?|ttf|otf|eot|map|whl|jar|zip|gz)$"
)


def nothing_of_others_is_committed(root: Path) -> list[str]:
    names = [str(path.relative_to(root)) for path in tree.files(root)]
    return [
        f"{name} is somebody else's: fetch it, do not keep it"
        for name in names
        if FETCHED.search(name)
    ]
