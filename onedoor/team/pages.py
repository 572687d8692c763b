"""What every page shows: the council's name, who is signed in, and where they may go."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from onedoor.team import rules

# (words, route, doing): a link is shown to those whose role may do the doing.
PLACES = [
    ("My day", "today:my_day", None),
    ("Tonight", "today:tonight", "see_tonight"),
    ("Search", "door:search", "search"),
    ("At the door", "door:at_the_door", "welcome"),
    ("Homes", "homes:homes", "see_homes"),
    ("Who works here", "team:people", "see_team"),
    ("The record", "team:record", "see_whole_record"),
    ("Baseline", "programme:baseline", "see_baseline"),
    ("Costings", "programme:costings", "see_costing"),
]


def every_page(request: HttpRequest) -> dict[str, Any]:
    context: dict[str, Any] = {
        "council_name": settings.COUNCIL_NAME,
        "demonstration": settings.DEMONSTRATION,
        "contact": settings.CONTACT,
        "navigation": [],
        "accessibility_url": reverse("team:accessibility"),
        "privacy_url": reverse("team:privacy"),
        "help_url": reverse("team:help"),
    }
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or getattr(request, "code_wanted", False):
        return context  # nowhere to go yet
    held = user.roles_on(timezone.localdate())
    for words, route, doing in PLACES:
        if doing is None or held & set(rules.roles_that_may(doing)):
            try:
                href = reverse(route)
            except NoReverseMatch:
                continue  # a room this deployment does not have
            context["navigation"].append(
                {"text": words, "href": href, "current": request.path == href}
            )
    return context
