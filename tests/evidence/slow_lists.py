"""The code lists, typed a second time, with the first and last return year of each code."""

SPACES = " \t\r\n\u00a0"


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
    "REVIEW_CODE": dict.fromkeys([f"PN{number}" for number in range(8)], ALWAYS),
    "SDQ_REASON": dict.fromkeys([f"SDQ{number}" for number in range(1, 6)], ALWAYS),
    "IN_TOUCH": dict.fromkeys(words("YES NO DIED REFU NREQ RHOM"), ALWAYS),
    "ACTIV": dict.fromkeys(words("F1 P1 F2 P2 G4 G5 G6 0"), ALWAYS)
    | dict.fromkeys(words("F3 P3"), (0, 2021))
    | dict.fromkeys(words("F4 P4 F5 P5"), (2022, 9999)),
    "ACCOM": dict.fromkeys(
        [letter + suits for letter in "BCDEGHKRSTUVWXYZ" for suits in "12"] + ["0"], ALWAYS
    ),
    "SEX_ADOPTR": dict.fromkeys(words("M1 F1 MM FF MF"), ALWAYS),
    "LS_ADOPTR": dict.fromkeys(words("L0 L11 L12 L2 L3 L4"), ALWAYS),
    "REASON_PLACED_CEASED": dict.fromkeys(words("RD1 RD2 RD3 RD4"), ALWAYS),
    "PREV_PERM": dict.fromkeys(words("P1 P2 P3 P4 Z1"), ALWAYS),
    "MISSING": dict.fromkeys("MA", ALWAYS),
    "SW_REASON": dict.fromkeys(
        words("MANAGE FCONTA LEFTRL ORGRST TSPROC ABSENC CHCHAN PCCHAN SWDIED OTHERS"), ALWAYS
    ),
}
FLAGS = words(
    "CONVICTED HEALTH_CHECK IMMUNISATIONS TEETH_CHECK HEALTH_ASSESSMENT SUBSTANCE_MISUSE "
    "INTERVENTION_RECEIVED INTERVENTION_OFFERED FOSTER_CARE"
)
LISTS |= {flag: dict.fromkeys("01", ALWAYS) for flag in FLAGS}

TABLES = {
    "Header": words("CHILD SEX DOB ETHNIC"),
    "Episodes": words("CHILD DECOM RNE LS CIN PLACE PLACE_PROVIDER DEC REC REASON_PLACE_CHANGE"),
    "Reviews": words("CHILD DOB REVIEW REVIEW_CODE"),
    "UASC": words("CHILD DOB SEX DUC"),
    "OC2": words("CHILD DOB SDQ_SCORE SDQ_REASON") + FLAGS[:-1],
    "OC3": words("CHILD DOB IN_TOUCH ACTIV ACCOM"),
    "AD1": words("CHILD DOB DATE_INT DATE_MATCH FOSTER_CARE NB_ADOPTR SEX_ADOPTR LS_ADOPTR"),
    "Placed for adoption": words("CHILD DOB DATE_PLACED DATE_PLACED_CEASED REASON_PLACED_CEASED"),
    "Previous permanence": words("CHILD DOB PREV_PERM LA_PERM DATE_PERM"),
    "Missing": words("CHILD DOB MISSING MIS_START MIS_END"),
    "Social worker episodes": words("CHILD DOB SW_ID SW_DECOM SW_DEC SW_REASON"),
    "DoLo": words("CHILD DOB DOLO_START DOLO_END"),
}
MAY_BE_BLANK = {
    *("MOTHER", "REC", "REASON_PLACE_CHANGE", "REASON_PLACED_CEASED", "SW_REASON", "SDQ_REASON"),
    *FLAGS[:-1],
}
