"""Financial years, 1 April to 31 March, written as *2024-25*."""

import re
from datetime import date, timedelta

from onedoor.evidence.refusal import Refused


def of(day: date) -> str:
    """The financial year a night belongs to."""
    first = day.year if day >= date(day.year, 4, 1) else day.year - 1
    return named(first)


def named(first: int) -> str:
    return f"{first}-{(first + 1) % 100:02d}"


def begins(year: str) -> date:
    return date(int(year[:4]), 4, 1)


def ends(year: str) -> date:
    """The last night of the year."""
    return date(int(year[:4]) + 1, 3, 31)


def nights(year: str) -> int:
    """365, or 366 where the year holds a 29 February."""
    return (ends(year) - begins(year)).days + 1


def after(year: str, years: int = 1) -> str:
    return named(int(year[:4]) + years)


def checked(year: str, where: str) -> str:
    """The year, when it is one; raises `Refused` where it is not."""
    match = re.fullmatch(r"(\d{4})-(\d{2})", year)
    if match is None or named(int(match[1])) != year:
        raise Refused(f"{where} is {year!r}. Give a financial year as 2024-25.")
    return year


def month_begins(first: date, months: int) -> date:
    """The first day of the month so many months after the month of `first`."""
    counted = first.year * 12 + first.month - 1 + months
    return date(counted // 12, counted % 12 + 1, 1)


def next_day(day: date) -> date:
    return day + timedelta(days=1)


def day_before(day: date) -> date:
    return day - timedelta(days=1)


def said(day: date) -> str:
    """1 April 2026."""
    return f"{day.day} {day:%B %Y}"
