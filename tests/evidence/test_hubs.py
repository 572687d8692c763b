"""The council's own lists of hubs: what they tell, and that without them nothing is guessed."""

from datetime import date

import pytest

from onedoor.evidence import baseline, places, ssda903
from onedoor.evidence.places import postcodes
from onedoor.evidence.refusal import Refused
from onedoor.evidence.ssda903 import homes, hubs, spells
from tests.evidence.invented import EPISODES, child, header

LISTS = """
[[hub]]
name = "Hub East"
urn = "SC100001"
postcode = "YO12 6RN"
from = 2019-04-01
until = 2021-03-31

[[emergency]]
urn = "SC100001"
postcode = "YO12 6RN"
beds = 2
from = 2019-06-01

[[family]]
postcode = "HG1 2PS"
from = 2019-04-01

[[lodgings]]
urn = "2700001"
from = 2019-04-01
"""


def file_of(tmp_path, text, name="hubs.toml"):
    path = tmp_path / name
    path.write_text(text)
    return path


def lived(
    start="01/07/2019", end="", *, place="K2", provider="PR1", urn="", at="", rne="S", who="ASH"
):
    rec = "E4A" if end else ""
    return f"{who},{start},{rne},C2,N1,{place},{provider},{end},{rec},,,{at},{urn}"


def read(*rows):
    names = sorted({row.split(",")[0] for row in rows})
    people = header(*(child(name) for name in names))
    episodes = "\n".join([EPISODES, *rows, ""]).encode()
    return ssda903.read_files([("h.csv", people), ("e.csv", episodes)])


def kinds_of(tmp_path, *rows):
    found = hubs.with_hubs(read(*rows).episodes, hubs.read(file_of(tmp_path, LISTS)))
    return found["kind"].to_list()


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (lived(urn="SC100001"), "hub_home"),
        (lived(urn="sc100001"), "hub_home"),
        (lived(at="yo126rn"), "hub_home"),
        (lived(at="YO12 6RN", urn="SC999999"), "own_home"),
        (lived(urn="SC999999"), "own_home"),
        (lived(), "own_home"),
        (lived(urn="SC100001", provider="PR4"), "external_home"),
        (lived("31/03/2019", urn="SC100001"), "own_home"),
        (lived("01/04/2019", urn="SC100001"), "hub_home"),
        (lived("31/03/2021", urn="SC100001"), "hub_home"),
        (lived("01/04/2021", urn="SC100001"), "own_home"),
        (lived("01/07/2019", "08/07/2019", urn="SC100001"), "hub_emergency"),
        (lived("01/07/2019", "09/07/2019", urn="SC100001"), "hub_home"),
        (lived("01/05/2019", "03/05/2019", urn="SC100001"), "hub_home"),
        (
            lived("01/07/2019", "03/07/2019", place="T4", provider="", at="YO12 6RN"),
            "hub_emergency",
        ),
        (lived("01/07/2019", "03/07/2019", place="T1", provider="", at="YO12 6RN"), "temporary"),
        (lived("01/07/2019", "03/07/2019", urn="SC999999"), "own_home"),
        (lived(place="U4", at="HG1 2PS"), "hub_family"),
        (lived(place="U1", at="HG1 2PS"), "hub_family"),
        (lived(place="U4", at="HG1 2PS", provider="PR4"), "agency_foster"),
        (lived(place="U4", at="HG1 2PT"), "own_foster"),
        (lived(place="K3", provider="PR4", urn="2700001"), "lodgings"),
        (lived(place="K3", provider="PR4", urn="2700002"), "supported"),
    ],
)
def test_a_list_tells_a_hub_on_the_days_it_was_one(row, kind, tmp_path):
    assert kinds_of(tmp_path, row) == [kind]


def test_a_stay_is_as_long_as_all_its_episodes(tmp_path):
    first = lived("01/07/2019", "05/07/2019", urn="SC100001").replace("E4A", "X1")
    then = lived("05/07/2019", "12/07/2019", urn="SC100001", rne="L")
    assert kinds_of(tmp_path, first, then) == ["hub_home", "hub_home"]


def test_without_the_lists_no_hub_is_guessed(tmp_path):
    found = {kind.key for kind in homes.kinds() if kind.of_list}
    assert found == {"hub_emergency", "hub_home", "hub_family", "lodgings"}
    reading = read(lived(urn="SC100001"))
    assert not found & set(places.placed(reading).reading.episodes["kind"])


def test_a_stay_and_the_baseline_carry_the_kind_and_the_codes(tmp_path):
    reading, lists = read(lived(urn="SC100001")), hubs.read(file_of(tmp_path, LISTS))
    [stay] = spells.stays(places.placed(reading, lists=lists).reading.episodes).to_dicts()
    assert (stay["kind"], stay["PLACE"], stay["PLACE_PROVIDER"]) == ("hub_home", "K2", "PR1")
    assert (stay["where"], stay["miles"]) == ("unknown", None)
    rows = baseline.baseline(reading, lists=lists).table("looked_after").rows
    assert rows.filter(young_people=1).select("kind", "certainty").row(0) == ("hub_home", "high")


def test_every_kind_says_how_sure_it_is_and_where_it_is_less_what_would_help():
    for kind in homes.kinds():
        assert kind.certainty in {"high", "medium", "low", "none"}
        assert kind.needs or kind.certainty == "high" or kind.key == "unknown"
        assert bool(kind.of_list) == bool(kind.otherwise)
    assert homes.kinds()[-1].key == "unknown"


def test_the_lists_may_be_a_csv(tmp_path):
    path = file_of(
        tmp_path,
        "List,name,urn,postcode,from,until,beds\n"
        "hub,Hub East,SC100001,,2019-04-01,2021-03-31,\n"
        "\n"
        "emergency,,SC100001,,2019-06-01,,2\n",
        "hubs.csv",
    )
    hub, emergency = hubs.read(path).listed
    assert hub == hubs.Listed(
        "hub", "Hub East", "SC100001", "", date(2019, 4, 1), date(2021, 3, 31), 0
    )
    assert (emergency.of_list, emergency.beds, emergency.until) == ("emergency", 2, None)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "lists no hub"),
        ("[[hub]", "is not TOML"),
        ("[[hubs]]\nurn = 'SC100001'", "'hubs' is none of"),
        ("hub = 3", "'hub' is none of"),
        ("hub = [3]", "entry 1 of hub has no fields"),
        ("[[hub]]\nfrom = 2020-01-01", "hub 1: give its urn or its postcode"),
        ("[[hub]]\nurn = 'SC100001'", "hub 1: give the day it began"),
        ("[[hub]]\nurn = '!'\nfrom = 2020-01-01", "is not a registration number"),
        ("[[hub]]\npostcode = 'YO12'\nfrom = 2020-01-01", "'YO12' is not a whole postcode"),
        ("[[hub]]\nurn = 'SC100001'\nfrom = '1/4/2020'", "from must be a day such as 2020-04-01"),
        (
            "[[hub]]\nurn = 'SC100001'\nfrom = 2020-01-02\nuntil = 2020-01-01",
            "ends .2020-01-01. before it began",
        ),
        ("[[hub]]\nurn = 'SC100001'\nfrom = 2020-01-01\nbeds = 2", "beds belong to the list"),
        ("[[emergency]]\nurn = 'SC100001'\nfrom = 2020-01-01", "say how many emergency beds"),
        ("[[emergency]]\nurn = 'SC100001'\nfrom = 2020-01-01\nbeds = -1", "say how many"),
        ("[[hub]]\nurn = 'SC100001'\nfrom = 2020-01-01\nroom = 1", "room is none of name, urn"),
    ],
)
def test_a_list_that_cannot_be_used_is_refused_with_what_to_mend(text, sentence, tmp_path):
    with pytest.raises(Refused, match=sentence):
        hubs.read(file_of(tmp_path, text))


def test_a_list_that_is_not_there_or_not_text_is_refused(tmp_path):
    with pytest.raises(Refused, match="cannot be read"):
        hubs.read(tmp_path / "nothing.toml")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Refused, match="is not text"):
        hubs.read(tmp_path / "bytes.toml")
    with pytest.raises(Refused, match="line 2: it has more values than there are columns"):
        hubs.read(file_of(tmp_path, "list,urn\nhub,SC100001,2020-01-01\n", "hubs.csv"))
    with pytest.raises(Refused, match="line 2: the column list must say one of hub"):
        hubs.read(file_of(tmp_path, "list,urn\ncastle,SC100001\n", "hubs.csv"))


def test_the_baseline_counts_inside_and_outside_and_shows_unknown_as_unknown(tmp_path):
    if postcodes.version() is None:
        pytest.skip("The list of postcodes (extra: postcodes) is not installed here.")
    reading = read(
        lived(at="YO12 6RN", who="ASH"),
        lived(at="LS1 1UR", who="BIRCH"),
        lived(at="LS1 1UR", who="CEDAR"),
        lived(at="ZZ1 1ZZ", who="ELM"),
    )
    council = baseline.baseline(reading, authority="North Yorkshire", cache=tmp_path)
    assert council.table("in_or_out").rows.rows() == [(date(2020, 3, 31), 1, 2, 1)]
    assert council.authority == council.as_dict()["authority"] == "North Yorkshire"
    assert "<svg" in council.picture("in_or_out")
    [stay] = spells.stays(council.reading.episodes).filter(child="ASH").to_dicts()
    assert stay["where"] == "in"


def test_a_baseline_of_nobodys_council_says_why_nothing_is_known():
    table = baseline.baseline(read(lived(at="YO12 6RN"))).table("in_or_out")
    assert table.rows.rows() == [(date(2020, 3, 31), None, None, 1)]
    assert any("which authority this is" in sentence for sentence in table.does_not_show)
