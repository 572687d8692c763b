"""Whoever reads the record reads it in plain words: no verb or page is without them."""

import re
import tomllib
from pathlib import Path

from tests.house.test_who_may_open import routes

ONEDOOR = Path(__file__).resolve().parents[2] / "onedoor"
WORDS = tomllib.loads((ONEDOOR / "team/verbs.toml").read_text())


def test_every_change_that_is_recorded_has_words():
    text = "\n".join(path.read_text() for path in ONEDOOR.rglob("*.py"))
    verbs = set(re.findall(r'record\.change\(\s*"([\w.]+)"', text))
    assert len(verbs) > 30
    assert verbs <= set(WORDS["did"])


def test_every_page_has_words():
    assert {route.name for route in routes()} <= set(WORDS["pages"])
