"""Runs a peer's package in an environment of its own, in the same run as ours.

Peers pin old libraries (pandas below 2) that cannot share our environment, and none of their code
is ours to keep: they are fetched, asked, and thrown away.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
UV = HERE.parent / ".tools/bin/uv"


def ask(script: str, *words: str, needs: list[str], python: str = "3.11") -> Any:
    """Run `script` (Python source, or the name of a file beside this one) with `needs` installed
    and give back the JSON that its last line of output is."""
    source = (HERE / script).read_text() if script.endswith(".py") else script
    asked = [str(UV), "run", "--quiet", "--no-project", "--python", python]
    for need in needs:
        asked += ["--with", need]
    env = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    said = subprocess.run(
        [*asked, "python", "-c", source, *words], capture_output=True, text=True, env=env
    )
    if said.returncode:
        sys.exit(f"The peer could not be asked ({', '.join(needs)}):\n{said.stderr[-2000:]}")
    return json.loads(said.stdout.strip().splitlines()[-1])


def cpu(work: Callable[[], Any], times: int = 5) -> float:
    """Seconds of processor time of `work`, the least of so many runs."""
    least = float("inf")
    for _ in range(times):
        begun = time.process_time()
        work()
        least = min(least, time.process_time() - begun)
    return least


def peak() -> float:
    """The most memory this process has held, in MB.

    Asked of the kernel's own account: what a child inherits of its parent's peak is not in it.
    """
    status = Path("/proc/self/status").read_text()
    return float(status.partition("VmHWM:")[2].split()[0]) / 1024


def verdict(name: str, found: float, bar: float, unit: str, *, at_least: bool = False) -> None:
    """Print a figure beside its bar, and whether it is met."""
    met = found >= bar if at_least else found <= bar
    word = "at least" if at_least else "at most"
    print(f"{name}: {found:,.3g} {unit} (bar: {word} {bar:,.3g}): {'met' if met else 'NOT MET'}")
