from typing import Any

from django import template
from django.utils import timezone

from onedoor.door import queries, rules
from onedoor.door.models import YoungPerson

register = template.Library()
SHADES = {
    rules.NoticeKind.MISSING: "od-notice--now",
    rules.NoticeKind.MUST_NOT_BE_TOLD: "od-notice--careful",
    rules.NoticeKind.ALLERGY: "od-notice--careful",
    rules.NoticeKind.HOW_TO_TALK: "od-notice--kind",
}


@register.inclusion_tag("door/banner.html", takes_context=True)
def young_person_banner(context: dict[str, Any], person: YoungPerson) -> dict[str, Any]:
    """Who this page is about, and what everybody must know first."""
    today = timezone.localdate()
    by = context["request"].user
    notices = queries.banner_notices(by, person, today)
    return {
        "person": person,
        "age": person.age_on(today),
        "notices": [
            {"notice": n, "shade": SHADES[rules.NoticeKind(n.kind)], "overdue": n.is_overdue(today)}
            for n in notices
        ],
        "may_lift": "put_notice" in getattr(person, "open_to_do", ()),
    }
