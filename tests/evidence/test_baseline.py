"""What the baseline counts, told as small invented councils."""

import json
from datetime import date

import pytest

from onedoor.evidence import baseline, ssda903
from tests.evidence.invented import child, episode, episodes, header


def council(*rows, born=None, ages=(12, 17), year=None):
    names = sorted({row.split(",")[0] for row in rows})
    people = header(*(child(name, (born or {}).get(name, "14/05/2005")) for name in names))
    reading = ssda903.read_files([("h.csv", people), ("e.csv", episodes(*rows))], year=year)
    return baseline.baseline(reading, ages)


def only(table, **where):
    [row] = table.rows.filter(**where).iter_rows(named=True)
    return row


def homes_of(table):
    return {row["kind"]: row["young_people"] for row in table.rows.iter_rows(named=True)}


# Looked after at 31 March


@pytest.mark.parametrize(
    ("end", "counted"), [("", 1), ("31/03/2020", 0), ("01/04/2020", 1), ("30/03/2020", 0)]
)
def test_somebody_is_looked_after_on_a_day_before_the_day_of_the_end(end, counted):
    table = council(episode("01/05/2019", end)).table("looked_after")
    assert table.rows["of_all"][0] == counted


def test_the_day_of_the_start_counts():
    table = council(episode("31/03/2020")).table("looked_after")
    assert only(table, kind="own_foster")["young_people"] == 1


@pytest.mark.parametrize("status", ["V3", "V4"])
def test_short_breaks_are_not_counted(status):
    table = council(episode("01/05/2019", ls=status)).table("looked_after")
    assert table.rows["of_all"][0] == 0


@pytest.mark.parametrize(
    ("born", "counted"),
    [
        *(("31/03/2008", 1), ("01/04/2008", 0)),
        *(("01/04/2002", 1), ("31/03/2002", 0)),
        *(("29/02/2008", 1),),
    ],
)
def test_the_age_band_is_in_whole_years_on_the_day(born, counted):
    table = council(episode("01/05/2019"), born={"ASH": born}).table("looked_after")
    assert table.rows["of_all"][0] == counted


def test_somebody_born_on_29_february_is_a_year_older_on_1_march():
    born = {"ASH": "29/02/2008"}
    ended = council(episode("01/05/2019", "01/03/2021", rec="E4A"), born=born, ages=(12, 12))
    assert ended.table("starts_and_ends").rows["ends"].sum() == 0
    years = council(episode("01/03/2020", "01/05/2021"), born=born, ages=(12, 12), year=2021)
    assert only(years.table("moves"))["days"] == (date(2021, 3, 1) - date(2020, 4, 1)).days


def test_the_age_band_is_a_parameter():
    young = episode("01/05/2019")
    assert council(young, ages=(14, 14)).table("looked_after").rows["of_all"][0] == 1
    assert council(young, ages=(15, 17)).table("looked_after").rows["of_all"][0] == 0
    with pytest.raises(ssda903.Refused, match="Ages 17 to 12 are not a band"):
        council(young, ages=(17, 12))


@pytest.mark.parametrize(
    ("place", "provider", "status", "kind"),
    [
        ("K2", "PR1", "C2", "own_home"),
        ("K2", "PR4", "C2", "external_home"),
        ("K2", "PR2", "C2", "external_home"),
        ("R1", "PR5", "C2", "external_home"),
        ("S1", "PR4", "C2", "school"),
        ("U4", "PR1", "C2", "own_foster"),
        ("U6", "PR3", "C2", "own_foster"),
        ("U5", "PR4", "C2", "agency_foster"),
        ("U1", "PR1", "C2", "kinship"),
        ("K3", "PR4", "C2", "supported"),
        ("H5", "PR4", "C2", "supported"),
        ("P2", "PR4", "C2", "independent"),
        ("P1", "PR0", "C2", "parents"),
        ("K1", "PR2", "C2", "secure"),
        ("R5", "PR3", "C2", "secure"),
        ("U4", "PR1", "J1", "secure"),
        ("R2", "PR3", "C2", "health"),
        ("A3", "PR1", "C2", "adoption"),
        ("T4", "", "C2", "temporary"),
        ("Z1", "", "C2", "unknown"),
        ("Z12", "", "C2", "unknown"),
        ("P3", "PR4", "C2", "unknown"),
        ("U4", "PR0", "C2", "unknown"),
        ("P1", "PR1", "C2", "unknown"),
        ("QQ", "PR1", "C2", "unknown"),
        ("K2", "", "C2", "unknown"),
    ],
)
def test_the_kind_of_home_is_what_the_codes_say_with_certainty(place, provider, status, kind):
    table = council(episode("01/05/2019", place=place, provider=provider, ls=status))
    assert homes_of(table.table("looked_after"))[kind] == 1


def test_inside_or_outside_is_unknown_and_never_guessed():
    row = only(council(episode("01/05/2019")).table("in_or_out"))
    assert (row["inside"], row["outside"], row["unknown"]) == (None, None, 1)


# Starting and leaving care


def test_a_period_of_care_is_one_however_many_homes_it_has():
    row = only(
        council(
            episode("01/05/2019", "01/07/2019", rec="X1"),
            episode("01/07/2019", "01/09/2019", rne="P", place="K2", rec="E4A"),
        ).table("starts_and_ends")
    )
    assert (row["starts"], row["starts_recorded"], row["ends"]) == (1, 1, 1)
    assert row["ends_without_reason"] == 0


def test_a_gap_of_a_day_makes_two_periods():
    row = only(
        council(
            episode("01/05/2019", "01/07/2019"), episode("02/07/2019", "01/09/2019", rne="P")
        ).table("starts_and_ends")
    )
    assert (row["starts"], row["starts_recorded"], row["ends"]) == (2, 1, 2)


def test_leaving_on_the_eighteenth_birthday_counts_as_leaving_at_17():
    born = {"ASH": "14/05/2001"}
    row = only(
        council(episode("01/05/2018", "14/05/2019"), born=born, year=2020).table("starts_and_ends")
    )
    assert row["ends"] == 1


def test_an_end_after_the_last_31_march_is_not_yet_counted():
    row = only(council(episode("01/05/2019", "01/04/2020")).table("starts_and_ends"))
    assert row["ends"] == 0


def test_a_vanished_young_person_is_an_end_without_a_reason():
    files = [
        ("h.csv", header(child(), child("BIRCH"))),
        ("1.csv", episodes(episode("01/05/2018"), episode("01/05/2018", who="BIRCH"))),
        ("2.csv", episodes(episode("01/05/2018"), episode("01/05/2019", rne="P"))),
    ]
    found = baseline.baseline(ssda903.read_files(files))
    first = only(found.table("starts_and_ends"), year=2019)
    assert (first["ends"], first["ends_without_reason"]) == (1, 1)
    why = only(found.table("why_stays_end"), year=2019)
    assert (why["how"], why["group"], why["words"]) == (
        *("left", "unknown"),
        "Not in the next return supplied",
    )
    stock = found.table("in_or_out").rows
    assert stock["unknown"].to_list() == [2, 1]


# Stays and moves


@pytest.mark.parametrize("reason", ["L", "T", "U"])
def test_a_new_legal_status_or_the_same_carer_is_the_same_stay(reason):
    found = council(
        episode("01/05/2019", "01/07/2019", rec="X1"), episode("01/07/2019", rne=reason, ls="E1")
    )
    assert only(found.table("moves"))["moves"] == 0
    assert only(found.table("length_of_stay"))["still_going"] == 1


@pytest.mark.parametrize("reason", ["P", "B", "S"])
def test_a_new_carer_without_a_gap_is_a_move(reason):
    found = council(
        episode("01/05/2019", "01/07/2019", rec="X1"),
        episode("01/07/2019", rne=reason, place="K2"),
    )
    row = only(found.table("moves"))
    days = (date(2020, 4, 1) - date(2019, 5, 1)).days
    assert (row["moves"], row["days"], row["young_people"]) == (1, days, 1)
    assert row["moves_a_year"] == pytest.approx(365.25 / days)


def test_hospital_and_back_is_no_move():
    found = council(
        episode("01/05/2019", "01/07/2019", rec="X1"),
        episode("01/07/2019", "03/07/2019", rne="P", place="T1", provider="", rec="X1"),
        episode("03/07/2019", rne="P"),
    )
    assert only(found.table("moves"))["moves"] == 0


def test_days_in_care_are_those_of_the_age_band():
    found = council(episode("01/05/2019"), born={"ASH": "01/01/2008"})
    assert only(found.table("moves"))["days"] == (date(2020, 4, 1) - date(2020, 1, 1)).days


def test_ended_stays_have_quartiles_and_those_going_on_are_counted():
    ends = ["11/05/2019", "21/05/2019", "31/05/2019"]
    rows = [episode("01/05/2019", end, who=f"ASH{n}") for n, end in enumerate(ends)]
    row = only(council(*rows, episode("01/03/2020", who="ELM")).table("length_of_stay"))
    assert (row["ended"], row["still_going"], row["began"]) == (3, 1, 4)
    assert (row["lower_quartile"], row["median"], row["upper_quartile"]) == (15, 20, 25)
    assert row["median_with_going"] == 20


def test_there_is_no_median_with_going_while_fewer_than_half_have_ended():
    rows = [episode("01/05/2019", "11/05/2019"), episode("01/05/2019", who="ELM")]
    rows += [episode("01/05/2019", who="FIR")]
    row = only(council(*rows).table("length_of_stay"))
    assert (row["median"], row["median_with_going"]) == (10, None)


@pytest.mark.parametrize(
    ("reason", "group"),
    [
        *(("CARPL", "planned"), ("PLACE", "planned"), ("CUSTOD", "custody"), ("OTHER", "other")),
        *((each, "unplanned") for each in ("CREQB", "CREQO", "CHILD", "LAREQ")),
        *((each, "unplanned") for each in ("ALLEG", "STAND", "APPRR", "CLOSE")),
        *(("", "unknown"), ("QQ", "unknown")),
    ],
)
def test_moves_are_grouped_as_planned_unplanned_or_custody(reason, group):
    found = council(
        episode("01/05/2019", "01/07/2019", rec="X1", reason=reason),
        episode("01/07/2019", rne="P", place="K2"),
    )
    row = only(found.table("why_stays_end"))
    assert (row["how"], row["code"], row["group"], row["stays"]) == ("moved", reason, group, 1)


@pytest.mark.parametrize(
    ("rec", "group"),
    [
        ("E4A", "planned"),
        ("E4B", "unplanned"),
        ("E9", "custody"),
        ("E8", "other"),
        ("X1", "unknown"),
    ],
)
def test_leaving_care_is_grouped_too(rec, group):
    row = only(council(episode("01/05/2019", "01/07/2019", rec=rec)).table("why_stays_end"))
    assert (row["how"], row["code"], row["group"]) == ("left", rec, group)


# What every table says of itself


def test_every_table_says_what_it_counts_and_what_it_does_not_show():
    for table in council(episode("01/05/2019")).tables:
        assert table.denominator.endswith(".")
        assert table.period.endswith(".")
        assert table.does_not_show
        assert [column.key for column in table.columns] == table.rows.columns
        with pytest.raises(AttributeError):
            table.title = "another"


def test_the_baseline_is_plain_values_for_json():
    said = json.loads(json.dumps(council(episode("01/05/2019")).as_dict()))
    assert list(said["tables"]) == [
        *(
            "looked_after",
            "starts_and_ends",
            "length_of_stay",
            "why_stays_end",
            "moves",
            "in_or_out",
        ),
    ]
    assert said["tables"]["looked_after"]["rows"][0]["on"] == "2020-03-31"
    assert [(file["name"], file["outcome"], file["rows"]) for file in said["files"]] == [
        ("h.csv", "read", 1),
        ("e.csv", "read", 1),
    ]
    assert said["accounts"][1]["rows_in"] == 1
