"""Small pictures of numbers: SVG for a page and for paper, readable without seeing colour.

Only presentation attributes are used, so the pictures work inside a page that forbids inline
style. Every bar carries its number, every series its own pattern and every line its own dashes and
its name at its end. Units are those of the words given; sizes are those of a narrow telephone, and
grow with the page.
"""

from onedoor.evidence.pictures.barred import bars, grouped_bars, stacked_bars, tornado
from onedoor.evidence.pictures.lined import curves, fan, line
from onedoor.evidence.pictures.ranged import Range, ranges

__all__ = [
    "Range",
    "bars",
    "curves",
    "fan",
    "grouped_bars",
    "line",
    "ranges",
    "stacked_bars",
    "tornado",
]
