"""How the forecast did on years that are past: what is printed beside every forecast.

For each earlier year the forecast is made again from what was published up to then, and held
against what came; no change is held against the same.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onedoor.evidence.trend import judged, lines
from onedoor.evidence.trend.counts import Tables
from onedoor.evidence.trend.judged import Judged, Measure

Reals = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Record:
    """Errors are parts of 1 of the true figure; None where nothing could be tested.

    `origins`: the years forecast from. `tested`: council-years. `error` and `error_no_change`: mean
    over council-years. `pooled` and `pooled_no_change`: all errors over all young people.
    `better`: how much lower the pooled error is than that of no change, and `unsure` its standard
    error, council by council. `coverage`: part of council-years inside the interval.
    `own` and `own_no_change`: mean errors of the one council.
    """

    years_ahead: int
    origins: tuple[int, ...]
    tested: int
    error: float | None
    error_no_change: float | None
    pooled: float | None
    pooled_no_change: float | None
    better: float | None
    unsure: float | None
    coverage: float | None
    own: float | None
    own_no_change: float | None

    @property
    def sentences(self) -> tuple[str, ...]:
        """What a reader must see beside the forecast: first every council, then this one."""
        if self.pooled is None or self.pooled_no_change is None or self.coverage is None:
            return (
                f"Not tested {_years(self.years_ahead)} ahead: too few years are published to "
                "forecast from and to hold against.",
            )
        every = (
            f"Tested {_years(self.years_ahead)} ahead from {_listed(self.origins)}, "
            f"{self.tested} times: wrong by {_part(self.pooled)} of young people, no change by "
            f"{_part(self.pooled_no_change)}. {self.verdict} "
            f"The interval held {self.coverage:.0%} of what came."
        )
        if self.own is None or self.own_no_change is None:
            return (every, "For this council there was nothing to test it on.")
        nearer = "no change was nearer" if self.own_no_change < self.own else "it was nearer"
        here = (
            f"For this council it was wrong by {_part(self.own)}, no change by "
            f"{_part(self.own_no_change)}: here {nearer}."
        )
        return (every, here)

    @property
    def verdict(self) -> str:
        if self.better is None or self.unsure is None:
            return "It was not tested."
        if abs(self.better) < judged.usual().errors * self.unsure:
            return "The two cannot be told apart."
        if self.better > 0:
            return "This forecast was better."
        return "No change was better: use the last figure instead."


def record(
    known: Tables,
    measure: Measure,
    years_ahead: int,
    level: float,
    council: int | None = None,
    by: Judged | None = None,
) -> Record:
    """The record from every year that leaves something to hold against, in `known` alone.

    `council`: the row whose own errors are given too. `by`: what is judged, as `lines` takes it.
    """
    last = known.years[-1]
    origins = tuple(year for year in known.years if year + years_ahead <= last)
    parts = [_tested(known, measure, year, years_ahead, level, by) for year in origins]
    if not parts or not any(np.isfinite(part[0]).any() for part in parts):
        return Record(years_ahead, (), 0, *[None] * 9)
    came, said, stood, inside = (np.stack(each, 1) for each in zip(*parts, strict=True))
    wrong, still = np.abs(said - came), np.abs(stood - came)
    better, unsure = _better(wrong, still, came)
    with np.errstate(divide="ignore", invalid="ignore"):
        error, error_still = wrong / came, still / came
    own = _mean_or_none(error[council]) if council is not None else None
    own_still = _mean_or_none(error_still[council]) if council is not None else None
    return Record(
        years_ahead,
        origins,
        int(np.isfinite(wrong).sum()),
        _mean_or_none(error),
        _mean_or_none(error_still),
        float(np.nansum(wrong) / np.nansum(came)),
        float(np.nansum(still) / np.nansum(came)),
        better,
        unsure,
        _mean_or_none(inside),
        own,
        own_still,
    )


def _tested(
    known: Tables, measure: Measure, year: int, years_ahead: int, level: float, by: Judged | None
) -> tuple[Reals, Reals, Reals, Reals]:
    """What came, what was said, what stood, and whether the interval held it (0 or 1); (L,)."""
    past = known.until(year)
    made = lines.lines(past, measure, (years_ahead,), level, by)
    stood = past.of(measure).numbers[:, -1]
    came = known.of(measure).numbers[:, known.years.index(year + years_ahead)]
    # Nobody came from nobody: no error can be a part of it.
    use = np.isfinite(made.middle[:, 0] + came) & (came > 0)
    inside = (made.low[:, 0] <= came) & (came <= made.high[:, 0])
    every = (came, made.middle[:, 0], stood, inside.astype(np.float64))
    return tuple(np.where(use, each, np.nan) for each in every)  # type: ignore[return-value]


def _better(wrong: Reals, still: Reals, came: Reals) -> tuple[float, float]:
    """How much lower the pooled error is than that of no change, and its standard error: a ratio of
    sums over councils, whose years are not independent of each other."""
    gain = np.nansum(still - wrong, axis=1)
    people = np.nansum(came, axis=1)
    better = float(gain.sum() / people.sum())
    some = people > 0
    strayed = (gain - better * people)[some]
    count = int(some.sum())
    unsure = float(np.sqrt((strayed**2).sum() * count / max(count - 1, 1)) / people.sum())
    return better, unsure


def _mean_or_none(values: Reals) -> float | None:
    return float(np.nanmean(values)) if np.isfinite(values).any() else None


def _part(part: float) -> str:
    return f"{100 * part:.1f} in 100"


def _years(count: int) -> str:
    return "1 year" if count == 1 else f"{count} years"


def _listed(years: tuple[int, ...]) -> str:
    said = [str(year) for year in years]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
