"""Where a home is: in or out of the responsible authority, as it was on the day, and how far.

from onedoor.evidence import places, ssda903

found = places.placed(ssda903.read("returns/"), "North Yorkshire")
found.reading.episodes["where"]     # in, out or unknown
"""

from onedoor.evidence.places.readings import Placed, placed, told_apart

__all__ = ["Placed", "placed", "told_apart"]
