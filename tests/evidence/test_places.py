"""Where a home is: the dated list of authorities, the list of postcodes, and what is unknown."""

import resource
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from importlib import metadata

import polars as pl
import pytest

from onedoor.evidence import places, ssda903
from onedoor.evidence.places import authorities, postcodes, where
from onedoor.evidence.refusal import Refused
from tests.evidence.invented import child, header

COLUMNS = (
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,"
    "URN,PL_LA,PL_LOCATION,PL_DISTANCE,LA"
)
HARROGATE, SCARBOROUGH, LEEDS, BELFAST, CARDIFF = (
    "HG1 2PS",
    "YO12 6RN",
    "LS1 1UR",
    "BT1 5GS",
    "CF10 1EP",
)


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    if postcodes.version() is None:
        pytest.skip("The list of postcodes (extra: postcodes) is not installed here.")
    return tmp_path_factory.mktemp("cache")


def lived(
    start="01/05/2022", end="", *, who="ASH", home="", at="", la="", location="", miles="", own=""
):
    rec = "E4A" if end else ""
    return f"{who},{start},S,C2,N1,K2,PR4,{end},{rec},,{home},{at},,{la},{location},{miles},{own}"


def read(*rows, year=None):
    names = sorted({row.split(",")[0] for row in rows})
    episodes = "\n".join([COLUMNS, *rows, ""]).encode()
    people = header(*(child(name) for name in names))
    return ssda903.read_files([("h.csv", people), ("e.csv", episodes)], year=year)


def only(rows, authority=None, cache=None):
    found = places.placed(rows, authority, cache=cache)
    [row] = found.reading.episodes.iter_rows(named=True)
    return row


# The dated list


def test_at_every_time_a_name_or_a_number_means_one_council():
    register = authorities.register()
    for day in authorities.eras():
        now = [each for each in register.authorities.values() if each.in_force(day)]
        said = [name for each in now for name in (each.name, *each.also)]
        assert all(
            len(authorities.responsible(authorities.find(name), day)) == 1 for name in said
        ), day
        assert 151 <= len(now) <= 153


def test_every_change_ends_what_was_and_begins_what_is():
    register = authorities.register()
    for change in register.changes:
        assert change.law
        for code in change.before:
            assert register.authorities[code].until == change.on
        for code in change.after:
            assert register.authorities[code].since == change.on
    assert set(register.districts.values()) <= set(register.authorities)


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("North Yorkshire", ("E10000023", "E06000065")),
        ("north yorkshire county council", ("E10000023", "E06000065")),
        ("815", ("E10000023", "E06000065")),
        ("e06000065", ("E06000065",)),
        ("Hull City Council", ("E06000010",)),
        ("Bristol", ("E06000023",)),
        ("London Borough of Camden", ("E09000007",)),
        ("City of London", ("E09000001",)),
        ("St Helens", ("E08000013",)),
        ("Durham", ("E06000047",)),
    ],
)
def test_a_council_is_found_by_what_people_call_it(said, codes):
    assert authorities.find(said) == codes


@pytest.mark.parametrize("said", ["Nth Yorkshire", "", "   ", "Yorkshire", "E07000165", "999"])
def test_what_is_no_council_is_refused_with_a_sentence(said):
    with pytest.raises(Refused, match="Give its name, its code .* or its DfE number"):
        authorities.find(said)


def test_a_name_mistyped_is_told_what_may_have_been_meant():
    with pytest.raises(Refused, match="Did you mean .*North Yorkshire"):
        authorities.find("Nrth Yorkshire")


@pytest.mark.parametrize(
    ("code", "day", "then"),
    [
        ("E06000065", date(2023, 3, 31), {"E10000023"}),
        ("E10000023", date(2023, 4, 1), {"E06000065"}),
        ("E07000165", date(2024, 1, 1), {"E06000065"}),
        ("E06000064", date(2022, 1, 1), {"E10000006"}),
        ("E10000006", date(2024, 1, 1), {"E06000063", "E06000064"}),
        ("E06000058", date(2018, 1, 1), {"E06000028", "E06000029", "E10000009"}),
        ("E06000059", date(2018, 1, 1), {"E10000009"}),
        ("E06000060", date(2020, 3, 31), {"E10000002"}),
        ("E06000061", date(2021, 3, 31), {"E10000021"}),
        ("E08000038", date(2025, 3, 31), {"E08000016"}),
        ("E08000019", date(2025, 4, 1), {"E08000039"}),
        ("E06000048", date(2013, 4, 1), {"E06000057"}),
        ("E06000047", date(2025, 4, 1), {"E06000047"}),
        ("E06000065", date(2009, 3, 31), set()),
        ("E99999999", date(2024, 1, 1), set()),
    ],
)
def test_who_held_an_area_on_a_day(code, day, then):
    assert authorities.on(code, day) == then


def test_a_council_publishes_under_several_codes_but_never_under_another_area():
    assert authorities.same_council("North Yorkshire") == ("E10000023", "E06000065")
    assert authorities.same_council("E08000038") == ("E08000016", "E08000038")
    assert authorities.same_council("Cumbria") == ("E10000006",)
    assert authorities.same_council("Dorset") == ("E06000059",)


# In, out and unknown


@pytest.mark.parametrize("start", ["01/05/2022", "01/05/2023", "31/03/2023", "01/04/2023"])
@pytest.mark.parametrize("said", ["North Yorkshire", "E10000023", "E06000065", "815"])
def test_harrogate_is_in_north_yorkshire_before_and_after_it_got_a_new_code(start, said, cache):
    row = only(read(lived(start, at=HARROGATE)), said, cache)
    assert (row["where"], row["where_from"]) == ("in", "PL_POST")


@pytest.mark.parametrize(
    ("authority", "start", "answer"),
    [
        ("Cumbria", "01/05/2022", "in"),
        ("Cumberland", "01/05/2022", "in"),
        ("Westmorland and Furness", "01/05/2024", "in"),
        ("Cumberland", "01/05/2024", "out"),
        ("Cumbria", "01/05/2024", "unknown"),
        ("Lancashire", "01/05/2022", "out"),
    ],
)
def test_barrow_is_in_or_out_as_the_authorities_were_on_the_day(authority, start, answer, cache):
    assert only(read(lived(start, at="LA14 2LD")), authority, cache)["where"] == answer


def test_the_31_march_of_a_return_is_asked_and_not_the_day_a_stay_began(cache):
    reading = read(lived("01/05/2022", at="LA14 2LD"), year=2024)
    found = places.placed(reading, "Cumberland", cache=cache).reading
    assert found.episodes["where"].to_list() == ["in"]
    assert found.returns[0].episodes["where"].to_list() == ["out"]


@pytest.mark.parametrize("postcode", ["", "ZZ1 1ZZ", "YO12", "AB11 3AG", "unknown"])
def test_a_postcode_that_says_nothing_leaves_unknown_and_never_out(postcode, cache):
    row = only(read(lived(at=postcode, home=HARROGATE)), "North Yorkshire", cache)
    assert (row["where"], row["where_from"], row["miles"]) == ("unknown", "", None)


def test_a_postcode_may_be_written_anyhow(cache):
    for written in ("hg12ps", " HG1  2PS ", "HG12PS"):
        assert only(read(lived(at=written)), "North Yorkshire", cache)["where"] == "in"


@pytest.mark.parametrize("postcode", [CARDIFF, BELFAST, "EH1 1YZ", "JE2 3AB"])
def test_a_home_outside_england_is_out(postcode, cache):
    assert only(read(lived(at=postcode)), "North Yorkshire", cache)["where"] == "out"


@pytest.mark.parametrize(
    ("la", "location", "answer", "said_by"),
    [
        ("E06000065", "", "in", "PL_LA"),
        ("e10000023", "OUT", "in", "PL_LA"),
        ("E08000035", "IN", "out", "PL_LA"),
        ("SCO", "", "out", "PL_LA"),
        ("WAL", "", "out", "PL_LA"),
        ("NIR", "", "out", "PL_LA"),
        ("NUK", "", "out", "PL_LA"),
        ("W06000015", "", "out", "PL_LA"),
        ("N/A", "", "unknown", ""),
        ("Leeds", "", "unknown", ""),
        ("Middlesbrough", "IN", "in", "PL_LOCATION"),
        ("CON", "", "unknown", ""),
        ("CON", "OUT", "out", "PL_LOCATION"),
        ("", "in", "in", "PL_LOCATION"),
        ("", "MAYBE", "unknown", ""),
        ("E99999999", "", "unknown", ""),
    ],
)
def test_what_the_file_says_counts_where_the_postcode_cannot_say(
    la, location, answer, said_by, cache
):
    row = only(read(lived(at="ZZ1 1ZZ", la=la, location=location)), "North Yorkshire", cache)
    assert (row["where"], row["where_from"]) == (answer, said_by)


def test_the_postcode_is_believed_before_what_somebody_worked_out_from_an_old_list(cache):
    row = only(read(lived(at=SCARBOROUGH, la="", location="OUT")), "North Yorkshire", cache)
    assert (row["where"], row["where_from"]) == ("in", "PL_POST")


def test_the_column_la_says_whose_return_it_is(cache):
    found = places.placed(read(lived(at=HARROGATE, own="North Yorkshire")), cache=cache)
    assert (found.authority, found.limits) == ("North Yorkshire", ())
    assert found.reading.episodes["where"].to_list() == ["in"]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([lived()], "needs to know which authority this is"),
        ([lived(own="Narnia")], "its column LA says Narnia, which is no English authority"),
        (
            [lived(own="Leeds"), lived(own="York", who="BIRCH")],
            r"names several authorities \(Leeds, York\)",
        ),
    ],
)
def test_where_nobody_knows_whose_return_it_is_a_sentence_says_so(rows, sentence, cache):
    found = places.placed(read(*rows), cache=cache)
    assert set(found.reading.episodes["where"]) == {"unknown"}
    assert found.authority == ""
    with pytest.raises(Refused, match=sentence):
        raise Refused(" ".join(found.limits))


def test_a_return_without_whose_it_is_still_believes_its_own_pl_location(cache):
    assert only(read(lived(at=HARROGATE, location="OUT")), cache=cache)["where"] == "out"


@pytest.mark.parametrize("own", ["", "Narnia"])
@pytest.mark.parametrize("location", ["IN", "OUT", ""])
def test_without_miles_the_same_is_told_and_no_postcode_is_asked_in_vain(
    own, location, cache, in_the_way
):
    reading = read(lived(home=SCARBOROUGH, at=HARROGATE, location=location, own=own))
    whole = places.placed(reading, cache=cache)
    told = places.told_apart(reading, cache=in_the_way)
    assert told.limits == whole.limits
    assert told.said_by == whole.said_by == (("PL_LOCATION",) if location else ())
    columns = ("where", "where_from")
    assert told.reading.episodes.select(columns).equals(whole.reading.episodes.select(columns))
    assert told.reading.episodes["miles"].to_list() == [None]


@pytest.mark.parametrize("authority", ["North Yorkshire", None])
def test_where_somebody_is_responsible_postcodes_are_asked(authority, cache):
    own = "" if authority else "North Yorkshire"
    reading = read(lived(at=HARROGATE, own=own), lived(at=LEEDS, own=own, who="BIRCH"))
    told = places.told_apart(reading, authority, cache=cache)
    assert (told.authority, told.said_by) == ("North Yorkshire", ("PL_POST",))
    assert told.reading.episodes["where"].to_list() == ["in", "out"]


def test_an_authority_that_is_none_is_refused(cache):
    with pytest.raises(Refused, match="No English authority is called 'Narnia'"):
        places.placed(read(lived(at=HARROGATE)), "Narnia", cache=cache)


# Miles


def test_miles_are_a_straight_line_over_the_grid_as_the_dfe_counts_them(cache):
    row = only(read(lived(home=HARROGATE, at=SCARBOROUGH)), "North Yorkshire", cache)
    here, there = (
        postcodes.look_up(pl.Series([each.replace(" ", "")]), cache).row(0, named=True)
        for each in (HARROGATE, SCARBOROUGH)
    )
    metres = ((here["east"] - there["east"]) ** 2 + (here["north"] - there["north"]) ** 2) ** 0.5
    assert row["miles"] == round(metres / 1000 / 1.6093, 1)
    assert 40 < row["miles"] < 60


@pytest.mark.parametrize(
    ("home", "at", "given", "miles"),
    [
        (HARROGATE, HARROGATE, "12.5", 0.0),
        (HARROGATE, "", "12.5", 12.5),
        (HARROGATE, "ZZ1 1ZZ", "999.9", None),
        (CARDIFF, HARROGATE, "", None),
        (HARROGATE, BELFAST, "", None),
        (HARROGATE, "JE2 3AB", "", None),
        ("", HARROGATE, "far", None),
        ("", HARROGATE, "-1", None),
    ],
)
def test_miles_are_blank_where_nobody_knows_them(home, at, given, miles, cache):
    row = only(read(lived(home=home, at=at, miles=given)), "North Yorkshire", cache)
    assert row["miles"] == miles


# The list of postcodes and its cache


def test_without_the_list_everything_is_unknown_and_a_sentence_says_why(monkeypatch):
    installed = metadata.version

    def version(package):
        if package == postcodes.PACKAGE:
            raise metadata.PackageNotFoundError(package)
        return installed(package)

    monkeypatch.setattr(metadata, "version", version)
    found = places.placed(read(lived(at=HARROGATE)), "North Yorkshire")
    assert found.reading.episodes["where"].to_list() == ["unknown"]
    [limit] = found.limits
    assert limit == postcodes.NOT_HERE


def test_the_list_is_written_once_and_a_damaged_one_is_written_again(cache):
    asked = pl.Series(["HG12PS"])
    first = postcodes.look_up(asked, cache)
    [kept] = cache.iterdir()
    written = kept.stat().st_mtime_ns
    assert postcodes.look_up(asked, cache).equals(first)
    assert kept.stat().st_mtime_ns == written
    kept.write_bytes(b"PAR1 half a file")
    assert postcodes.look_up(asked, cache).equals(first)
    assert postcodes.look_up(asked, cache).equals(first)
    assert [each.name for each in cache.iterdir()] == [kept.name]


@pytest.fixture
def in_the_way(tmp_path):
    path = tmp_path / "file"
    path.write_text("not a folder")
    return path


def test_where_nothing_can_be_kept_the_answer_is_the_same(cache, in_the_way, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(in_the_way))
    asked = pl.Series(["HG12PS"])
    assert postcodes.look_up(asked).equals(postcodes.look_up(asked, cache))


def test_a_named_folder_that_cannot_keep_it_is_a_sentence_and_never_made_in_this_process(
    cache, in_the_way
):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    found = places.placed(read(lived(at=HARROGATE)), "North Yorkshire", cache=in_the_way)
    [limit] = found.limits
    assert "could not be made ready in" in limit
    assert str(in_the_way) in limit
    assert found.reading.episodes["where"].to_list() == ["unknown"]
    # To make it takes more than a second; to hear that it could not be kept, next to nothing.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_utime - before < 0.5


def test_two_that_build_at_once_leave_one_whole_list(cache, tmp_path):
    asked = pl.Series(["HG12PS"])
    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(lambda _: postcodes.look_up(asked, tmp_path), range(2)))
    assert answers[0].equals(answers[1])
    assert [each.suffix for each in tmp_path.iterdir()] == [".parquet"]


def test_the_era_of_a_day_is_counted_from_where_the_list_begins():
    days = pl.DataFrame({"day": [date(2009, 3, 31), date(2009, 4, 1), date(2023, 4, 1), None]})
    eras = days.select(where.era(pl.col("day")))["day"].to_list()
    assert eras[:3] == [-1, 0, authorities.eras().index(date(2023, 4, 1))]
