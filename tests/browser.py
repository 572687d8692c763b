"""A real server and Debian's Chromium, for stories told as a person would live them.

def test_a_key_worker_reads_the_banner(site, page_at, look):
    with site.database.here():
        ...
    page = page_at(1280)
    sign_in(page, site, worker)
    page.goto("/")
    look(page, "today")
"""

import contextlib
import ctypes
import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.fresh import ROOT, FreshDatabase

CHROMIUM = Path("/usr/bin/chromium")
AXE = ROOT / "node_modules/axe-core/axe.min.js"
STYLES = ROOT / "onedoor/govuk/static/built"
PICTURES = ROOT / "docs/pictures"
WIDTHS = {1280: 900, 390: 844}  # a desk and a telephone: width and height
WCAG_2_2_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
QUIETLY = [
    "--no-sandbox",  # Chromium refuses its sandbox to root, and the only pages it sees are ours
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
]


def what_is_missing() -> str:
    if not CHROMIUM.exists():
        return "The browser stories need Debian's package chromium."
    try:
        ctypes.CDLL("libatomic.so.1")
    except OSError:
        return "The program that drives Chromium needs Debian's package libatomic1."
    if not AXE.exists() or not STYLES.exists():
        return "The browser stories need the built assets and axe-core: run make setup."
    return ""


# ── the server ───────────────────────────────────────────────────────────────────────────────────


@dataclass
class Site:
    address: str
    database: FreshDatabase
    process: subprocess.Popen
    log: Path

    @classmethod
    def opened(cls, database: FreshDatabase, environ: dict[str, str]) -> "Site":
        log = database.folder / "server.log"
        with socket.create_server(("127.0.0.1", 0)) as door, log.open("ab") as out:
            # The server inherits a door that is already open, so no two can want the same port.
            command = [sys.executable, "-m", "gunicorn", "onedoor.wsgi", "--threads=4"]
            command += [f"--bind=fd://{door.fileno()}", "--no-control-socket"]
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=database.environ(**environ),
                pass_fds=[door.fileno()],
                stdout=out,
                stderr=out,
            )
            address = f"http://localhost:{door.getsockname()[1]}"
        site = cls(address, database, process, log)
        site.answers()
        return site

    def answers(self) -> None:
        try:
            urllib.request.urlopen(self.address, timeout=60).close()
        except urllib.error.HTTPError:
            return  # a refusal is an answer
        except OSError as error:
            self.close()
            raise AssertionError(f"The server did not start:\n{self.log.read_text()}") from error

    def close(self) -> None:
        self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(10)
        self.process.kill()


# ── the browser ──────────────────────────────────────────────────────────────────────────────────


@contextlib.contextmanager
def chromium() -> Iterator:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIETLY)
        yield running
        running.close()


@dataclass
class Window:
    """One person's browser, which remembers everything that went wrong in it."""

    page: object
    wrong: list[str] = field(default_factory=list)

    def heard(self, message) -> None:
        # A refused page is part of many stories; what it was refused for is judged by `answered`.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.wrong.append(f"{self.page.url}: the console says {message.text}")

    def answered(self, response) -> None:
        asked_by_a_person = response.request.resource_type in {"document", "fetch", "xhr"}
        if response.status >= (500 if asked_by_a_person else 400):
            self.wrong.append(f"{response.url} answered {response.status}")

    def threw(self, error) -> None:
        self.wrong.append(f"{self.page.url}: a script failed with {error}")

    def close(self) -> None:
        self.page.context.close()
        assert not self.wrong, "\n".join(self.wrong)


def window(chromium, site: Site, width: int) -> Window:
    context = chromium.new_context(
        base_url=site.address,
        viewport={"width": width, "height": WIDTHS.get(width, 900)},
        locale="en-GB",
        timezone_id="Europe/London",
        reduced_motion="reduce",
    )
    context.set_default_timeout(60_000)  # two engines are tested at once, on two cores
    new = Window(context.new_page())
    new.page.on("console", new.heard)
    new.page.on("response", new.answered)
    new.page.on("pageerror", new.threw)
    return new


def sign_in(page, site: Site, account) -> None:
    """Sign in without the form, for stories about something else."""
    from django.test import Client

    with site.database.here():
        client = Client()
        client.force_login(account)
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": site.address}])


# ── looking at a page ────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Look:
    elsewhere: Path

    def __call__(self, page, name: str) -> None:
        """Look at the page at both widths; fail on what would keep people out.

        A picture of it is taken where pictures are asked for, and of what fails.
        """
        asked = os.environ.get("ONEDOOR_PICTURES") == "1"
        folder = PICTURES if asked else self.elsewhere
        folder.mkdir(parents=True, exist_ok=True)
        before = page.viewport_size
        wrong = []
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            found = [f"{name} at {width} wide: {words}" for words in barriers(page)]
            if asked or found:
                page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)
            wrong += found
        page.set_viewport_size(before)
        assert not wrong, "\n\n".join(wrong)


def barriers(page) -> Iterator[str]:
    page.evaluate(AXE.read_text())  # evaluated, not added as a script tag, which our CSP refuses
    result = page.evaluate(
        "tags => axe.run({runOnly: tags, resultTypes: ['violations']})", WCAG_2_2_AA
    )
    for violation in result["violations"]:
        where = "\n".join(f"    {node['html'][:160]}" for node in violation["nodes"][:5])
        yield f"{violation['help']} ({violation['id']})\n{where}"
    wide, shown = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    if wide > shown:
        yield f"the page is {wide} wide and scrolls sideways"
