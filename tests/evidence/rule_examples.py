"""Small invented returns that break one rule each, and some that break none."""

from tests.evidence.invented import child, episode, episodes, header

MISSING = "CHILD,DOB,MISSING,MIS_START,MIS_END"
DOLO = "CHILD,DOB,DOLO_START,DOLO_END"
# Postcodes and a registration, so that only the rule in question is broken.
HOME, THERE, URN = "DL7 8AD", "YO12 6RN", "SC012345"


def row(start, end="", *, home=HOME, there=THERE, urn="", **more):
    """An episode with the places that the rules ask for."""
    if more.get("place") in ("K1", "K2", "K3", "S1", "R3") and not urn:
        urn = URN
    return episode(start, end, **more).removesuffix(",,,") + f",{home},{there},{urn}"


def missing(*rows):
    return "\n".join([MISSING, *rows, ""]).encode()


def dolo(*rows):
    return "\n".join([DOLO, *rows, ""]).encode()


START = row("01/05/2019", "01/08/2019", rec="X1", reason="CARPL")
NEXT = row("01/08/2019", rne="P", there="YO11 2NN")

GOOD = {
    "a move": [episodes(START, NEXT)],
    "a change of legal status": [
        episodes(row("01/05/2019", "01/08/2019", rec="X1"), row("01/08/2019", rne="L", ls="C1"))
    ],
    "home, and back into care": [
        episodes(row("01/05/2019", "01/08/2019"), row("01/10/2019", rne="S"))
    ],
    "a week away with the same carers": [
        episodes(
            row("01/05/2019", "01/08/2019", rec="X1"),
            row("01/08/2019", "06/08/2019", rne="P", place="T4", provider="", rec="X1"),
            row("06/08/2019", rne="P"),
        )
    ],
    "carried over": [
        episodes(row("01/05/2019")),
        episodes(row("01/05/2019", "01/06/2020"), row("02/09/2020", rne="S")),
    ],
    "missing while looked after": [
        episodes(row("01/05/2019")),
        missing("ASH,14/05/2005,M,02/06/2019,03/06/2019", "ASH,14/05/2005,A,03/06/2019,03/06/2019"),
    ],
    "a children's home with its number": [episodes(row("01/05/2019", place="K2"))],
}


BAD = {
    "new_episode_code": [episodes(row("01/05/2019", rne="Q"))],
    "legal_status_code": [episodes(row("01/05/2019", ls="Q9"))],
    "placement_code": [episodes(row("01/05/2019", place="K3"))],
    "provider_code": [episodes(row("01/05/2019", provider="PR9"))],
    "ceased_code": [episodes(row("01/05/2019", "01/06/2019", rec="E99"))],
    "change_code": [episodes(row("01/05/2019", "01/06/2019", reason="WHIM"))],
    "birth_unknown": [
        header(child(), child("BIRCH", born="x")),
        episodes(row("01/05/2019")),
    ],
    "first_is_a_start": [episodes(row("01/05/2019", rne="P"))],
    "start_without_leaving": [
        episodes(row("01/05/2019", "01/08/2019", rec="X1"), row("01/08/2019", rne="S"))
    ],
    "back_is_a_start": [
        episodes(row("01/05/2019", "01/08/2019"), row("01/08/2019", rne="P", there="YO11 2NN"))
    ],
    "gap_in_care": [
        episodes(
            row("01/05/2019", "01/08/2019", rec="X1", reason="CARPL"), row("03/08/2019", rne="P")
        )
    ],
    "legal_change_only": [
        episodes(row("01/05/2019", "01/08/2019", rec="X1"), row("01/08/2019", rne="L"))
    ],
    "home_change_only": [
        episodes(
            row("01/05/2019", "01/08/2019", rec="X1", reason="CARPL"), row("01/08/2019", rne="P")
        )
    ],
    "both_changed": [
        episodes(
            row("01/05/2019", "01/08/2019", rec="X1", reason="CARPL"),
            row("01/08/2019", rne="B", there="YO11 2NN"),
        )
    ],
    "nothing_after_the_end": [
        episodes(row("01/05/2019", "01/08/2019", rec="E2"), row("01/09/2019", rne="S"))
    ],
    "change_needs_a_reason": [episodes(row("01/05/2019", "01/08/2019", rec="X1"), NEXT)],
    "reason_on_an_open_episode": [episodes(row("01/05/2025", reason="CARPL"))],
    "period_starts_for_a_short_time": [episodes(row("01/05/2019", place="T0", provider=""))],
    "period_ends_for_a_short_time": [
        episodes(
            row("01/05/2019", "01/08/2019", rec="X1"),
            row("01/08/2019", "05/08/2019", rne="P", place="T4", provider=""),
        )
    ],
    "back_from_a_short_time": [
        episodes(
            row("01/05/2019", "01/08/2019", rec="X1"),
            row("01/08/2019", "05/08/2019", rne="P", place="T4", provider="", rec="X1"),
            row("05/08/2019", rne="P", place="U6"),
        )
    ],
    "less_than_a_day": [episodes(row("01/05/2019", "01/05/2019"))],
    "ends_after_the_year": [episodes(row("01/05/2019", "01/05/2020"))],
    "before_the_act": [episodes(row("13/10/1991"), row("01/05/2019", rne="S"))],
    "born_after_the_year": [
        header(child(), child("BIRCH", born="01/05/2020")),
        episodes(row("01/05/2019")),
    ],
    "custody_change_age": [
        episodes(row("01/05/2025", "01/06/2025", rec="X1", reason="CUSTOD")),
    ],
    "holiday_length": [
        episodes(
            row("01/05/2019", "01/08/2019", rec="X1"),
            row("01/08/2019", "23/08/2019", rne="P", place="T3", provider="", rec="X1"),
            row("23/08/2019", rne="P"),
        )
    ],
    "short_length": [
        episodes(
            row("01/05/2019", "01/08/2019", rec="X1"),
            row("01/08/2019", "09/08/2019", rne="P", place="T4", provider="", rec="X1"),
            row("09/08/2019", rne="P"),
        )
    ],
    "hospital_length": [
        episodes(
            row("01/05/2019", "01/08/2019", rec="X1"),
            row("01/08/2019", "13/09/2019", rne="P", place="T1", provider="", rec="X1"),
            row("13/09/2019", rne="P"),
        )
    ],
    "police_protection_length": [episodes(row("01/05/2019", "05/05/2019", ls="L1"))],
    "emergency_order_length": [episodes(row("01/05/2019", "23/05/2019", ls="L2"))],
    "own_provision": [episodes(row("01/05/2019", place="R2", provider="PR1"))],
    "public_provision": [episodes(row("01/05/2019", place="K2", provider="PR3"))],
    "private_provision": [episodes(row("01/05/2019", place="P1", provider="PR4", there=HOME))],
    "parents_provision": [episodes(row("01/05/2019", provider="PR0"))],
    "no_provider_needed": [episodes(row("01/05/2019", place="Z1", provider="PR4"))],
    "home_with_parents": [
        episodes(row("01/05/2019", place="P1", provider="PR0", ls="V2", there=HOME))
    ],
    "no_postcode": [episodes(row("01/05/2019", there=""))],
    "not_a_postcode": [episodes(row("01/05/2019", there="NOWHERE"))],
    "placed_at_home": [episodes(row("01/05/2019", there="dl78ad"))],
    "no_registration": [episodes(row("01/05/2019", place="K2").removesuffix(URN))],
    "registration_shape": [episodes(row("01/05/2019", place="K2", urn="?"))],
    "missing_ends_before": [
        episodes(row("01/05/2019")),
        missing("ASH,14/05/2005,M,03/06/2019,02/06/2019"),
    ],
    "missing_overlaps": [
        episodes(row("01/05/2019")),
        missing("ASH,14/05/2005,M,02/06/2019,05/06/2019", "ASH,14/05/2005,M,04/06/2019,06/06/2019"),
    ],
    "missing_outside_care": [
        episodes(row("01/05/2019", "01/06/2019")),
        missing("ASH,14/05/2005,M,02/06/2019,03/06/2019"),
    ],
    "missing_never_ended": [
        episodes(row("01/05/2019", "01/06/2019")),
        missing("ASH,14/05/2005,M,30/05/2019,"),
    ],
    "deprived_in_the_wrong_place": [
        episodes(row("01/05/2026", place="K3", provider="PR4")),
        dolo("ASH,14/05/2009,01/06/2026,01/07/2026"),
    ],
}
BORN = {
    "custody_change_age": "01/05/2020",
    "reason_on_an_open_episode": "14/05/2012",
    "deprived_in_the_wrong_place": "14/05/2009",
    "before_the_act": "14/05/1990",
}
# Examples that cannot be made without breaking another rule too.
TOO = {
    "before_the_act": ["open_but_not_last", "start_without_leaving", "starts_as_an_adult"],
    "custody_change_age": ["continues_to_nothing"],
    "gap_in_care": ["continues_to_nothing"],
    "new_episode_code": ["first_is_a_start"],
}


AGED = {
    "starts_as_an_adult": ("14/05/2001", row("14/05/2019")),
    "custody_age": ("02/05/2009", row("01/05/2019", ls="J1")),
    "prison_age": ("02/05/2009", row("01/05/2019", place="R5", provider="PR3")),
    "independent_age": ("02/05/2004", row("01/05/2019", place="P2")),
    "semi_independent_age": ("02/05/2005", row("01/05/2019", place="H5")),
    "supported_age": ("02/05/2009", row("01/05/2025", place="K3")),
    "school_age": ("02/05/2015", row("01/05/2019", place="S1")),
    "employment_age": ("02/05/2005", row("01/05/2019", place="P3")),
    "independent_leaver_age": ("02/06/2005", row("01/05/2019", "01/06/2019", rec="E5")),
    "adult_care_age": ("02/06/2003", row("01/05/2019", "01/06/2019", rec="E7")),
    "stayed_put_age": ("02/06/2001", row("01/05/2019", "01/06/2019", rec="E17")),
}
