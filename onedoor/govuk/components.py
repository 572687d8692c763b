"""GOV.UK's components, drawn by the Jinja port of its own templates.

One environment lives as long as the process: compiling the macros anew for each button takes
twenty milliseconds, calling a compiled one a twentieth of one.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from jinja2 import Environment, PackageLoader, PrefixLoader


def draw(component: str, params: Mapping[str, Any]) -> SafeString:
    """The HTML of one component, named as the GOV.UK Design System names it."""
    check_no_raw_html(params)
    return mark_safe(macro(component)(params))  # noqa: S308 (the macros escape every text)


@cache
def macro(component: str) -> Callable[[Mapping[str, Any]], str]:
    path = f"govuk_frontend_jinja/components/{component}/macro.html"
    name = "govuk" + "".join(word.capitalize() for word in component.split("-"))
    return getattr(environment().get_template(path).module, name)


@cache
def environment() -> Environment:
    port = PackageLoader("govuk_frontend_jinja")
    loader = PrefixLoader({"govuk_frontend_jinja": port})
    # Without the trimming, half of what the macros write is blank lines.
    return Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)


def check_no_raw_html(value: object, key: str = "") -> None:
    """Refuse a plain string under an html key: what somebody typed belongs under a text key."""
    if isinstance(value, Mapping):
        for inner_key, inner in value.items():
            # A slot is HTML by another name.
            check_no_raw_html(inner, "html" if key == "slots" else str(inner_key))
    elif isinstance(value, (list, tuple)):
        for inner in value:
            check_no_raw_html(inner, key)
    elif isinstance(value, str) and (key.lower().endswith("html") or key == "attributes"):
        refuse_unless_safe(key, value)


def refuse_unless_safe(key: str, value: str) -> None:
    # Django's own templates, format_html and mark_safe all answer with a string that says so.
    if not hasattr(value, "__html__"):
        raise ValueError(f"{key!r} needs HTML made safe by Django; pass words as 'text'.")
