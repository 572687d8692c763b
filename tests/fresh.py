"""Fresh databases, for tests in which real processes race, are killed or serve pages.

Append-only rows cannot be flushed away after a test, so each such test has a private copy of one
database that was migrated once. A test in any room needs about ten lines:

    def take_the_last_place(round, writer, places):      # runs in a process of its own
        actions.move_in(place=places[round], ...)
        return "in"

    def test_a_place_goes_to_one_person(fresh_database):
        with fresh_database.here():                      # in this process
            places = [...]
        rounds = fresh_database.race(take_the_last_place, writers=8, rounds=20, given=[places])
        for outcomes in rounds:
            assert [outcome.value for outcome in outcomes].count("in") == 1
"""

import contextlib
import importlib
import multiprocessing
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[1]
COUNCIL, FORUM = "onedoor.settings.test", "onedoor.settings.forum"
PATIENCE = 600  # seconds until a test that hangs is called red


@dataclass(frozen=True)
class Outcome:
    """What one process got in one round: a value, or an error's class and its sentence."""

    value: Any = None
    error: str | None = None
    sentence: str = ""


@dataclass(frozen=True)
class FreshDatabase:
    url: str
    folder: Path
    blocker: Any = field(repr=False)
    settings: str = COUNCIL

    @property
    def is_sqlite(self) -> bool:
        return self.url.startswith("sqlite")

    @property
    def name(self) -> str:
        path = urlsplit(self.url).path
        return path if self.is_sqlite else path.lstrip("/")

    def environ(self, **more: str) -> dict[str, str]:
        """The environment in which a process of ours uses this database and no other."""
        return environment(self.url, self.folder, self.settings) | more

    @contextlib.contextmanager
    def here(self) -> Iterator[None]:
        """Inside this block, the test's own process reads and writes this database."""
        from django.db import connections

        usual = connections["default"]
        ours = type(usual)({**usual.settings_dict, "NAME": self.name}, "default")
        with self.blocker.unblock():
            connections["default"] = ours
            try:
                yield
            finally:
                ours.close()
                connections["default"] = usual

    def ask(self, function: Callable, *given: Any) -> Any:
        """Run `function(*given)` in one new process, and bring back what it returns."""
        return self._elsewhere(_once, function, given)

    def race(
        self, function: Callable, *, writers: int = 8, rounds: int = 20, given: Any = ()
    ) -> list[list[Outcome]]:
        """Let `writers` processes call `function(round, writer, *given)` at the same moment.

        Returns the outcomes of each round, in the order of the writers.
        """
        return self._elsewhere(_race, function, given, writers=writers, rounds=rounds)

    def killed(
        self,
        function: Callable,
        *,
        writers: int = 4,
        cycles: int = 10,
        between: tuple[float, float] = (0.05, 0.35),
        seed: int = 1,
        given: Any = (),
    ) -> list[Any]:
        """Kill writers without warning, again and again; return all that they had acknowledged.

        Each runs `function(report, writer, cycle, *given)`, and calls `report(value)` when, and
        only when, a change has been committed.
        """
        how = {"writers": writers, "cycles": cycles, "between": between, "seed": seed}
        return self._elsewhere(_kill, function, given, **how)

    def sound(self) -> None:
        """The file is whole, and every foreign key leads somewhere."""
        if self.is_sqlite:
            with contextlib.closing(sqlite3.connect(self.name)) as connection:
                assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
                assert connection.execute("PRAGMA foreign_key_check").fetchall() == []

    def _elsewhere(self, way: Callable, function: Callable, given: Any, **how: Any) -> Any:
        ours, theirs = multiprocessing.Pipe()
        command = [sys.executable, "-m", "tests.fresh", str(theirs.fileno())]
        with subprocess.Popen(
            command, cwd=ROOT, env=self.environ(), pass_fds=[theirs.fileno()]
        ) as process:
            theirs.close()
            ours.send((way.__name__, function.__module__, function.__qualname__, given, how))
            try:
                assert ours.poll(PATIENCE), f"{function.__name__} was still running"
                good, answer = ours.recv()
            except EOFError:
                raise AssertionError(f"{function.__name__} ended without an answer") from None
            finally:
                ours.close()
                if process.poll() is None:
                    _end(process)
        assert good, answer
        return answer


def environment(url: str, folder: Path, settings: str) -> dict[str, str]:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": settings,
        "ONEDOOR_DATABASE_URL": url,
        "ONEDOOR_VAR": str(folder),
    }


def _end(process: subprocess.Popen) -> None:
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(5)
    process.kill()


# ── one database migrated once, and its copies ───────────────────────────────────────────────────


def prepare(folder: Path, settings: str = COUNCIL) -> str:
    """Migrate one database on the engine being tested; return its URL."""
    engine = os.environ.get("ONEDOOR_DATABASE_URL", "sqlite:")
    if engine.startswith("sqlite"):
        url = f"sqlite:///{folder / 'prepared.sqlite3'}"
    else:
        url = _create(engine)
    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--verbosity=0", "--skip-checks"],
        cwd=ROOT,
        env=environment(url, folder, settings),
        check=True,
    )
    return url


def copy(url: str, folder: Path) -> str:
    if url.startswith("sqlite"):
        mine = folder / "onedoor.sqlite3"
        shutil.copyfile(urlsplit(url).path, mine)
        return f"sqlite:///{mine}"
    return _create(url, template=_name(url))


def drop(url: str) -> None:
    if url.startswith("sqlite"):
        Path(urlsplit(url).path).unlink()
    else:
        _tell(url, f'DROP DATABASE "{_name(url)}" WITH (FORCE)')


def _create(url: str, template: str = "template1") -> str:
    new = f"fresh_{uuid4().hex[:12]}"
    _tell(url, f'CREATE DATABASE "{new}" TEMPLATE "{template}"')
    return _renamed(url, new)


def _tell(url: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(_renamed(url, "postgres"), autocommit=True) as connection:
        connection.execute(statement)


def _name(url: str) -> str:
    return urlsplit(url).path.lstrip("/")


def _renamed(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


# ── what happens in the other processes ──────────────────────────────────────────────────────────
# Django is loaded once, in a process that then forks the writers: a start of 10 ms instead of 1 s.


def _once(function: Callable, given: Any) -> Any:
    return function(*given)


def _race(function: Callable, given: Any, *, writers: int, rounds: int) -> list[list[Outcome]]:
    barrier = multiprocessing.get_context("fork").Barrier(writers)

    def run(report: Callable, writer: int) -> None:
        for round_ in range(rounds):
            barrier.wait(PATIENCE)
            report((round_, writer, _outcome(function, round_, writer, *given)))

    started = [_fork(run, writer) for writer in range(writers)]
    seen = dict[tuple[int, int], Outcome]()
    for round_, writer, outcome in _all_they_report(started):
        seen[round_, writer] = outcome
    _bury(started)
    return [[seen[round_, writer] for writer in range(writers)] for round_ in range(rounds)]


def _outcome(function: Callable, *given: Any) -> Outcome:
    try:
        return Outcome(function(*given))
    except Exception as error:  # a refusal is an outcome like any other: the test judges it
        return Outcome(error=type(error).__name__, sentence=str(error))


def _kill(
    function: Callable,
    given: Any,
    *,
    writers: int,
    cycles: int,
    between: tuple[float, float],
    seed: int,
) -> list[Any]:
    chance = random.Random(seed)
    acknowledged = []
    for cycle in range(cycles):

        def run(report: Callable, writer: int, cycle: int = cycle) -> None:
            function(report, writer, cycle, *given)

        started = [_fork(run, writer) for writer in range(writers)]
        timers = [
            threading.Timer(chance.uniform(*between), os.kill, [process, signal.SIGKILL])
            for process, _ in started
        ]
        for timer in timers:
            timer.start()
        acknowledged += _all_they_report(started)
        for timer in timers:
            timer.join()
        _bury(started)
    return acknowledged


@dataclass(frozen=True)
class _Broke:
    story: str


def _fork(run: Callable, writer: int) -> tuple[int, Connection]:
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = os.fork()
    if process:
        theirs.close()
        return process, ours
    try:
        run(theirs.send, writer)
    except BaseException:
        theirs.send(_Broke(traceback.format_exc()))
    theirs.close()
    os._exit(0)


def _all_they_report(started: list[tuple[int, Connection]]) -> list[Any]:
    """Everything that came down the pipes, until the last process has ended."""
    reports, open_pipes = [], [pipe for _, pipe in started]
    while open_pipes:
        for pipe in wait(open_pipes):
            try:
                reports.append(pipe.recv())
            except EOFError:  # ended, or killed in the middle of a word: that one never arrived
                open_pipes.remove(pipe)
    for report in reports:
        if isinstance(report, _Broke):
            raise AssertionError(report.story)
    return reports


def _bury(started: list[tuple[int, Connection]]) -> None:
    """Let go of processes that have ended; until now, no other could be given their numbers."""
    for process, _ in started:
        os.waitpid(process, 0)


def main(pipe: Connection) -> None:
    import django

    django.setup()
    from django.db import connections

    way, module, name, given, how = pipe.recv()
    try:
        function = importlib.import_module(module)
        for part in name.split("."):
            function = getattr(function, part)
        connections.close_all()  # a connection must not be shared by forked processes
        answer = globals()[way](function, given, **how)
    except BaseException:
        pipe.send((False, traceback.format_exc()))
    else:
        pipe.send((True, answer))


if __name__ == "__main__":
    from tests import fresh  # under its own name, so that what is sent back can be unpacked

    fresh.main(Connection(int(sys.argv[1])))
