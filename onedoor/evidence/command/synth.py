"""`onedoor synth`: an invented council's returns, to try things on that nobody real is in."""

import argparse
import json
import re
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from onedoor.evidence import synth
from onedoor.evidence.command import asking, ending
from onedoor.evidence.refusal import Refused
from onedoor.evidence.terminal import aligned, whole, wrapped


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    asked = commands.add_parser(
        "synth",
        help="write the returns of an invented council, whose truth is known",
        description="Write the SSDA903 returns of an invented council: young people nobody is "
        "behind, whose lives follow from chances and causes. What is true of them is written "
        "beside, so that an estimate can be held against it.",
        epilog="Ends with 0 when the files are written, 2 when nothing was.",
    )
    asked.add_argument("folder", metavar="OUT_FOLDER", type=Path, help="where the files go")
    asked.add_argument(
        "--children", type=int, default=740, metavar="N", help="looked after on the first day (740)"
    )
    asked.add_argument("--years", type=int, default=5, metavar="N", help="how many returns (5)")
    asked.add_argument(
        "--first-year", type=int, default=2021, metavar="N",
        help="the March in which the first return ends (2021)",
    )  # fmt: skip
    asked.add_argument(
        "--growth", type=float, default=0.0, metavar="SHARE",
        help="how many more come each year: 0.06 is six in a hundred (0)",
    )  # fmt: skip
    asked.add_argument(
        "--adopts", type=_adopts, default="never", metavar="2023|never|fails",
        help="the year in whose April the council takes up the model; fails: it does in name, a "
        "year after the first April (never)",
    )  # fmt: skip
    asked.add_argument(
        "--seed", type=int, default=1, metavar="N", help="the same number, the same council (1)"
    )
    asked.add_argument(
        "--authority", metavar="NAME", help="give homes real postcodes in and around an authority"
    )
    asked.add_argument("--dirty", action="store_true", help="with the faults of real returns")
    asked.add_argument(
        "--over", action="store_true", help="write even where the folder holds files already"
    )
    asking.for_json(asked)
    asked.set_defaults(run=run)


def _adopts(words: str) -> str:
    if words in ("never", "fails") or re.fullmatch("[12][0-9]{3}", words):
        return words
    raise argparse.ArgumentTypeError(f"say a year, never or fails, not {words!r}")


def run(asked: argparse.Namespace) -> int:
    _check(asked.folder, asked.over)
    council = _council(asked)
    files = synth.returns(
        council, authority=asked.authority, heard=asking.progress("Writing returns")
    )
    if asked.dirty:
        files = synth.dirtied(files, asked.seed)
    said = _said(asked, council, files)
    returns = asked.folder / "returns"
    _write(returns, files)
    _write(asked.folder, [("README.txt", _readme(said)), ("truth.json", _as_json(said))])
    asking.answer(asked, said, lambda width: _in_words(returns, said, width))
    return ending.FINE


def _check(folder: Path, over: bool) -> None:
    if folder.exists() and not folder.is_dir():
        raise Refused(f"{folder} is a file; give a folder.")
    if folder.exists() and any(folder.iterdir()) and not over:
        raise Refused(f"{folder} holds files already; give an empty folder, or say --over.")


def _council(asked: argparse.Namespace) -> synth.Council:
    made: dict[str, Any] = {
        "seed": asked.seed, "children": asked.children, "years": asked.years,
        "growth": asked.growth, "first_year": asked.first_year,
    }  # fmt: skip
    if asked.adopts == "never":
        return synth.council(**made)
    if asked.adopts == "fails":
        return synth.council(
            **made, causes=synth.causes_of("fails"), adopted_on=date(asked.first_year, 4, 1)
        )
    year = int(asked.adopts)
    return synth.council(**made, causes=synth.causes_of("adopts"), adopted_on=date(year, 4, 1))


def _said(
    asked: argparse.Namespace, council: synth.Council, files: list[tuple[str, bytes]]
) -> dict[str, Any]:
    years = range(council.first_year, council.first_year + council.years)
    return {
        "note": "Invented young people: nobody in these files is or was anybody.",
        "seed": council.seed,
        "children": council.children,
        "growth": council.growth,
        "dirty": asked.dirty,
        "authority": asked.authority,
        "adopts": asked.adopts,
        "adopted_on": council.adopted_on.isoformat() if council.adopted_on else None,
        "causes": asdict(council.causes),
        "episodes": council.episodes.height,
        "truth": [
            {
                "year": year,
                "looked_after": synth.truth.total(council, date(year, 3, 31)),
                "aged_12_to_17": synth.truth.total(council, date(year, 3, 31), (12, 17)),
                "by_kind": synth.truth.stock(council, date(year, 3, 31)),
                "starts": synth.truth.starts(council, year),
                "ends": synth.truth.ends(council, year),
                "moves": synth.truth.moves(council, year),
            }
            for year in years
        ],
        "files": [
            {"name": name, "rows": data.count(b"\n") - 1, "bytes": len(data)}
            for name, data in files
        ],
    }


def _write(folder: Path, files: list[tuple[str, bytes]]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files:
            (folder / name).write_bytes(data)
    except OSError as wrong:
        raise Refused(f"{folder} cannot be written to: {wrong.strerror}.") from None


def _as_json(said: dict[str, Any]) -> bytes:
    return json.dumps(said, indent=1).encode()


def _story(said: dict[str, Any]) -> list[str]:
    model = {
        "never": "The council does not take up the model.",
        "fails": f"The council takes up the model in name on {said['adopted_on']}.",
    }.get(said["adopts"], f"The council takes up the model on {said['adopted_on']}.")
    clean = (
        "The files have the faults of real returns." if said["dirty"] else "The files are clean."
    )
    return [
        said["note"],
        f"Seed {said['seed']}. {model} {clean} truth.json beside the folder of returns "
        "holds what is true, whatever the files say.",
    ]


def _readme(said: dict[str, Any]) -> bytes:
    lines = [line for sentence in _story(said) for line in wrapped(sentence, 80)]
    return ("\n".join(lines) + "\n").encode()


def _in_words(returns: Path, said: dict[str, Any], width: int) -> str:
    lines = [line for sentence in _story(said) for line in wrapped(sentence, min(width, 100))]
    rows = [
        [
            str(each["year"]),
            *(whole(each[key]) for key in ("looked_after", "starts", "ends", "moves")),
        ]
        for each in said["truth"]
    ]
    header = ["Year to March", "Looked after", "Starts", "Ends", "Moves"]
    lines += ["", *aligned(header, rows, [float(each["looked_after"]) for each in said["truth"]])]
    lines += ["", f"{len(said['files'])} files of returns are in {returns}."]
    return "\n".join(lines) + "\n"
