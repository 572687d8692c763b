"""The `onedoor` command: the numbers always, and the service's part where it is installed."""

import argparse
import importlib.util
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from onedoor.evidence import command, terminal
from onedoor.evidence.command import ending
from onedoor.evidence.refusal import Refused

# What the service offers beside: words on the command line, and the management command they run.
SERVICE = {
    ("demo",): "demo",
    ("record", "verify"): "record_verify",
}


def main(argv: Sequence[str] | None = None) -> int:
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        told = _service_words(words)
        if told is not None:
            return _run_service(told)
        asked = _parser().parse_args(words)
        if isinstance(sys.stdout, io.TextIOWrapper):
            # Not every terminal or pipe has every letter; a figure is worth more than its bar.
            sys.stdout.reconfigure(errors="replace")
        return int(asked.run(asked))
    except Refused as refused:
        print(f"onedoor: {terminal.shown(refused.sentence)}", file=sys.stderr)
        return ending.REFUSED
    except BrokenPipeError:
        # The reader (head, less) has left; Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ending.FINE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="onedoor",
        description="The numbers of No Wrong Door: what the council's own returns say.",
        epilog=_service_in_words(),
    )
    command.add_all(parser.add_subparsers(title="commands", required=True, metavar="COMMAND"))
    return parser


def _service_words(words: list[str]) -> list[str] | None:
    """What to tell Django, when the words ask for something of the service."""
    if words[:1] == ["manage"]:
        return words[1:]
    for said, told in SERVICE.items():
        if tuple(words[: len(said)]) == said:
            return [told, *words[len(said) :]]
    return None


def _service_in_words() -> str:
    offered = ", ".join(" ".join(said) for said in SERVICE)
    if importlib.util.find_spec("django") is None:
        return f"With the service installed (onedoor[service]) also: {offered}, manage."
    return f"The service is installed, so also: {offered}, manage."


def _demonstration() -> dict[str, str]:
    """A demonstration never meets a council's own database, whatever the environment says."""
    var = os.environ.get("ONEDOOR_VAR") or Path(__file__).resolve().parents[1] / "var"
    apart = Path(var) / "demo"
    return {
        "DJANGO_SETTINGS_MODULE": "onedoor.settings.council",
        "ONEDOOR_DEMONSTRATION": "on",
        "ONEDOOR_ONE_TIME_CODE": "off",
        "ONEDOOR_HTTPS": "off",
        "ONEDOOR_COUNCIL": "Northmoor Council",
        "ONEDOOR_VAR": str(apart),
        "ONEDOOR_DATABASE_URL": f"sqlite:///{apart / 'northmoor.sqlite3'}",
    }


def _run_service(told: list[str]) -> int:
    if importlib.util.find_spec("django") is None:
        raise Refused("That needs the service: install onedoor[service].")
    # Imported here and not above, so that the base install, without Django, can count.
    from django.core.management import execute_from_command_line

    if told[:1] == ["demo"]:
        os.environ.update(_demonstration())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onedoor.settings.council")
    execute_from_command_line(["onedoor", *told])
    return ending.FINE


if __name__ == "__main__":
    raise SystemExit(main())
