"""How a command ends, for scripts: the exit codes that every word of `onedoor` shares."""

from onedoor.evidence.ssda903 import Reading

FINE = 0  # everything asked for was done
SOME_NOT_READ = 1  # done, but some rows or files were not read, or a check found an error
REFUSED = 2  # nothing could be done; the sentence on standard error says why
BROKEN = 3  # a rule of a check could not be asked: a fault of the program, and nothing is passed


def after(reading: Reading) -> int:
    """FINE when every row and file was read, SOME_NOT_READ when not."""
    refused = reading.refused_files or any(each.refused for each in reading.accounts)
    return SOME_NOT_READ if refused else FINE
