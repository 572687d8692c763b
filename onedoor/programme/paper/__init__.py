"""A costing as a cabinet paper: a tagged PDF of four pages at most, with the figures of its JSON.

from onedoor.programme import paper
data = paper.written(made.as_dict(), pictures, on=date(2026, 11, 27))

What does not fit is in the workbook, and the paper says so.
"""

import io
import re
from base64 import b64encode
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from django.template.loader import render_to_string

from onedoor.programme.paper import facts
from onedoor.team.rules import NotNow

PAGES = 4
# How many prices, and how many letters of each longer text, are tried until the pages are few.
ROOM = ((24, 400), (24, 260), (14, 260), (8, 160), (0, 100))

FONTS = {"Figtree": "figtree-latin-wght-normal", "FigtreeMore": "figtree-latin-ext-wght-normal"}
WEIGHTS = (400, 600, 700)
EDGED = re.compile(
    r'(<text [^>]*?) stroke="[^"]*" stroke-width="\d+" paint-order="stroke"(>.*?</text>)'
)


def written(said: Mapping[str, Any], pictures: Mapping[str, str], *, on: date) -> bytes:
    """The paper (PDF/UA-1) of a costing as `Costing.as_dict` gives it, with its pictures `saving`
    and `what_moves_it`, made on a day. Raises `NotNow` where it cannot be made."""
    try:
        import weasyprint  # an extra: its libraries are not on every machine
    except (ImportError, OSError):
        raise NotNow(
            "This server cannot make a PDF: it needs onedoor[pdf] and Debian's libpango. The "
            "workbook and the JSON have the same figures."
        ) from None
    # Nothing is ever fetched for a paper: not from a network, and not from this machine.
    ours = weasyprint.urls.URLFetcher(allowed_protocols=("data",), fail_on_errors=True)
    fonts = weasyprint.text.fonts.FontConfiguration()
    style = weasyprint.CSS(string=_style(), font_config=fonts, url_fetcher=ours)
    drawn = {name: _as_data(picture) for name, picture in pictures.items()}
    for prices, letters in ROOM:
        shown = facts.of(said, on=on, prices=prices, letters=letters)
        page = render_to_string("programme/paper.html", {**shown, "drawn": drawn})
        whole = weasyprint.HTML(string=page, url_fetcher=ours)
        document = whole.render(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1")
        if len(document.pages) <= PAGES:
            return bytes(
                document.write_pdf(pdf_identifier=said["run"].encode(), pdf_variant="pdf/ua-1")
            )
    raise NotNow(
        f"The paper would be longer than {PAGES} pages: too much is said of what is not known. "
        f"The workbook and the JSON have it all."
    )


def _style() -> str:
    faces = "".join(
        f"@font-face {{ font-family: {called}; font-weight: {weight}; src: url({data}); }}\n"
        for called, name in FONTS.items()
        for weight in WEIGHTS
        for data in [_font(name, weight)]
    )
    return faces + resources.files(__package__).joinpath("paper.css").read_text("utf-8")


@cache
def _font(name: str, weight: int) -> str:
    """One weight of a font of ours. WeasyPrint would cut it out too, and write the time of day
    into it: the same paper would be other bytes each time."""
    from fontTools.ttLib import TTFont  # comes with WeasyPrint
    from fontTools.varLib.instancer import instantiateVariableFont

    packed = resources.files("onedoor.govuk").joinpath("static", "built", f"{name}.woff2")
    font = TTFont(io.BytesIO(packed.read_bytes()), recalcTimestamp=False)
    font = instantiateVariableFont(font, {"wght": weight})
    font.flavor = None
    plain = io.BytesIO()
    font.save(plain)
    return f"data:font/ttf;base64,{b64encode(plain.getvalue()).decode()}"


def _as_data(picture: str) -> str:
    """A picture inside an address, so that it is an image with words in its place."""
    # A white edge goes over its words here, so they are drawn once more on top of it.
    named = EDGED.sub(r"\g<0>\1\2", picture)
    named = named.replace(
        'font-family="sans-serif"', 'font-family="Figtree, FigtreeMore, sans-serif"'
    )
    return f"data:image/svg+xml;base64,{b64encode(named.encode()).decode()}"
