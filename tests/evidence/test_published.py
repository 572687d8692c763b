"""Published figures: every file is read whole, and what was left out is a mark and never nought."""

import csv
import gzip
import io
from collections import Counter
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from onedoor.evidence import published
from onedoor.evidence.published import layouts, tidy
from onedoor.evidence.refusal import Refused

SHARED = Path(__file__).parents[3] / "shared/data/dfe_published"
COLUMNS = (
    "time_period,geographic_level,new_la_code,la_name,geo_breakdown,cla_group,characteristic,"
    "number,percentage"
)


@pytest.fixture(scope="module")
def figures():
    if not SHARED.exists():
        pytest.skip("The published files are not in ../shared/data here.")
    return published.read(SHARED, retrieved=date(2026, 11, 27))


def read(*rows, columns=COLUMNS, name="a.csv"):
    text = "\n".join([columns, *rows, ""])
    return published.read_files([(name, text.encode())])


def row(number="12", percentage="3", *, year="2025", code="E06000065", name="North Yorkshire"):
    return f"{year},Local authority,{code},{name},{name},Placement,Total,{number},{percentage}"


# The files that are published


def test_every_file_is_read_and_every_row_of_it_kept(figures):
    assert len(figures.sources) == len(list(SHARED.iterdir())) == 11
    assert {each.measure for each in figures.sources} == {
        *(each.measure for each in layouts.layouts().files),
        "neighbours",
    }
    kept = dict(figures.rows.group_by("file").len().iter_rows())
    columns = {each.measure: len(each.values) for each in layouts.layouts().files}
    for source in figures.sources:
        if source.measure != "neighbours":
            assert kept[source.file] == source.rows * columns[source.measure]
    assert dict(figures.rows.schema) == dict(tidy.SCHEMA)


def test_where_figures_come_from_and_when_is_kept(figures):
    for each in figures.sources:
        assert each.retrieved == date(2026, 11, 27)
        assert each.licence == "Open Government Licence v3.0"
        assert len(each.digest) == 64
        assert each.source


def test_a_figure_is_a_number_or_a_mark_and_never_both(figures):
    known = {*layouts.layouts().marks, ""}
    assert set(figures.rows["mark"].unique()) <= known
    both = figures.rows.filter(pl.col("value").is_null() == (pl.col("mark") == ""))
    assert both.is_empty()


@pytest.mark.parametrize(
    ("file", "columns"),
    [
        ("looked_after_31_march_by_characteristic_2021_2025.csv.gz", ("number", "percentage")),
        ("placement_stability_2025.csv.gz", ("Number", "Percentage")),
        ("national_reason_for_placement_change_during_year.csv.gz", ("number", "percent")),
        (
            "looked_after_starts_ceases_stock_2021_2025.csv.gz",
            ("rates_number", "rate_per_10000", "population_estimate"),
        ),
    ],
)
def test_marks_and_sums_are_those_of_a_plain_reading(figures, file, columns):
    marks, total = Counter(), 0.0
    with gzip.open(SHARED / file, "rt", encoding="utf-8-sig", newline="") as lines:
        for each in csv.DictReader(lines):
            for column in columns:
                cell = each[column].strip()
                if cell.replace(".", "", 1).isdigit():
                    total += float(cell)
                else:
                    marks[cell or "blank"] += 1
    ours = figures.rows.filter(file=file)
    assert dict(ours.filter(pl.col("mark") != "")["mark"].value_counts().iter_rows()) == marks
    assert ours["value"].sum() == pytest.approx(total)


def test_the_real_levels_are_those_of_the_department(figures):
    found = figures.series("North Yorkshire", "looked_after", "Placement: Total", "young people")
    assert found["time_period"].to_list() == ["2021", "2022", "2023", "2024", "2025"]
    assert found["value"].to_list()[::2] == [422, 463, 561]
    outside = "Locality of placement: Placed outside the local authority boundary"
    found = figures.series("Leicester", "looked_after", outside, "young people")
    assert found["value"].to_list()[-1] == 362


@pytest.mark.parametrize("said", ["Barnsley", "E08000038", "E08000016", "370"])
def test_a_council_with_a_new_code_has_one_series(figures, said):
    found = figures.series(said, "looked_after", "Placement: Total", "young people")
    assert found["time_period"].to_list() == ["2021", "2022", "2023", "2024", "2025"]
    assert found["value"].null_count() == 0


def test_of_two_publications_the_one_that_goes_on_longest_is_believed(figures):
    measured = "CLA on 31 March: With 3 or more placements during the year"
    found = figures.series("York", "stability", measured, "%")
    assert found["time_period"].to_list() == ["2020", "2021", "2022", "2023", "2024", "2025"]
    assert set(found["file"][1:]) == {"placement_stability_2025.csv.gz"}


def test_a_council_that_did_not_yet_exist_has_marks_and_no_noughts(figures):
    found = figures.series("Cumberland", "starts_ends_and_stock", unit="young people")
    early = found.filter(pl.col("time_period") < "2023")
    assert set(early["mark"]) == {"z"}
    assert early["value"].null_count() == early.height


def test_minus_three_hundred_for_a_share_is_the_mark_that_it_stands_for(figures):
    found = figures.series("Slough", "spending")
    assert found.select("value", "mark").rows() == [(None, "x")] * 3
    assert figures.rows["value"].min() >= 0


def test_a_unit_is_that_of_what_is_counted(figures):
    missing = figures.rows.filter(measure="missing")
    units = dict(missing.select("breakdown", "unit").unique().iter_rows())
    assert units["Children missing at 31 March"] == "young people"
    assert units["Number of missing incidents during the year"] == "incidents"
    percentage = "Percentage of children who had a missing incident during the year"
    assert units[percentage] == "%"
    durations = figures.rows.filter(measure="durations")
    of_days = durations.filter(unit="days")["breakdown"].unique().to_list()
    assert all(each.endswith("duration (days)") for each in of_days)
    assert len(of_days) == 18


def test_one_thing_everywhere_is_the_series_of_each_council(figures):
    asked = ("looked_after", "Placement: Total", "young people")
    found = figures.everywhere(*asked)
    assert found.columns == list(tidy.SCHEMA)
    assert found["code"].n_unique() == 154
    assert not found.select("code", "time_period").is_duplicated().any()
    assert found.filter(level="national")["value"].to_list()[-1] == 81_770
    for code, name in (("E08000038", "Barnsley"), ("E06000065", "North Yorkshire")):
        ours = found.filter(code=code)
        series = figures.series(name, *asked)
        assert ours["value"].to_list() == series["value"].to_list()
        assert ours["time_period"].to_list() == series["time_period"].to_list()


def test_each_council_has_ten_neighbours_with_codes(figures):
    found = figures.neighbours_of("North Yorkshire")
    assert found["rank"].to_list() == list(range(1, 11))
    assert found["neighbour_name"][0] == "Shropshire"
    assert found["closeness"][0] == "Extremely close"
    assert figures.neighbours["code"].n_unique() == 153
    assert figures.neighbours_of("Sheffield").height == 10


# Marks


@pytest.mark.parametrize("mark", ["c", "z", "k", "x", "u", "low"])
def test_a_mark_is_kept_beside_a_blank_value(mark):
    [number, percentage] = read(row(mark, mark.upper())).rows.to_dicts()
    assert (number["value"], number["mark"]) == (None, mark)
    assert (percentage["value"], percentage["mark"], percentage["unit"]) == (None, mark, "%")


def test_a_nought_is_a_nought_and_a_blank_is_not():
    [nought, blank] = read(row("0", "")).rows.to_dicts()
    assert (nought["value"], nought["mark"]) == (0, "")
    assert (blank["value"], blank["mark"]) == (None, "blank")
    assert read(row('"1,234"')).rows["value"][0] == 1234


def test_the_row_says_what_when_and_where():
    found = read(
        row(),
        "2025,Regional,,,North East,Age group,Total,5,6",
        "2025,National,,,National,Age group,Total,7,8",
    ).rows
    keys = found.select("level", "code", "name", "breakdown").unique(maintain_order=True).rows()
    assert keys == [
        ("authority", "E06000065", "North Yorkshire", "Placement: Total"),
        ("regional", "", "North East", "Age group: Total"),
        ("national", "E92000001", "England", "Age group: Total"),
    ]


def test_of_an_old_and_a_new_code_the_one_with_a_number_is_believed():
    found = read(
        row("z", code="E10000023"),
        row("9"),
        row("8", year="2022", code="E10000023"),
        row("x", year="2022"),
    )
    series = found.series("North Yorkshire", "looked_after", unit="young people")
    assert series["value"].to_list() == [8, 9]
    everywhere = found.everywhere("looked_after", "Placement: Total", "young people")
    assert everywhere.select("code", "time_period", "value").rows() == [
        ("E06000065", "2022", 8),
        ("E06000065", "2025", 9),
    ]


def test_a_code_that_is_not_on_the_list_stays_itself():
    found = read(row(code="E99000001", name="Ashby"), row("9"))
    everywhere = found.everywhere("looked_after", "Placement: Total", "young people")
    assert everywhere.select("code", "value").rows() == [("E06000065", 9), ("E99000001", 12)]


# What is not such a file


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "a.csv was not read: it is empty"),
        (b"\n\n", "it is empty"),
        (b"a,b\n1,2\n", "its columns are those of no published file that we know"),
        (COLUMNS.encode(), "it has column names but no rows"),
        (b"PK\x03\x04\x00", "it is not text"),
        (gzip.compress(b"a,b\n1,2\n" * 50)[:30], "it is not a whole gzip file"),
        (b"a,A\n1,2\n", "two of its columns have the same name"),
        (b"a,b\n1,2,3\n", "it is not a table in CSV"),
        (
            b"time_period,geographic_level,cla_group,characteristic,number\n2025,National,a,b,1\n",
            "looks like .* but lacks .*percentage",
        ),
        (
            (COLUMNS + ",sex\n" + row() + ",F\n").encode(),
            "looks like .* but has besides sex",
        ),
        ((COLUMNS + "\n" + row("about 12")).encode(), "row 2 says 'about 12' as number"),
        ((COLUMNS + "\n" + row() + "\n" + row("nan")).encode(), "row 3 says 'nan' as number"),
        (
            (COLUMNS + "\n" + row().replace("Local authority", "Ward")).encode(),
            "row 2 is of the level 'Ward'",
        ),
    ],
)
def test_what_is_no_published_file_is_refused_with_a_sentence(data, sentence):
    with pytest.raises(Refused, match=sentence):
        published.read_files([("a.csv", data)])


def test_a_file_in_gzip_is_read_as_it_is_without(tmp_path):
    text = "\n".join([COLUMNS, row(), ""]).encode()
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(text))
    assert published.read(tmp_path).rows.drop("file").equals(read(row()).rows.drop("file"))
    with pytest.raises(Refused, match="is not there"):
        published.read(tmp_path / "nothing")


def test_a_gzip_that_would_fill_the_memory_is_not_unpacked():
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=1) as out:
        for _ in range(130):
            out.write(b"0" * 1024 * 1024)
    with pytest.raises(Refused, match="larger than any file that is published"):
        published.read_files([("a.csv.gz", packed.getvalue())])


def test_neighbours_with_an_unknown_number_are_refused():
    numbers = ",".join(f"SN_{n},SN_{n}P" for n in range(1, 11))
    said = ",".join("815,Close" for _ in range(9))
    columns = f"old_la_code,la_name,{numbers}"
    with pytest.raises(Refused, match="No English authority is called '999'"):
        read(f"816,York,999,Close,{said}", columns=columns)


def test_two_files_of_neighbours_are_refused():
    near = ",".join(f"SN_{n},SN_{n}P" for n in range(1, 11))
    said = ",".join("815,Close" for _ in range(10))
    text = f"old_la_code,la_name,{near}\n816,York,{said}\n".encode()
    with pytest.raises(Refused, match="b.csv was not read: another file says who is like whom"):
        published.read_files([("a.csv", text), ("b.csv", text)])


def test_asking_for_what_is_not_there_is_refused_with_what_is():
    found = read(row())
    with pytest.raises(
        Refused, match="Nothing was published on 'joy' for North Yorkshire .*looked_after"
    ):
        found.series("North Yorkshire", "joy")
    with pytest.raises(Refused, match="Nothing was published on 'looked_after' for York"):
        found.series("York", "looked_after")
    with pytest.raises(Refused, match="give the file of statistical neighbours too"):
        found.neighbours_of("York")
    with pytest.raises(Refused, match="“Sex: Total” .young people. for any council: give the file"):
        found.everywhere("looked_after", "Sex: Total", "young people")
