"""Whether a home can be found on the map and by its registration: in or out hangs on it."""

import polars as pl

from onedoor.evidence.checks.facts import FOUND, Facts, found
from onedoor.evidence.checks.listed import Rule
from onedoor.evidence.ssda903 import spells

POSTCODE = r"^[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]{2}$"
OUTSIDE_OFSTED = "XXXXXXX"
# Homes of these kinds are registered with Ofsted one by one, and a hub is known by it alone.
REGISTERED = ("K1", "K2", "K3", "R3", "S1")


def no_postcode(rule: Rule, facts: Facts) -> pl.DataFrame:
    lasting = spells.counted(facts.episodes).filter(~pl.col("PLACE").str.starts_with("T"))
    return pl.concat(
        found(lasting.filter(pl.col(column) == ""), column, pl.lit(column))
        for column in ("HOME_POST", "PL_POST")
    )


def not_a_postcode(rule: Rule, facts: Facts) -> pl.DataFrame:
    answers = []
    for column in ("HOME_POST", "PL_POST"):
        rows = facts.episodes.filter(
            pl.col(column) != "", ~_squeezed(column).str.contains(POSTCODE)
        )
        answers.append(found(rows, column, pl.col(column)))
    return pl.concat(answers)


def placed_at_home(rule: Rule, facts: Facts) -> pl.DataFrame:
    rows = facts.episodes.filter(
        pl.col("PLACE") != "P1",
        pl.col("HOME_POST") != "",
        _squeezed("HOME_POST") == _squeezed("PL_POST"),
    )
    return found(rows, "PL_POST", pl.col("PL_POST"), pl.col("PLACE"))


def no_registration(rule: Rule, facts: Facts) -> pl.DataFrame:
    in_the_year = pl.col("dec").is_null() | (pl.col("dec") >= facts.first_day)
    in_england = ~pl.col("PL_LA").is_in(["CON", "NIR", "NUK", "SCO", "WAL"])
    rows = facts.episodes.filter(
        in_the_year, in_england, pl.col("PLACE").is_in(REGISTERED), pl.col("URN") == ""
    )
    return found(rows, "URN", pl.col("PLACE"))


def registration_shape(rule: Rule, facts: Facts) -> pl.DataFrame:
    urn = pl.col("URN").str.to_uppercase()
    rows = facts.episodes.filter(
        urn != "", urn != OUTSIDE_OFSTED, ~urn.str.contains(r"^[A-Z0-9]{6,9}$")
    )
    return found(rows, "URN", pl.col("URN"))


def own_home_elsewhere(rule: Rule, facts: Facts) -> pl.DataFrame:
    """Asked where `places` has said which homes are out of the authority."""
    if "where" not in facts.episodes.columns:
        return FOUND.to_frame()
    rows = facts.episodes.filter(pl.col("PLACE_PROVIDER") == "PR1", pl.col("where") == "out")
    return found(rows, "PLACE_PROVIDER", pl.col("PLACE_PROVIDER"), pl.col("PL_POST"))


def said_elsewhere(rule: Rule, facts: Facts) -> pl.DataFrame:
    """PL_LOCATION against the map of the day, where both speak."""
    if "where" not in facts.episodes.columns:
        return FOUND.to_frame()
    said = pl.col("PL_LOCATION").str.strip_chars().str.to_lowercase()
    rows = facts.episodes.filter(
        pl.col("where_from") == "PL_POST", said.is_in(["in", "out"]), said != pl.col("where")
    )
    return found(rows, "PL_LOCATION", pl.col("PL_LOCATION"), pl.col("where"))


def _squeezed(column: str) -> pl.Expr:
    return pl.col(column).str.to_uppercase().str.replace_all(r"\s", "")


ASKED = {
    "no_postcode": no_postcode,
    "no_registration": no_registration,
    "not_a_postcode": not_a_postcode,
    "own_home_elsewhere": own_home_elsewhere,
    "placed_at_home": placed_at_home,
    "registration_shape": registration_shape,
    "said_elsewhere": said_elsewhere,
}
