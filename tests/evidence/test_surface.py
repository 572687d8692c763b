"""The public surface of the evidence room: small, sorted, documented, and light to import."""

import inspect
import subprocess
import sys

import pytest

from onedoor import evidence
from onedoor.evidence import baseline, ssda903


@pytest.mark.parametrize("package", [evidence, baseline, ssda903])
def test_what_is_public_is_sorted_present_and_says_what_it_is(package):
    assert package.__all__ == sorted(package.__all__)
    for name in package.__all__:
        thing = getattr(package, name)
        assert inspect.getdoc(thing), name


def test_the_evidence_loads_neither_django_nor_scipy():
    asked = "import sys, onedoor.cli; print([n for n in ('django', 'scipy') if n in sys.modules])"
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"
