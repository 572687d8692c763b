"""The public surface of the evidence room: small, sorted, documented, and light to import."""

import inspect
import pkgutil
import subprocess
import sys

import pytest

from onedoor import evidence

ROOMS = [
    getattr(evidence, name)
    for name in evidence.__all__
    if inspect.ismodule(getattr(evidence, name))
]


@pytest.mark.parametrize("package", [evidence, *ROOMS], ids=lambda package: package.__name__)
def test_what_is_public_is_sorted_present_and_says_what_it_is(package):
    assert package.__all__ == sorted(set(package.__all__))
    for name in package.__all__:
        thing = getattr(package, name)
        assert inspect.getdoc(thing), name
        if inspect.ismodule(thing):
            each_function_says_what_it_is(thing)


def each_function_says_what_it_is(module):
    for name, thing in vars(module).items():
        ours = getattr(thing, "__module__", "") == module.__name__
        if ours and not name.startswith("_") and inspect.isroutine(thing):
            assert inspect.getdoc(thing), f"{module.__name__}.{name}"


def test_every_package_of_the_room_is_public_or_belongs_to_the_command():
    found = {each.name for each in pkgutil.iter_modules(evidence.__path__) if each.ispkg}
    assert found - {"command"} == {package.__name__.rpartition(".")[2] for package in ROOMS}


def test_the_evidence_loads_neither_django_nor_scipy_nor_a_compiler():
    asked = (
        "import sys, onedoor.cli, onedoor.evidence; "
        "print([n for n in ('django', 'numba', 'pandas', 'scipy') if n in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"
