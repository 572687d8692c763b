"""Synthetic councils: invented young people whose lives follow from causes, with the truth kept.

from onedoor.evidence import ssda903, synth

council = synth.council(seed=1, children=740, years=8)
reading = ssda903.read_files(synth.returns(council))
synth.truth.stock(council, date(2025, 3, 31))       # what the reading must find
"""

from onedoor.evidence.synth import truth
from onedoor.evidence.synth.causes import Causes
from onedoor.evidence.synth.causes import of as causes_of
from onedoor.evidence.synth.dirt import dirtied
from onedoor.evidence.synth.lived import Council, council
from onedoor.evidence.synth.writing import returns

__all__ = ["Causes", "Council", "causes_of", "council", "dirtied", "returns", "truth"]
