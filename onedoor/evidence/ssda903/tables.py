"""Which table of the return a file holds, told by its columns and never by its name."""

from dataclasses import dataclass

# Columns that regional extracts and test files add; every table may have them.
EXTRA = ("LA", "YEAR", "TEST_COLUMN")


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    needed: tuple[str, ...]
    optional: tuple[str, ...] = ()
    read_now: bool = False

    def columns(self) -> tuple[str, ...]:
        return self.needed + self.optional + EXTRA


HEADER = Table(
    "Header",
    ("CHILD", "SEX", "DOB", "ETHNIC"),
    ("UPN", "MOTHER", "MC_DOB", "UASC"),
    read_now=True,
)
EPISODES = Table(
    "Episodes",
    (
        *("CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER"),
        *("DEC", "REC", "REASON_PLACE_CHANGE"),
    ),
    ("HOME_POST", "PL_POST", "URN", "PL_LA", "PL_LOCATION", "PL_DISTANCE"),
    read_now=True,
)
TABLES = (
    HEADER,
    EPISODES,
    Table("Reviews", ("CHILD", "DOB", "REVIEW", "REVIEW_CODE")),
    Table("UASC", ("CHILD", "SEX", "DOB", "DUC")),
    Table("OC2", ("CHILD", "DOB", "SDQ_SCORE", "SDQ_REASON", "CONVICTED")),
    Table("OC3", ("CHILD", "DOB", "IN_TOUCH", "ACTIV", "ACCOM")),
    Table("AD1", ("CHILD", "DOB", "DATE_INT", "DATE_MATCH", "FOSTER_CARE")),
    Table("Placed for adoption", ("CHILD", "DOB", "DATE_PLACED", "DATE_PLACED_CEASED")),
    Table("Previous permanence", ("CHILD", "DOB", "PREV_PERM", "LA_PERM", "DATE_PERM")),
    Table("Missing", ("CHILD", "DOB", "MISSING", "MIS_START", "MIS_END")),
    Table("Social worker episodes", ("CHILD", "DOB", "SW_ID", "SW_DECOM", "SW_DEC")),
    Table("DoLo", ("CHILD", "DOB", "DOLO_START", "DOLO_END")),
)


def recognised(columns: tuple[str, ...]) -> Table | None:
    present = set(columns)
    return next((table for table in TABLES if present.issuperset(table.needed)), None)


def nearest(columns: tuple[str, ...]) -> tuple[Table, tuple[str, ...]] | None:
    """The table these columns almost are, and what is missing; None when they are nothing like."""
    present = set(columns)

    def missing(table: Table) -> tuple[str, ...]:
        return tuple(name for name in table.needed if name not in present)

    close = [(len(missing(table)), table.name, table) for table in TABLES]
    _, _, table = min(close, key=lambda each: each[:2])
    lacking = missing(table)
    return (table, lacking) if len(lacking) * 2 < len(table.needed) else None
