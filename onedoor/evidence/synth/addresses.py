"""Postcodes for an invented council: of no place at all, or of a real authority where asked."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from onedoor.evidence.places import authorities, postcodes
from onedoor.evidence.refusal import Refused

MANY = 997  # postcodes of each sort; a prime, so that neighbours in number are none in place
REACH = 100_000  # metres from the middle of the authority
LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Postcodes inside and outside the authority."""

    inside: tuple[str, ...]
    outside: tuple[str, ...]

    def home(self, number: pl.Expr) -> pl.Expr:
        """Where a family lives: inside, the same for the same whole number."""
        return _one_of(self.inside, number * 7)

    def placed(self, number: pl.Expr, out: pl.Expr) -> pl.Expr:
        """Where a home is, the same for the same whole number."""
        return (
            pl.when(out).then(_one_of(self.outside, number)).otherwise(_one_of(self.inside, number))
        )


def nowhere(told: dict[str, Any]) -> Addresses:
    """Postcodes of areas that do not exist, as `returns.toml` has them."""

    def of(districts: list[str]) -> tuple[str, ...]:
        return tuple(
            f"{district} {digit}{first}{second}"
            for second in LETTERS[::4]
            for first in LETTERS
            for digit in range(1, 10)
            for district in districts
        )

    return Addresses(of(told["inside"]), of(told["outside"]))


def real(authority: str, cache: Path | None = None) -> Addresses:
    """Real postcodes inside an authority and, within 100 km of its middle, outside it. Nobody in an
    invented return lives there.

    `authority`: its name, code or DfE number. Raises `Refused` for one that is none, and where the
    list of postcodes is not installed.
    """
    ours = authorities.find(authority)[-1]
    register = authorities.register()
    began = register.begins
    kin = authorities.on(ours, began)
    listed = postcodes.listed(cache).filter(pl.col("district").str.starts_with("E")).collect()
    districts = listed["district"].unique().to_list()
    inside = [code for code in districts if register.districts.get(code, code) == ours]
    # What once was one authority with ours was inside it then.
    outside = [code for code in districts if not authorities.on(code, began) & kin]
    within = listed.filter(pl.col("district").is_in(inside), pl.col("east").is_not_null())
    if within.is_empty():
        raise Refused(f"The list of postcodes has none inside {authorities.name_of([ours])}.")
    squared = sum(
        (pl.col(axis) - int(within[axis].median())).cast(pl.Float64) ** 2  # type: ignore[arg-type]
        for axis in ("east", "north")
    )
    beyond = listed.filter(pl.col("district").is_in(outside), squared < REACH**2)
    return Addresses(_spread(within), _spread(beyond))


def _spread(rows: pl.DataFrame) -> tuple[str, ...]:
    """`MANY` of the postcodes at even steps, each with its space."""
    found = rows["postcode"].sort().gather_every(max(1, rows.height // MANY)).head(MANY)
    return tuple(f"{each[:-3]} {each[-3:]}" for each in found)


def _one_of(listed: tuple[str, ...], number: pl.Expr) -> pl.Expr:
    return (number % len(listed)).replace_strict(dict(enumerate(listed)), return_dtype=pl.String)
