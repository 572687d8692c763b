"""Dates, times, money and ages as we say them: 12 October 2026, 5:30pm, £1,234, 15 years old."""

from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def in_london(moment: datetime) -> datetime:
    """The moment on a clock in England. A bare datetime is taken as being one already."""
    return moment.astimezone(LONDON) if moment.tzinfo else moment


def day(value: date) -> str:
    """12 October 2026. A moment gives the day it was in England, not the day it was in UTC."""
    on = in_london(value) if isinstance(value, datetime) else value
    return f"{on.day} {on:%B %Y}"


def weekday(value: date) -> str:
    """Monday 12 October 2026."""
    on = in_london(value) if isinstance(value, datetime) else value
    return f"{on:%A} {day(on)}"


def clock(value: datetime | time) -> str:
    """5:30pm, 5pm, midday, midnight."""
    at = in_london(value) if isinstance(value, datetime) else value
    if at.minute == 0 and at.hour in (0, 12):
        return "midday" if at.hour else "midnight"
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"


def moment(value: datetime) -> str:
    """12 October 2026 at 5:30pm."""
    return f"{day(value)} at {clock(value)}"


def money(value: Decimal | float | int) -> str:
    """£1,234, with pence only where there are some."""
    pounds = round(Decimal(str(value)), 2)
    digits = f"{abs(pounds):,.2f}".removesuffix(".00")
    return f"{'−' if pounds < 0 else ''}£{digits}"


def years_old(years: int) -> str:
    """15 years old."""
    return f"{years} year{'' if years == 1 else 's'} old"
