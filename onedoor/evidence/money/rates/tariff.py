"""A tariff answers what one night cost, by the night and never by the financial year."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from onedoor.evidence.money import years
from onedoor.evidence.money.rates.rate import NIGHTS, Gap, Rate
from onedoor.evidence.refusal import Refused

LAST_DAY = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Piece:
    """Nights `first` to `last`, both included, at one price: a night is `rate` pence over
    `nights_in_unit`."""

    rate: Rate
    first: date
    last: date
    nights_in_unit: int

    @property
    def nights(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Tariff:
    """Prices that never contradict each other: no night has two prices for an item and a payer.

    Raises `Refused` where two do.
    """

    rates: tuple[Rate, ...]
    gaps: tuple[Gap, ...] = ()

    def __post_init__(self) -> None:
        inside = sorted(self.rates, key=lambda rate: (rate.key, rate.valid_from))
        for earlier, later in zip(inside, inside[1:], strict=False):
            if earlier.key == later.key and later.valid_from <= (earlier.valid_to or LAST_DAY):
                raise Refused(
                    f"{later.item} (paid by {later.payer}) has two prices for "
                    f"{years.said(later.valid_from)}: end the price that began on "
                    f"{years.said(earlier.valid_from)} the night before."
                )
            if earlier.key == later.key and earlier.kind != later.kind:
                raise Refused(
                    f"{later.item} (paid by {later.payer}) is {earlier.kind} in one price and "
                    f"{later.kind} in another. Give one class, or another item."
                )

    @property
    def items(self) -> tuple[str, ...]:
        return tuple(sorted({rate.item for rate in self.rates}))

    def payers(self, item: str) -> tuple[str, ...]:
        """Who pays for an item; raises `Refused` when the item has no price at all."""
        found = tuple(sorted({rate.payer for rate in self.rates if rate.item == item}))
        if not found:
            why = next((gap.why for gap in self.gaps if gap.item == item), "no price was given")
            raise Refused(
                f"{item} has no price: {why}. Ask the council's finance team for it and add a "
                f'[[rate]] with item = "{item}"; where it costs nothing, give 0 and say why.'
            )
        return found

    def joined(self, other: "Tariff") -> "Tariff":
        return Tariff(self.rates + other.rates, self.gaps + other.gaps)

    def at(self, item: str, payer: str, day: date) -> Rate:
        """The price that holds on a day. Raises `Refused` where there is none, saying why."""
        for rate in self.rates:
            if rate.key == (item, payer) and rate.valid_from <= day <= (rate.valid_to or LAST_DAY):
                return rate
        raise self._refusal(item, payer, day)

    def pieces(self, item: str, payer: str, first: date, until: date) -> tuple[Piece, ...]:
        """The prices of the nights from `first` up to `until`, not included, in order.

        Raises `Refused` naming the first night that has no price.
        """
        found, night = self.known(item, payer, first, until), first
        for piece in found:
            if piece.first > night:
                break
            night = years.next_day(piece.last)
        if night < until:
            raise self._refusal(item, payer, night)
        return found

    def known(self, item: str, payer: str, first: date, until: date) -> tuple[Piece, ...]:
        """As `pieces`, with nights that have no price left out."""
        own = sorted(
            (rate for rate in self.rates if rate.key == (item, payer)),
            key=lambda rate: rate.valid_from,
        )
        found = []
        for rate in own:
            begins = max(rate.valid_from, first)
            last = min(rate.valid_to or LAST_DAY, years.day_before(until))
            if begins <= last:
                found += _by_unit(rate, begins, last)
        return tuple(found)

    def _refusal(self, item: str, payer: str, night: date) -> Refused:
        self.payers(item)
        why = next(
            (
                f" ({gap.why})"
                for gap in self.gaps
                if gap.item == item and gap.first <= night <= (gap.last or LAST_DAY)
            ),
            "",
        )
        return Refused(
            f"{item} (paid by {payer}) has no price for the night of {years.said(night)}{why}. "
            f"Add a [[rate]] that holds for that night; it is never filled in from its neighbours."
        )


def _by_unit(rate: Rate, first: date, last: date) -> list[Piece]:
    if rate.unit == "event":
        raise Refused(f"{rate.item} is a price for an event, and was asked for a night.")
    if rate.unit != "year":
        return [Piece(rate, first, last, NIGHTS[rate.unit])]
    found = []
    while first <= last:
        year = years.of(first)
        found.append(Piece(rate, first, min(last, years.ends(year)), years.nights(year)))
        first = years.next_day(years.ends(year))
    return found


def rising(rate: Rate, yearly: Decimal, until: date) -> tuple[Rate, ...]:
    """The same price, risen by `yearly` (0.05 is 5%) every 1 April after its first night, up to
    the nights of the year that holds `until`. Each year's price is rounded to the penny, half up,
    from the unrounded first one, so that roundings do not add up."""
    found, year, times = [], years.of(rate.valid_from), 0
    first = rate.valid_from
    while first <= until:
        grown = (1 + yearly) ** times

        def risen(pence: int, grown: Decimal = grown) -> int:
            return int((pence * grown).quantize(Decimal(1), ROUND_HALF_UP))

        found.append(
            replace(
                rate,
                low=risen(rate.low),
                mode=risen(rate.mode),
                high=risen(rate.high),
                price_year=year,
                valid_from=first,
                valid_to=years.ends(year),
            )
        )
        first, year, times = years.next_day(years.ends(year)), years.after(year), times + 1
    return tuple(found)


def of(rates: Iterable[Rate], gaps: Iterable[Gap] = ()) -> Tariff:
    return Tariff(tuple(rates), tuple(gaps))
