"""What the numbers mean: plain Python, no Django, nothing stored.

from onedoor.evidence import baseline, ssda903

reading = ssda903.read("returns/")
council = baseline.baseline(reading, ages=(12, 17))
council.table("looked_after").rows      # a polars frame
council.picture("looked_after")         # an SVG
council.as_dict()                       # for JSON
"""

from onedoor.evidence import baseline, pictures, ssda903
from onedoor.evidence.baseline import Baseline, Table
from onedoor.evidence.ssda903 import Reading, Refused

__all__ = ["Baseline", "Reading", "Refused", "Table", "baseline", "pictures", "ssda903"]
