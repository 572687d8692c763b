"""From a kind of home, and where it is, to a state of the model."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

import polars as pl

from onedoor.evidence.refusal import Refused


@dataclass(frozen=True, slots=True)
class State:
    """`kinds`: (kind of home, where), where blank for anywhere. `family`: somebody there lives in
    a family. `sought`: people, whom the council has to find before somebody needs them.
    `certainty`: how sure the return alone makes it: high, medium, low or none."""

    key: str
    words: str
    kinds: tuple[tuple[str, str], ...]
    certainty: str
    family: bool = False
    sought: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class StateMap:
    """The states of one view of care, in the order in which they are shown; the last takes every
    kind that no other names."""

    name: str
    title: str
    states: tuple[State, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(each.key for each in self.states)

    def state(self, key: str) -> State:
        return next(each for each in self.states if each.key == key)

    def hangs_on_where(self, kind: str) -> pl.Expr:
        """Whether the state of this kind of home (the name of a column) depends on where it is."""
        return pl.col(kind).is_in(
            [home for each in self.states for home, place in each.kinds if place]
        )

    def of(self, kind: str, where: str) -> pl.Expr:
        """The key of the state, from the names of two columns: kind of home and in|out|unknown."""
        answer: pl.Expr = pl.lit(self.states[-1].key)
        # The narrower entries are asked first, so they are put outermost.
        for narrow in (False, True):
            for each in self.states:
                for home, place in each.kinds:
                    if bool(place) == narrow:
                        fits = pl.col(kind) == home
                        fits = fits & (pl.col(where) == place) if place else fits
                        answer = pl.when(fits).then(pl.lit(each.key)).otherwise(answer)
        return answer


@cache
def _read() -> dict[str, StateMap]:
    text = resources.files(__package__).joinpath("states.toml").read_text("utf-8")
    return {
        name: StateMap(name, table["title"], tuple(_state(each) for each in table["state"]))
        for name, table in tomllib.loads(text).items()
    }


def _state(row: dict[str, object]) -> State:
    kinds = row.pop("kinds")
    assert isinstance(kinds, list)
    pairs = tuple((each["kind"], each.get("where", "")) for each in kinds)
    return State(kinds=pairs, **row)  # type: ignore[arg-type]


def states(name: str) -> StateMap:
    """One map by its name: `all_care` or `no_wrong_door`. Raises `Refused` for another name."""
    found = _read().get(name)
    if found is None:
        raise Refused(f"There are no states named {name!r}: ask for {' or '.join(_read())}.")
    return found
