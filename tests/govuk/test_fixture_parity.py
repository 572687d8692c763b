"""The Jinja port draws what GOV.UK's own templates draw, so an npm bump that outruns it fails."""

import json
from pathlib import Path

import pytest

from onedoor.govuk import components
from tests.govuk.markup import read

FROM_NPM = Path(__file__).resolve().parents[2] / "node_modules/govuk-frontend/dist/govuk/components"


def fixtures():
    if not FROM_NPM.exists():
        return []
    return [
        pytest.param(path.parent.name, fixture, id=f"{path.parent.name}-{fixture['name']}")
        for path in sorted(FROM_NPM.glob("*/fixtures.json"))
        for fixture in json.loads(path.read_text())["fixtures"]
    ]


@pytest.mark.skipif(not FROM_NPM.exists(), reason="npm's govuk-frontend is not here: `make assets`")
def test_every_component_of_the_locked_version_has_a_fixture():
    assert len(fixtures()) == 657


@pytest.mark.parametrize(("component", "fixture"), fixtures())
def test_a_component_is_drawn_as_govuk_frontend_draws_it(component, fixture):
    ours = read(components.macro(component)(fixture["options"]))
    assert ours == read(fixture["html"])
