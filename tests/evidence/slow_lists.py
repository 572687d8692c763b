"""The code lists, typed a second time, with the first and last return year of each code."""


def words(text):
    return text.split()


ALWAYS = (0, 9999)
LISTS = {
    "SEX": {
        "1": (0, 2024),
        "2": (0, 2024),
        "M": (2025, 9999),
        "F": (2025, 9999),
        "U": (2025, 9999),
    },
    "ETHNIC": dict.fromkeys(
        words(
            "WBRI WIRI WOTH WIRT WROM MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH BCRB BAFR BOTH CHNE "
            "OOTH REFU NOBT"
        ),
        ALWAYS,
    ),
    "MOTHER": dict.fromkeys("01", ALWAYS),
    "RNE": dict.fromkeys("SLPTBU", ALWAYS),
    "LS": dict.fromkeys(words("C1 C2 D1 E1 V2 V3 V4 L1 L2 L3 J1 J2 J3"), ALWAYS),
    "CIN": dict.fromkeys(words("N1 N2 N3 N4 N5 N6 N7 N8"), ALWAYS),
    "PLACE": dict.fromkeys(
        words("A3 A4 A5 A6 K1 K2 P1 P3 R1 R2 R3 R5 S1 T0 T1 T2 T3 T4 U1 U2 U3 U4 U5 U6"), ALWAYS
    )
    | {"H5": (0, 2024), "P2": (0, 2024), "K3": (2025, 9999), "Z1": (0, 2025)}
    | dict.fromkeys(words("Z11 Z12 Z13 Z14"), (2026, 9999)),
    "PLACE_PROVIDER": dict.fromkeys(words("PR0 PR1 PR2 PR3 PR4 PR5"), ALWAYS),
    "REC": dict.fromkeys(
        words("X1 E11 E12 E2 E3 E4A E4B E13 E41 E5 E6 E7 E8 E9 E14 E15 E16 E17"), ALWAYS
    )
    | dict.fromkeys(["E43", "E44"], (0, 2018))
    | dict.fromkeys(words("E45 E46 E47 E48"), (2019, 9999)),
    "REASON_PLACE_CHANGE": dict.fromkeys(
        words("CARPL CLOSE ALLEG STAND APPRR CREQB CREQO CHILD LAREQ PLACE OTHER"), ALWAYS
    )
    | {"CUSTOD": (2019, 9999)},
}
MAY_BE_BLANK = {"MOTHER", "REC", "REASON_PLACE_CHANGE"}
