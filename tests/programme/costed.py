"""An invented costing with its beds, as a page, a workbook and a paper get it."""

from functools import cache

import numpy as np
import pytest

from onedoor.evidence.money import costing, plan
from tests.evidence.money.invented import FILE, stays

STATES = ("own_foster", "external_in", "own_home", "secure", "hub_home", "hub_emergency")
BEFORE = np.array([40, 12, 10, 1, 0, 0])


def _people(means, seed):
    chance = np.random.default_rng(seed)
    found = np.stack([chance.poisson(mean, (400, 60)) for mean in means], axis=2)
    return costing.Occupied(STATES, found, BEFORE)


@cache
def made():
    said = plan.from_file(FILE)
    without, with_model = _people((40, 12, 9, 1, 0, 0), 1), _people((44, 9, 5, 1, 3, 1), 2)
    today = costing.counted(stays(own_foster=40, external_in=12, secure=1), said)
    return costing.cost(
        without,
        with_model,
        today,
        said,
        seed=5,
        population="Invented young people.",
        turned_away=np.random.default_rng(3).poisson(0.1, (400, 60)),
        asked_of_beds=np.random.default_rng(4).poisson((0.6, 0.9), (400, 60, 2)),
    )


@cache
def pictures():
    return made().pictures


def needs_pdf():
    """Skips where a paper cannot be set: the extra is absent, or Debian's libraries are."""
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        pytest.skip(
            "WeasyPrint is not on this machine: onedoor[pdf] and tools/pango.sh install it.",
            allow_module_level=True,
        )
