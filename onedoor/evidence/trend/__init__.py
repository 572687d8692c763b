"""A forecast for any council from published figures alone, with its own record beside it.

from onedoor.evidence import published, trend

figures = published.read("dfe/")
known = trend.read(figures)
norfolk = trend.forecast(known, "Norfolk", measure="homes")
norfolk.ahead[0].number, norfolk.ahead[0].record.sentences
"""

from dataclasses import asdict, dataclass
from typing import Any

from onedoor.evidence import provenance
from onedoor.evidence.provenance import Provenance
from onedoor.evidence.refusal import Refused
from onedoor.evidence.trend import judged, lines
from onedoor.evidence.trend import record as records
from onedoor.evidence.trend.counts import COUNTED, Tables, read
from onedoor.evidence.trend.judged import Measure
from onedoor.evidence.trend.record import Record

__all__ = ["Ahead", "Forecast", "Record", "Tables", "forecast", "read"]

LIMITS = (
    "Counts on one day a year, of all ages: it cannot say who, or for how long.",
    "Statistical neighbours are those of one release: they are taken as alike in every year.",
    "The forecast assumes that nobody changes what they do.",
)
WORDS = {"looked_after": "looked after", "homes": "in secure homes and children's homes"}
MEASURES: tuple[Measure, ...] = ("looked_after", "homes")  # what can be forecast
FURTHEST = 5


@dataclass(frozen=True, slots=True)
class Ahead:
    """`number` young people on 31 March of `year`, and the interval around it, `low` to `high`.
    `record`: how such a forecast did on years that are past."""

    year: int
    number: float
    low: float
    high: float
    record: Record


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is expected for one council after `year`, whose published figure is `now`.

    `level`: how much of what comes the intervals are to hold, 0 to 1.
    """

    council: str
    measure: Measure
    year: int
    now: float
    level: float
    ahead: tuple[Ahead, ...]
    limits: tuple[str, ...]
    provenance: Provenance

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON, the sentences of each record among them."""
        said = asdict(self)
        for each, plain in zip(self.ahead, said["ahead"], strict=True):
            plain["record"]["sentences"] = list(each.record.sentences)
        return said


def forecast(
    published: Tables,
    council: str,
    *,
    measure: Measure = "looked_after",
    year: int | None = None,
    ahead: tuple[int, ...] = (1, 3),
    level: float = 0.8,
) -> Forecast:
    """Young people of a council on 31 March, so many years `ahead` of `year` (None: the newest).

    Only what was published up to `year` is used, for the forecast and for its record. `level` is
    how much the interval is to hold, 0 to 1. The last figure moves with England's growth, damped,
    and leans back towards the rate of the council's statistical neighbours as far as past years
    show (`trend.toml` says what is judged).
    `council`: by name, ONS code or DfE number. Raises `Refused` when nothing was published on it,
    its last figure is not published, or the years or level make no sense.
    """
    if not ahead or not all(1 <= each <= FURTHEST for each in ahead):
        raise Refused(f"A forecast from yearly figures goes 1 to {FURTHEST} years ahead.")
    if not 0 < level < 1:
        raise Refused(f"An interval holds a part between 0 and 1, not {level}: 0.8 is usual.")
    row = published.council(council)
    council = published.councils[row]
    known = published.until(year if year is not None else published.years[-1])
    now = _now(known, measure, row)
    made = lines.lines(known, measure, ahead, level)
    each = tuple(
        Ahead(
            known.years[-1] + years,
            float(made.middle[row, place]),
            float(made.low[row, place]),
            float(made.high[row, place]),
            records.record(known, measure, years, level, row),
        )
        for place, years in enumerate(ahead)
    )
    came_from = provenance.of(
        seed=None,
        inputs={name: getattr(known, name).numbers for name in COUNTED},
        parameters={
            "council": council,
            "measure": measure,
            "level": level,
            "given": judged.usual(),
        },
    )
    return Forecast(council, measure, known.years[-1], now, level, each, LIMITS, came_from)


def _now(known: Tables, measure: Measure, row: int) -> float:
    counts = known.of(measure)
    now, mark = float(counts.numbers[row, -1]), str(counts.marks[row, -1])
    if now > 0:
        return now
    why = f"the table holds the mark {mark}" if mark else "there is no figure above 0"
    raise Refused(
        f"How many were {WORDS[measure]} in {known.councils[row]} in {known.years[-1]} is not "
        f"published ({why}): ask for an earlier year."
    )
