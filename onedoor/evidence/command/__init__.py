"""What the `onedoor` command can ask of the evidence: one module for each word."""

import argparse

from onedoor.evidence.command import baseline, check, cost, forecast, read, size, synth

COMMANDS = (baseline, check, cost, forecast, read, size, synth)


def add_all(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Give the parser every word; each sets `run`, which takes what was asked and ends with an
    exit code of `ending`."""
    for each in COMMANDS:
        each.add(commands)
