"""The slow, obvious way from XML to CSV: the whole tree, then one file for each table."""

import csv
import io
from xml.etree import ElementTree

from tests.evidence.slow_lists import TABLES, words

HEADER = words("CHILD SEX DOB ETHNIC UPN MOTHER MC_DOB UASC")
EPISODES = TABLES["Episodes"] + words("HOME_POST PL_POST URN")
GROUPS = {
    "AREVIEW": "Reviews",
    "OC2": "OC2",
    "AD_PLACED": "Placed for adoption",
    "PERMANENCE": "Previous permanence",
    "AMISSING": "Missing",
}


def csv_files(data):
    """Pairs of name and bytes: the CSV of the same data, for each table that has a row."""
    found = {name: [] for name in TABLES}
    for child in ElementTree.fromstring(data).iter("CHILD"):
        head = child.find("HEADER")
        said = {each.tag: each.text or "" for each in head if len(each) == 0}
        said["CHILD"] = said.pop("CHILDID", "")
        found["Header"].append([said.get(name, "") for name in HEADER])
        for name in ("UASC", "OC3", "AD1"):
            own = [said.get(column, "") for column in TABLES[name]]
            begins = 3 if name == "UASC" else 2
            if any(own[begins:]) or (name == "UASC" and said.get("UASC") == "1"):
                found[name].append(own)
        for element, name in GROUPS.items():
            for group in head.findall(element):
                own = {each.tag: each.text or "" for each in group} | {
                    "CHILD": said["CHILD"],
                    "DOB": said.get("DOB", ""),
                }
                found[name].append([own.get(column, "") for column in TABLES[name]])
        for episode in child.findall("EPISODE"):
            own = {each.tag: each.text or "" for each in episode}
            own |= {"CHILD": said["CHILD"], "PLACE": own.get("PL", "")}
            found["Episodes"].append([own.get(column, "") for column in EPISODES])
    columns = TABLES | {"Header": HEADER, "Episodes": EPISODES}
    return [(f"{name}.csv", _csv([columns[name], *rows])) for name, rows in found.items() if rows]


def _csv(rows):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()
