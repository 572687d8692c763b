"""{{ stay.begun_at|how_long:today }}: for 3 weeks."""

from datetime import date, datetime

from django import template

from onedoor.govuk.words import in_london
from onedoor.today import rules

register = template.Library()


@register.filter
def how_long(since: date, today: date) -> str:
    day = in_london(since).date() if isinstance(since, datetime) else since
    return rules.for_how_long(day, today)
