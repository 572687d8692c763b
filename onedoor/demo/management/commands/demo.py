"""`onedoor demo`: make Northmoor if it is not there, and serve it on this machine alone."""

import fcntl
import os
import socket
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from onedoor.demo import simulation
from onedoor.team import engine

HERE = "127.0.0.1"  # everybody in it may be signed in as, so nobody elsewhere is let in


class Command(BaseCommand):
    help = "Serve the demo council Northmoor, which is invented from end to end."
    requires_system_checks = ()  # there may be no database yet

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--fresh", action="store_true", help="start over, with a new Northmoor")
        parser.add_argument("--port", type=int, default=8000, help="where to serve it (8000)")
        parser.add_argument("--build-only", action="store_true", help="make it; do not serve it")

    def handle(self, *, fresh: bool, port: int, build_only: bool, **_: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("Start it as `onedoor demo`, which sets up a demonstration.")
        # make's scripts began to count before Python did
        self.started = float(os.environ.get("ONEDOOR_STARTED") or time.time())
        door = None if build_only else self._door(port)
        kept = Path(str(settings.DATABASES["default"]["NAME"]))
        for folder in (kept.parent, Path(settings.STATIC_ROOT)):
            folder.mkdir(parents=True, exist_ok=True)
        in_use = self._lock(kept, alone=fresh or not kept.exists())
        if fresh or not kept.exists():
            self._build(kept)
        else:
            self._say("Northmoor is here already. `make demo FRESH=1` starts it over")
            self._migrate_if_needed()
        connection.close()
        if door is not None:
            self._say(f"Northmoor is open: http://localhost:{port}  (Ctrl-C stops it)")
            fcntl.flock(in_use, fcntl.LOCK_SH)
            self._serve(door, in_use)

    def _say(self, words: str) -> None:
        self.stderr.write(f"{time.time() - self.started:4.0f}s  {words}", self.style.SUCCESS)

    def _door(self, port: int) -> socket.socket:
        """The open port, taken first: nobody should wait a minute to hear that it is not free."""
        try:
            return socket.create_server((HERE, port))
        except (OSError, OverflowError) as error:
            raise CommandError(
                f"Something else is using port {port}. Stop it, or choose another: "
                f"make demo PORT={port % 65535 + 1}"
            ) from error

    def _lock(self, kept: Path, alone: bool) -> int:
        """Nobody takes the file away from under those who look around in it."""
        lock = os.open(kept.with_suffix(".in-use"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except OSError as error:
            raise CommandError(
                "Northmoor is open, or being made, in another window. Stop that one first."
            ) from error
        return lock

    def _build(self, kept: Path) -> None:
        """Build beside, then rename: Northmoor is there whole or not at all."""
        made = kept.with_suffix(".being-made")
        connection.close()
        for left in kept.parent.glob(f"{made.name}*"):
            left.unlink()
        connection.settings_dict["NAME"] = str(made)
        try:
            self._say("Making an empty council")
            call_command("migrate", verbosity=0, skip_checks=True)
            self._say("Living two years in Northmoor, day by day, through the screens’ own actions")
            self._months = set[tuple[int, int]]()
            simulation.build(until=timezone.localtime(), heard=self._heard)
            if wrong := engine.faults(connection):
                raise CommandError(" ".join(wrong))
            connection.close()
            # What the old file had still to write or undo must never meet the new one.
            for old in (kept, *kept.parent.glob(f"{kept.name}-*")):
                old.unlink(missing_ok=True)
            made.replace(kept)
        except KeyboardInterrupt:
            raise CommandError("Stopped before Northmoor was whole. Nothing was kept.") from None
        finally:
            connection.close()
            for left in kept.parent.glob(f"{made.name}*"):
                left.unlink()
            connection.settings_dict["NAME"] = str(kept)
        self._say(f"Northmoor is made: {kept.stat().st_size / 1e6:.0f} MB")

    def _heard(self, day: Any) -> None:
        half = (day.year, day.month > 6)
        if half not in self._months:
            self._months.add(half)
            self._say(f"  {day:%B %Y}")

    def _migrate_if_needed(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self._say("Bringing it up to date")
            call_command("migrate", verbosity=0, skip_checks=True)

    def _serve(self, door: socket.socket, in_use: int) -> None:
        door.set_inheritable(True)
        os.set_inheritable(in_use, True)
        os.execv(
            sys.executable,
            [
                sys.executable, "-m", "gunicorn", "onedoor.wsgi", f"--bind=fd://{door.fileno()}",
                "--worker-class=gthread", "--workers=2", "--threads=4", "--no-control-socket",
                "--log-level=warning", "--config=python:onedoor.demo.beside",
            ],
        )  # fmt: skip
