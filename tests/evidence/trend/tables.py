"""Small invented tables in the layout of the Department for Education. No figure is real."""

import csv
import io
from dataclasses import replace

import polars as pl

from onedoor.evidence import published, trend
from onedoor.evidence.published import neighbours

PLACE = ["time_period", "geographic_level", "new_la_code", "la_name"]
STOCK = "Children looked after on 31 March each year"
STARTS = "Children starting to be looked after each year"
CEASES = "Children ceasing to be looked after each year"


def council(name, stock, *, homes=None, children=None, starts=None, ceases=None, codes=None):
    """What one council published each year; a str is a mark."""
    count = len(stock)
    return {
        "name": name,
        "codes": codes,
        "stock": stock,
        "starts": starts or [50] * count,
        "ceases": ceases or [50] * count,
        "homes": homes or [10] * count,
        "children": children or [1000] * count,
    }


def files(councils, *, first=2021, england=None):
    """The two files of counts, as pairs of a name and its bytes; `england` is what its own rows say
    of those looked after and of the homes."""
    flows = [[*PLACE, "population_count", "rates_number", "rate_per_10000", "population_estimate"]]
    homes = [[*PLACE, "cla_group", "characteristic", "number", "percentage"]]
    of_homes = ("Placement", "Secure homes and children's homes")
    for row, each in enumerate(councils):
        for place, stock in enumerate(each["stock"]):
            code = each["codes"][place] if each["codes"] else code_of(row)
            here = (first + place, "Local authority", code, each["name"])
            children = each["children"][place]
            flows.append([*here, STOCK, stock, "x", children])
            flows.append([*here, STARTS, each["starts"][place], "x", children])
            flows.append([*here, CEASES, each["ceases"][place], "x", children])
            homes.append([*here, *of_homes, each["homes"][place], "x"])
    for place, value in enumerate(england or []):
        here = (first + place, "National", "", "")
        flows.append([*here, STOCK, value, "x", "x"])
        homes.append([*here, *of_homes, value, "x"])
    return [("flows.csv", written(flows)), ("homes.csv", written(homes))]


def written(rows):
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def code_of(row):
    """A code that no council has."""
    return f"E99{row:06}"


def figures(councils, *, first=2021, england=None):
    """What is published of these councils, each alike to the next ten, round and round."""
    count = len(councils)
    near = [
        (code_of(row), each["name"], step, code_of((row + step) % count), "", "")
        for row, each in enumerate(councils)
        for step in range(1, 11)
        if count > step
    ] or [(code_of(0), councils[0]["name"], 1, code_of(1), "", "")]
    read = published.read_files(files(councils, first=first, england=england))
    return replace(read, neighbours=pl.DataFrame(near, schema=neighbours.SCHEMA, orient="row"))


def made(councils, *, first=2021, england=None):
    return trend.read(figures(councils, first=first, england=england))
