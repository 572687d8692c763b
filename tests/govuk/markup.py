"""Reads HTML into something that can be compared and asked about, with the standard library."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "path", "circle", "rect"}
VALUELESS = {"checked", "selected", "disabled", "hidden", "multiple", "open"}


@dataclass
class Tag:
    name: str
    attrs: dict[str, str]
    children: list["Tag | str"] = field(default_factory=list)

    def __getitem__(self, attribute: str) -> str:
        return self.attrs.get(attribute, "")

    @property
    def text(self) -> str:
        parts = [child if isinstance(child, str) else child.text for child in self.children]
        return " ".join(" ".join(parts).split())

    def every(self, name: str = "", **wanted: str) -> list["Tag"]:
        """All tags below this one with that name, and with those attributes (class_: one of)."""
        below = [child for child in self.children if isinstance(child, Tag)]
        found = [child for child in below if child.matches(name, wanted)]
        return found + [tag for child in below for tag in child.every(name, **wanted)]

    def one(self, name: str = "", **wanted: str) -> "Tag":
        found = self.every(name, **wanted)
        assert len(found) == 1, f"{len(found)} of {name} {wanted}"
        return found[0]

    def matches(self, name: str, wanted: dict[str, str]) -> bool:
        if name and self.name != name:
            return False
        classes = self["class"].split()
        return all(
            value in classes if key == "class_" else self.attrs.get(key.rstrip("_")) == value
            for key, value in wanted.items()
        )


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Tag("root", {})
        self.open = [self.root]

    def handle_starttag(self, tag, attrs):
        # Some fixtures give an attribute twice; a browser keeps the first, as dict(reversed) does.
        kept = {key: (value or "") for key, value in reversed(attrs)}
        kept = {key: "" if key in VALUELESS else value for key, value in kept.items()}
        if "class" in kept:
            kept["class"] = " ".join(kept["class"].split())
        self.open[-1].children.append(Tag(tag, kept))
        if tag not in VOID:
            self.open.append(self.open[-1].children[-1])

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if tag not in VOID and len(self.open) > 1:
            self.open.pop()

    def handle_data(self, data):
        if words := " ".join(data.split()):
            self.open[-1].children.append(words)


def read(html: str) -> Tag:
    reader = Reader()
    reader.feed(str(html))
    return reader.root
