"""The statutory return on looked-after children (SSDA903): read, repaired, and nothing lost.

It is pseudonymous, so it feeds a baseline and never the live record.
"""

from onedoor.evidence.refusal import Refused
from onedoor.evidence.ssda903.account import Account
from onedoor.evidence.ssda903.folder import read, read_files
from onedoor.evidence.ssda903.ledger import Line
from onedoor.evidence.ssda903.returns import File, Reading, Return

__all__ = ["Account", "File", "Line", "Reading", "Refused", "Return", "read", "read_files"]
