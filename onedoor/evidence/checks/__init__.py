"""The rules of the return that touch what we count, asked of each return.

from onedoor.evidence import checks, ssda903

checked = checks.check(ssda903.read("returns/"))
checked.counts()     # how many rows break each rule
checked.lines        # each of them, with file, line, column, value and mend

About seventy of the several hundred rules of the return are asked: those that can change who is
counted, where they live, for how long, why a stay ends, and who was missing. It does not replace
the department's own checks of a return.
"""

from onedoor.evidence.checks.asked import BrokenRule, Checked, check
from onedoor.evidence.checks.listed import Rule, rules

__all__ = ["BrokenRule", "Checked", "Rule", "check", "rules"]
