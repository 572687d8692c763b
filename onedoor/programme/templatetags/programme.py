"""What only the programme's pages need."""

from datetime import date
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from onedoor.evidence.money import rates
from onedoor.govuk import words
from onedoor.programme import planning

register = template.Library()
register.filter(planning.plainly)
register.filter("plain", rates.in_words)


@register.filter
def picture(svg: str) -> SafeString:
    """A picture as `evidence.pictures` drew it, which escapes every word it is given."""
    return mark_safe(svg if svg.startswith("<svg ") else "")  # noqa: S308


@register.filter
def pence(amount: int) -> str:
    return f"£{amount / 100:,.2f}"


@register.filter
def thousands(count: int) -> str:
    return f"{count:,}"


@register.filter
def said(value: Any) -> str:
    """An answer of a draft as a person would say it."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return words.day(value) if isinstance(value, date) else str(value)
