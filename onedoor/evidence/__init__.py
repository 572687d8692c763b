"""What the numbers mean: plain Python, no Django, nothing stored.

from onedoor.evidence import baseline, forecast, ssda903

reading = ssda903.read("returns/")
council = baseline.baseline(reading, ages=(12, 17))
council.table("looked_after").rows      # a polars frame
council.picture("looked_after")         # an SVG
council.as_dict()                       # for JSON
ahead = forecast.forecast(reading, ages=(12, 17), months=60)
ahead.table("in_all").rows              # mean and quantiles by month

From files to money, in the order in which they stand on each other: `ssda903` reads returns,
`places` says what is in or out, `checks` asks the rules, `baseline` counts, `model` and `forecast`
look ahead, `sizing` says how many places, `money` what it costs. `published` and `trend` do the
same with what the Department for Education publishes, and `synth` invents councils to try it on.
"""

from onedoor.evidence import (
    baseline,
    checks,
    forecast,
    model,
    money,
    pictures,
    places,
    published,
    sizing,
    ssda903,
    synth,
    trend,
)
from onedoor.evidence.baseline import Baseline
from onedoor.evidence.provenance import Provenance
from onedoor.evidence.refusal import Refused
from onedoor.evidence.ssda903 import Reading
from onedoor.evidence.table import Column, Table

__all__ = [
    "Baseline",
    "Column",
    "Provenance",
    "Reading",
    "Refused",
    "Table",
    "baseline",
    "checks",
    "forecast",
    "model",
    "money",
    "pictures",
    "places",
    "published",
    "sizing",
    "ssda903",
    "synth",
    "trend",
]
