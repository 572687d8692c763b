"""The `onedoor` command: the numbers always, and the service's part where it is installed."""

import argparse
import importlib.util
import json
import os
import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from onedoor.evidence import baseline, ssda903, terminal
from onedoor.evidence.ssda903 import ledger

FINE, SOME_NOT_READ, REFUSED = 0, 1, 2

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
        return _baseline(asked)
    except ssda903.Refused as refused:
        print(f"onedoor: {refused.sentence}", file=sys.stderr)
        return REFUSED
    except BrokenPipeError:
        # The reader (head, less) has left; Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="onedoor",
        description="The numbers of No Wrong Door: what the council's own returns say.",
        epilog=_service_in_words(),
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    asked = commands.add_parser(
        "baseline",
        help="show the council as it is, from its SSDA903 returns",
        description="Show the council as it is, from its SSDA903 returns (Header and Episodes, "
        "CSV, one year or several). Nothing leaves this machine.",
        epilog="Ends with 0 when every row was read, 1 when some rows or files were not, "
        "2 when no baseline could be made.",
    )
    asked.add_argument("folder", metavar="FOLDER", type=Path, help="the folder with the files")
    asked.add_argument(
        "--ages", type=_ages, default=(12, 17), metavar="12-17", help="ages counted, both included"
    )
    asked.add_argument(
        "--year", type=int, metavar="N", help="the March in which a single return ends"
    )
    asked.add_argument("--json", action="store_true", help="print JSON and not tables")
    asked.add_argument(
        "--repairs", type=Path, metavar="FILE.csv", help="write every repair and bad row here"
    )
    return parser


def _ages(words: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{1,2})(?:-(\d{1,2}))?", words)
    if match is None:
        raise argparse.ArgumentTypeError(f"write ages as 12-17, not {words!r}")
    return int(match[1]), int(match[2] or match[1])


def _baseline(asked: argparse.Namespace) -> int:
    reading = ssda903.read(asked.folder, year=asked.year)
    if asked.repairs is not None:
        try:
            ledger.write_csv(reading.lines, asked.repairs)
        except OSError as wrong:
            raise ssda903.Refused(f"{asked.repairs} cannot be written: {wrong.strerror}.") from None
    council = baseline.baseline(reading, ages=asked.ages)
    if asked.json:
        print(json.dumps(council.as_dict(), ensure_ascii=False, indent=1))
    else:
        print(terminal.written(council, shutil.get_terminal_size().columns), end="")
    some_not_read = reading.refused_files or any(each.refused for each in reading.accounts)
    return SOME_NOT_READ if some_not_read else FINE


def _service_words(words: list[str]) -> list[str] | None:
    """What to tell Django, when the words ask for something of the service."""
    if words[:1] == ["manage"]:
        return words[1:]
    for said, command in SERVICE.items():
        if tuple(words[: len(said)]) == said:
            return [command, *words[len(said) :]]
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
        raise ssda903.Refused("That needs the service: install onedoor[service].")
    # Imported here and not above, so that the base install, without Django, can count.
    from django.core.management import execute_from_command_line

    if told[:1] == ["demo"]:
        os.environ.update(_demonstration())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onedoor.settings.council")
    execute_from_command_line(["onedoor", *told])
    return FINE


if __name__ == "__main__":
    raise SystemExit(main())
