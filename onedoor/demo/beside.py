"""What gunicorn is told when it serves the demo council: a worker stands beside it, and leaves with
it. Costings wait for that worker."""

import subprocess
import sys
from typing import Any

_worker: list["subprocess.Popen[bytes]"] = []


def when_ready(server: Any) -> None:
    told = ["db_worker", "--interval=2", "--verbosity=0"]
    _worker.append(subprocess.Popen([sys.executable, "-m", "onedoor.cli", "manage", *told]))


def on_exit(server: Any) -> None:
    for worker in _worker:
        # Twice is at once: a costing under way is told as stopped, and can be run again.
        worker.terminate()
        try:
            worker.wait(2)
        except subprocess.TimeoutExpired:
            worker.terminate()
            worker.wait(10)
