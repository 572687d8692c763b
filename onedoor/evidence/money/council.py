"""From a council's returns and its plan to a costing: the same lives twice, with and without."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from onedoor.evidence import places
from onedoor.evidence.model import fit, simulate
from onedoor.evidence.model.careers import Careers
from onedoor.evidence.model.fit import Fit
from onedoor.evidence.money import beds, costing, effects, reach, years
from onedoor.evidence.money.costing import Costing, Occupied
from onedoor.evidence.money.plan import Plan
from onedoor.evidence.refusal import Refused
from onedoor.evidence.ssda903 import Reading, dates, hubs

Progress = Callable[[int, int], object]


def of_returns(
    reading: Reading,
    plan: Plan,
    *,
    ages: tuple[int, int] = (12, 17),
    replications: int = 1000,
    seed: int = 1,
    authority: str | None = None,
    lists: hubs.Hubs | None = None,
    cache: Path | None = None,
    progress: Progress | None = None,
) -> Costing:
    """The costing of a plan for young people of these ages (whole years, both counted), from the
    council's returns. 1,000 replications for a look, 10,000 to publish. Homes are inside or outside
    as `places` tells them: `authority` says whose returns these are where they do not (column LA).
    `lists` (`ssda903.hubs`) say which are its hubs. `cache`: where the list of postcodes is kept.

    Raises `Refused` where the returns hold too little, do not end the day before the plan begins,
    or the plan has no price for a night that they hold.
    """
    placed = places.told_apart(reading, authority, lists=lists, cache=cache)
    return of_fit(
        fit.fit(placed.reading, limits=placed.limits),
        plan,
        ages=ages,
        replications=replications,
        seed=seed,
        inputs={"episodes": placed.reading.episodes, "header": reading.header},
        asked={"authority": placed.authority, "inside_or_outside_by": placed.said_by},
        progress=progress,
    )


def of_fit(
    found: Fit,
    plan: Plan,
    *,
    ages: tuple[int, int],
    replications: int,
    seed: int,
    inputs: Mapping[str, object] | None = None,
    asked: Mapping[str, object] | None = None,
    progress: Progress | None = None,
) -> Costing:
    """As `of_returns`, from a model that is fitted already; `inputs` and `asked` say from what."""
    _check(found, plan, ages, replications)
    # Refused for a price before any time goes into simulating.
    today = costing.counted(_stays(found.careers, ages), plan)
    without, with_model, turned_away = _both(found, plan, ages, replications, seed, progress)
    asked_of_beds = asked_of_the_beds(found, plan, ages, min(replications, fit.BLOCK), seed)
    last = found.careers.last
    return costing.cost(
        without,
        with_model,
        today,
        plan,
        seed=seed,
        population=(
            f"Young people aged {ages[0]} to {ages[1]} who are looked after, from the council's "
            f"returns to {years.said(last)}."
        ),
        inputs=inputs,
        asked={**(asked or {}), "ages": ages, "returns_to": last},
        noted=found.noted,
        turned_away=turned_away if plan.hub.beds else None,
        asked_of_beds=asked_of_beds,
    )


def _check(found: Fit, plan: Plan, ages: tuple[int, int], replications: int) -> None:
    oldest = found.grid.oldest // 12 - 1
    if not 0 <= ages[0] <= ages[1] <= oldest:
        raise Refused(f"Ages {ages[0]} to {ages[1]} are not a band of ages from 0 to {oldest}.")
    edges = {edge // 12 for edge in found.grid.ages}
    if not {ages[0], ages[1] + 1} <= edges:
        listed = ", ".join(str(edge) for edge in sorted(edges))
        raise Refused(
            f"Ages {ages[0]} to {ages[1]} cut through a band of ages with one rate. Begin at, "
            f"and end the year before, one of: {listed}."
        )
    if not 2 <= replications <= 100_000:
        raise Refused(f"{replications:,} replications cannot be made. Ask for 2 to 100,000.")
    beds.check(plan.hub, found.grid, ages)
    begins = found.careers.last + timedelta(1)
    if plan.begins != begins:
        raise Refused(
            f"The returns end on {years.said(found.careers.last)}, so a costing begins with "
            f"{years.of(begins)}, and the plan says {plan.first_year}: change first_year, or give "
            f"the returns up to {years.said(years.day_before(plan.begins))}."
        )


def _both(
    found: Fit,
    plan: Plan,
    ages: tuple[int, int],
    replications: int,
    seed: int,
    progress: Progress | None,
) -> tuple[Occupied, Occupied, NDArray[np.int64]]:
    """Without the model and with it, through the same luck, a block at a time; and (R, T), how
    often somebody found the hub full."""
    band = ages[0] * 12, (ages[1] + 1) * 12
    parts: tuple[list[NDArray[np.int16]], list[NDArray[np.int16]]] = ([], [])
    turned_away: list[NDArray[np.int64]] = []
    for first in range(0, replications, fit.BLOCK):
        several, luck = min(fit.BLOCK, replications - first), beds.Luck(seed, first)
        rates, people = _within(found, plan, band, several, luck)
        groups = tuple(sorted({rates.grid.ages[0], *band} - {rates.grid.oldest}))
        mine = groups.index(band[0])
        states, places = rates.grid.states, beds.limits(plan, rates.grid)
        ran = simulate.simulate(rates, people, seed=seed, groups=groups, number=first)
        parts[0].append(ran.occupied[:, :, mine])
        ran = simulate.simulate(
            _changed(rates, plan, band, luck),
            people,
            seed=seed,
            caps=None if places is None else places.caps,
            routes=None if places is None else places.routes,
            groups=groups,
            number=first,
        )
        parts[1].append(ran.occupied[:, :, mine])
        turned_away.append(ran.displaced.astype(np.int64) + ran.waited + ran.nowhere)
        if progress is not None:
            progress(first + several, replications)
    in_band = (people.age >= band[0]) & (people.age < band[1])
    before = np.bincount(people.state[in_band], minlength=len(states))
    without, with_model = (Occupied(states, np.concatenate(kept), before) for kept in parts)
    return without, with_model, np.concatenate(turned_away)


def asked_of_the_beds(
    found: Fit, plan: Plan, ages: tuple[int, int], many: int, seed: int
) -> NDArray[np.int16] | None:
    """(D, T, B): with the model, in each of the first so many replications, the times a month that
    somebody needs each kind of bed of the hub, if one is always free. None without beds.

    With the plan's places, whoever found none would ask again, so how many ask would hang on how
    many places there are: that is no number to size places by.
    """
    if not plan.hub.beds:
        return None
    band, luck = (ages[0] * 12, (ages[1] + 1) * 12), beds.Luck(seed, 0)
    rates, people = _within(found, plan, band, many, luck)
    ran = simulate.simulate(_changed(rates, plan, band, luck), people, seed=seed)
    return ran.asked[:, :, [rates.grid.state(bed.state) for bed in plan.hub.beds]]


def _within(
    found: Fit, plan: Plan, band: tuple[int, int], many: int, luck: beds.Luck
) -> tuple[simulate.Draws, simulate.Population]:
    """The rates with the beds among their states, and the people, of those whom they concern."""
    drawn = found.draws(plan.months, many, luck.seed, luck.number)
    rates, people = reach.in_reach(drawn, found.population, band[0], plan.months)
    return beds.with_beds(rates, plan.hub, luck), people


def _changed(
    rates: simulate.Draws, plan: Plan, band: tuple[int, int], luck: beds.Luck
) -> simulate.Schedule | simulate.Draws:
    changes = [
        change
        for effect in plan.effects.values()
        if (
            change := effects.change(
                effect,
                effects.drawn(effect, len(rates), luck.seed, luck.number),
                rates.grid.states,
                band,
                plan.opens_month,
            )
        )
    ]
    return beds.changed(rates, changes, plan, luck)


def _stays(found: Careers, ages: tuple[int, int]) -> pl.DataFrame:
    """State, start and end of everybody's time in care at these ages."""
    keys = pl.col("state").replace_strict(
        list(range(len(found.states))), list(found.states), return_dtype=pl.String
    )
    old_enough = dates.birthday("dob", ages[0])
    too_old = dates.birthday("dob", ages[1] + 1)
    # Whoever is still there on the last day is there for its night.
    end = pl.col("end").fill_null(date(9999, 12, 31))
    rows = found.runs.select(
        keys.alias("state"),
        pl.max_horizontal("start", old_enough).alias("start"),
        pl.min_horizontal(end, too_old).alias("end"),
    )
    return rows.filter(pl.col("start") < pl.col("end"))
