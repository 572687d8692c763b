"""What we serve is ours to serve: no GOV.UK font, crest or crown, and nothing from elsewhere."""

import importlib.util
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "onedoor/govuk/static"
BUILT = STATIC / "built"

pytestmark = pytest.mark.skipif(
    not (BUILT / "manifest.json").exists(), reason="the assets are not built: `make assets`"
)


@pytest.fixture(scope="module")
def assets():
    spec = importlib.util.spec_from_file_location("assets", ROOT / "tools/assets.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def served():
    return [p for p in STATIC.rglob("*") if p.suffix in {".css", ".js", ".svg", ".json"}]


@pytest.mark.parametrize("forbidden", ["GDS Transport", "crest", "crown", "sourceMappingURL"])
def test_nothing_served_carries_the_brand_of_the_government(forbidden):
    for path in served():
        assert forbidden.lower() not in path.read_text().lower(), f"{forbidden} in {path.name}"


def test_no_picture_or_font_but_ours_and_figtree_is_served():
    others = {
        p.name for p in STATIC.rglob("*.*") if p.suffix not in {".css", ".js", ".json", ".txt"}
    }
    assert others == {
        "icon.svg",
        "figtree-latin-wght-normal.woff2",
        "figtree-latin-ext-wght-normal.woff2",
    }


def test_every_address_in_a_stylesheet_leads_to_a_file_beside_it():
    for path in STATIC.rglob("*.css"):
        for address in re.findall(r"url\(['\"]?([^'\")]+)", path.read_text()):
            assert (path.parent / address).exists(), f"{address} in {path.name}"


def test_no_script_or_style_asks_anybody_else_for_anything():
    for path in served():
        if path.name != "manifest.json":
            fetched = re.findall(
                r"(?:src=|@import|from |url\()\W{0,3}(?:https?:)?//", path.read_text()
            )
            assert fetched == [], path.name


def test_the_manifest_says_what_was_served_under_which_licence():
    packages = json.loads((BUILT / "manifest.json").read_text())["packages"]
    assert {name: about["licence"] for name, about in packages.items()} == {
        "govuk-frontend": "MIT",
        "@fontsource-variable/figtree": "OFL-1.1",
    }
    assert all(about["sha512"].startswith("sha512-") for about in packages.values())


def test_the_lock_names_no_registry_and_no_machine():
    assert "resolved" not in (ROOT / "package-lock.json").read_text()


def test_building_again_does_nothing_until_the_lock_or_the_rules_change(assets):
    assert assets.is_current(assets.lock_key())
    assert not assets.is_current("another lock")


def test_a_stylesheet_that_still_carries_the_font_is_refused(assets):
    with pytest.raises(SystemExit, match="GDS Transport"):
        assets.stylesheet(".x{font-family:GDS Transport,serif}")
