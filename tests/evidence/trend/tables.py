"""Small invented tables in the layout of the Department for Education. No council is real."""

import polars as pl

from onedoor.evidence.trend import published


def council(name, stock, *, homes=None, children=None, starts=None, ceases=None, codes=None):
    """What one council published each year; a str is a mark."""
    count = len(stock)
    return {
        "name": name,
        "codes": codes or [f"E-{name}"] * count,
        ("", "Children looked after on 31 March each year"): stock,
        ("", "Children starting to be looked after each year"): starts or [50] * count,
        ("", "Children ceasing to be looked after each year"): ceases or [50] * count,
        ("Placement", "Secure homes and children's homes"): homes or [10] * count,
        ("population", "Children looked after on 31 March each year"): children or [1000] * count,
    }


def rows(councils, *, first=2021, england=None):
    """Every row of the tables; `england` is what its own rows say for those looked after."""
    found = []
    for each in councils:
        for key, values in each.items():
            if isinstance(key, tuple):
                for place, value in enumerate(values):
                    where = ("Local authority", each["codes"][place], each["name"])
                    found.append((str(first + place), *where, *key, str(value)))
    for place, value in enumerate(england or []):
        for key in (
            ("", "Children looked after on 31 March each year"),
            ("Placement", "Secure homes and children's homes"),
        ):
            found.append((str(first + place), "National", None, None, *key, str(value)))
    return pl.DataFrame(found, schema=[*published.PLACE, "group", "what", "number"], orient="row")


def neighbours(names):
    """Every council is alike to the next few in the list, round and round."""
    count = len(names)
    listed = {
        f"SN_{step}": [
            str((place + step) % count if count > step else -1) for place in range(count)
        ]
        for step in range(1, 11)
    }
    codes = [str(place) for place in range(count)]
    return pl.DataFrame({"old_la_code": codes, "la_name": list(names), **listed})


def made(councils, *, first=2021, england=None):
    names = [each["name"] for each in councils]
    return published.from_rows(rows(councils, first=first, england=england), neighbours(names))
