"""Whose returns they are, and which homes are hubs: asked when files are brought, and kept."""

from functools import cache

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from onedoor.evidence import money, ssda903, synth
from onedoor.evidence.places import postcodes
from onedoor.evidence.ssda903 import hubs
from onedoor.programme import actions, packing, reading, rules
from onedoor.programme.forms import KeepForm
from onedoor.programme.models import Baseline, Costing, Draft, Returns
from onedoor.team.rules import NotNow
from tests.factories import NOW, an_account
from tests.programme import answers, costings

pytestmark = pytest.mark.django_db
HERE = "North Yorkshire"


@pytest.fixture
def officer(client):
    account = an_account("finance-officer")
    client.force_login(account)
    return account


@cache
def placed_files():
    """The small invented council, its homes at real postcodes."""
    if postcodes.version() is None:
        pytest.skip("The list of postcodes (extra: postcodes) is not installed here.")
    council = synth.council(3, children=60, years=3, first_year=2023)
    return list(synth.returns(council, tables=("header", "episodes"), authority=HERE))


def a_list(kind="hub", postcode="YO12 6RN"):
    text = f"list,name,postcode,from\n{kind},East,{postcode},2019-04-01\n"
    return "hubs.csv", text.encode()


def lives_in(kind) -> str:
    """The postcode of the newest home of a kind, in the invented returns."""
    rows = ssda903.read_files(placed_files()).episodes
    return rows.filter(kind=kind).sort("decom")["PL_POST"][-1]


def keep(by, name="Three years", **more) -> Returns:
    return actions.keep_returns(by=by, at=NOW, name=name, files=placed_files(), **more)


def on_the_page(client, to, files=None, **more):
    uploads = [SimpleUploadedFile(name, data) for name, data in files or costings.files()]
    said = {"name": "Three years", "youngest": 12, "oldest": 17, "files": uploads, **more}
    return client.post(reverse(f"programme:{to}"), said, follow=True)


def counted_outside(baseline) -> int:
    rows = baseline.counted["tables"]["in_or_out"]["rows"]
    return sum(row["outside"] or 0 for row in rows)


def test_with_the_council_named_nights_outside_are_told_from_those_inside(officer):
    nobody, named = keep(officer), keep(officer, "Ours", authority=HERE)
    assert counted_outside(nobody.baseline) == 0
    assert counted_outside(named.baseline) > 0
    assert "external_home" in nobody.homes
    assert {"external_in", "external_out"} < set(named.homes)
    assert "external_home" not in named.homes


def test_the_same_files_of_another_council_are_kept_beside_the_first(client, officer):
    first = keep(officer, "Nobody said")
    page = on_the_page(client, "keep_returns", placed_files(), authority=HERE).content.decode()
    assert f"Homes are told as inside or outside {HERE}." in page
    assert "The same files are kept as “Nobody said” too" in page
    second = Returns.objects.exclude(pk=first.pk).get()
    assert first.digest == first.of_files == second.of_files != second.digest
    with pytest.raises(NotNow, match="kept already, as “Three years”"):
        keep(officer, authority=HERE)


def test_a_return_that_says_whose_it_is_needs_nobody_to_say_it(officer):
    files = [(name, with_la(data) if "episodes" in name else data) for name, data in placed_files()]
    kept = actions.keep_returns(by=officer, at=NOW, name="Told", files=files)
    assert kept.authority == HERE
    assert "external_out" in kept.homes
    with pytest.raises(NotNow, match="kept already"):
        actions.keep_returns(by=officer, at=NOW, name="Told", files=files, authority=HERE)


def test_what_the_column_la_says_is_costed_alike_by_the_command_and_on_the_page(client, officer):
    files = [(name, with_la(data) if "episodes" in name else data) for name, data in placed_files()]
    kept = actions.keep_returns(by=officer, at=NOW, name="Told", files=files)
    made = costed(officer, kept)
    assert made.result == by_the_command(files)
    assert made.result["parameters"]["authority"] == HERE
    page = client.get(reverse("programme:costing", args=[made.pk])).content.decode()
    assert f"Homes are told as inside or outside {HERE}." in page


def test_with_pl_location_alone_the_draft_the_page_and_the_command_agree(client, officer):
    kept = costings.kept(officer, given=costings.placed_files())
    assert (kept.authority, "external_home" in kept.homes) == ("", False)
    assert {"external_in", "external_out"} < set(kept.homes)
    assert "external" in costings.asked_homes(kept)
    said = answers.made(kept, costings.a_card(officer))
    draft = actions.start_draft(by=officer, at=NOW, name="One hub")
    for part in said:
        assert answer(client, draft, part, said) == ""
    check = client.get(reverse("programme:check", args=[draft.pk])).content.decode()
    alone = "outside only where the returns themselves say so (column PL_LOCATION)"
    assert f"a costing tells homes as inside or {alone}" in check
    made = cost(client, draft)
    assert made.state == rules.DONE, made.sentence
    page = client.get(reverse("programme:costing", args=[made.pk])).content.decode()
    assert f"so homes are told as inside or {alone}." in page
    assert "not told from those outside" not in page
    assert made.result["parameters"]["inside_or_outside_by"] == ["PL_LOCATION"]
    [outside] = [
        row["nights"]
        for row in made.priced.counted["tables"]["costs_now"]["rows"]
        if row["what"] == "External children's home, outside"
    ]
    assert outside > 0
    by_hand = costed(officer, kept, rates=made.rates)
    assert by_hand.result == by_the_command(costings.placed_files())


def test_where_nothing_says_where_a_home_is_every_page_says_that(client, officer):
    kept = costings.kept(officer)
    assert "external_home" in kept.homes
    assert not {"external_in", "external_out"} & set(kept.homes)
    assert "a costing does not tell homes inside" in kept.whose()
    made = costed(officer, kept, plan=costings.PLAN)
    page = client.get(reverse("programme:costing", args=[made.pk])).content.decode()
    assert "so homes inside the authority are not told from those outside." in page
    assert "that needs to know which authority this is" in page


def costed(by, returns, **more) -> Costing:
    given = {"plan": costings.PLACED_PLAN, "authority": returns.authority, **more}
    asked = costings.asked(by, returns=returns, **given)
    costings.work()
    made = Costing.objects.get(pk=asked.pk)
    assert made.state == rules.DONE, made.sentence
    return made


def by_the_command(files):
    """What `onedoor cost` says of these files where no council is named."""
    plan = reading.a_plan(costings.PLACED_PLAN, costings.PRICES)
    return money.of_returns(ssda903.read_files(files), plan, replications=200).as_dict()


def with_la(data: bytes) -> bytes:
    head, *rows = data.decode().splitlines()
    return "\n".join([f"{head},LA", *(f"{row},{HERE}" for row in rows)]).encode()


def test_what_is_costed_is_what_the_command_costs_with_that_council_and_list(officer):
    given = a_list("family", lives_in("own_foster"))
    kept = keep(officer, authority=HERE, hubs_file=given)
    assert "hub_family" in kept.homes
    plan = costings.PLACED_PLAN.replace("[nights]\n", '[nights]\nhub_family = ["own_foster"]\n')
    asked = costings.asked(officer, returns=kept, plan=plan, authority=kept.authority)
    costings.work()
    made = Costing.objects.get(pk=asked.pk)
    assert made.state == rules.DONE, made.sentence
    same = money.of_returns(
        ssda903.read_files(packing.unpacked(kept.packed)),
        reading.a_plan(plan, costings.PRICES),
        replications=200,
        authority=HERE,
        lists=hubs.of_bytes(*given),
    )
    assert made.result == same.as_dict()


def test_where_there_is_a_hub_already_the_draft_asks_how_many_and_adds_no_beds(client, officer):
    kept = keep(officer, authority=HERE, hubs_file=a_list("hub", lives_in("own_home")))
    assert "hub_home" in kept.homes
    draft = actions.start_draft(by=officer, at=NOW, name="A second hub")
    said = answers.made(kept, costings.a_card(officer))
    said["hub"] |= {"hubs_now": "1", "later_hub_home": "", "later_hub_emergency": ""}
    said["hub"] |= answers.day("later_on", "", "", "")
    for part in ("returns", "prices"):
        answer(client, draft, part, said)
    refused = answer(client, draft, "hub", said, hubs_now="", hub_home="2")
    assert "Young people live in such beds already" in refused
    assert "How many hubs there are now" in refused
    none = {"hub_home": "0", "hub_emergency": "0"}
    steps = [part for part in said if part not in ("living", "emergency")]
    for part in steps:
        answer(client, draft, part, said, **(none if part == "hub" else {}))
    made = cost(client, draft)
    assert made.state == rules.DONE, made.sentence
    assert "hubs_now = 1" in made.plan_text


def test_a_draft_that_changes_its_returns_is_told_what_no_longer_fits(client, officer):
    nobody, named = keep(officer, "Nobody said"), keep(officer, "Ours", authority=HERE)
    draft = actions.start_draft(by=officer, at=NOW, name="One hub")
    said = answers.made(nobody, costings.a_card(officer))
    for part in said:
        answer(client, draft, part, said)
    answer(client, draft, "returns", said, returns=str(named.pk))
    check = client.get(reverse("programme:check", args=[draft.pk])).content.decode()
    assert "In these returns nobody lives in: External children" in check
    assert "Cost it" not in check
    for part in ("living", "emergency"):
        answer(client, draft, part, said, if_full="external_in")
    made = cost(client, draft)
    assert (made.state, made.authority) == (rules.DONE, HERE), made.sentence


def answer(client, draft, part, said, **changed) -> str:
    """The page that comes of answering one step; blank where it was kept."""
    given = {**said["returns"], **said[part], **changed}
    given["version"] = Draft.objects.get(pk=draft.pk).version
    page = client.post(reverse("programme:step", args=[draft.pk, part]), given)
    return "" if page.status_code == 302 else page.content.decode()


def cost(client, draft) -> Costing:
    client.post(reverse("programme:check", args=[draft.pk]), {"replications": "1000"})
    costings.work()
    return Costing.objects.get()


def test_a_list_of_hubs_goes_when_the_files_go(officer):
    kept = keep(officer, hubs_file=a_list())
    assert "East" in kept.hubs
    gone = actions.let_go(by=officer, at=NOW, returns=kept)
    assert (gone.packed, gone.hubs, gone.hubs_name) == (None, "", "hubs.csv")
    with pytest.raises(IntegrityError), transaction.atomic():
        Returns.objects.update(hubs="Hub East")


@pytest.mark.parametrize("to", ["keep_returns", "make"])
@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("hubs.csv", b"list,name\nhub,Hub East\n", "give its urn or its postcode"),
        ("hubs.toml", b"[[hub]\n", "is not TOML"),
        ("hubs.csv", b"list,name\nhub,Hub\0East\n", "it has a NUL in it"),
        ("hubs.csv", b"list,name\n", "it lists no hub"),
        ("hubs.toml", b"\xff\xfe", "save it as UTF-8"),
        ("hubs.csv", b"list\n" * 300_000, "larger than any list of hubs"),
    ],
)
def test_a_list_that_cannot_be_read_gets_a_sentence_and_nothing_is_kept(
    client, officer, to, name, data, sentence
):
    page = on_the_page(client, to, hubs=SimpleUploadedFile(name, data))
    [said] = page.context["form"].errors["hubs"]
    assert sentence in said
    assert not Baseline.objects.exists()
    assert not Returns.objects.exists()


def test_only_an_english_authority_of_today_can_be_chosen(client, officer):
    offered = [name for name, _ in KeepForm().fields["authority"].choices]
    assert offered[0] == ""
    assert 151 <= len(offered) - 1 <= 153
    assert HERE in offered
    assert "Cumbria" not in offered
    page = on_the_page(client, "keep_returns", authority="Narnia")
    assert "authority" in page.context["form"].errors
    assert not Returns.objects.exists()


@pytest.mark.parametrize(
    ("served", "chosen"),
    [("North Yorkshire Council", HERE), ("Northmoor Council", ""), ("Your council", "")],
)
def test_the_council_that_the_service_is_set_up_for_is_chosen_already(settings, served, chosen):
    settings.COUNCIL_NAME = served
    assert (KeepForm()["authority"].value() or "") == chosen


def test_a_baseline_says_inside_and_outside_too(client, officer):
    page = on_the_page(client, "make", placed_files(), authority=HERE).content.decode()
    assert "The baseline is made" in page
    assert counted_outside(Baseline.objects.get()) > 0


def test_the_check_page_and_the_costing_say_whose_they_are(client, officer):
    kept = keep(officer, authority=HERE)
    draft = actions.start_draft(by=officer, at=NOW, name="One hub")
    step = reverse("programme:step", args=[draft.pk, "returns"])
    said = {"returns": str(kept.pk), "youngest": "12", "oldest": "17", "version": draft.version}
    assert f"Three years, {HERE}, to 31 March 2025" in client.get(step).content.decode()
    client.post(step, said)
    check = client.get(reverse("programme:check", args=[draft.pk])).content.decode()
    assert f"Homes are told as inside or outside {HERE}." in check
    assert Draft.objects.get().answers["returns"]["returns"] == str(kept.pk)
    made = costings.asked(
        officer, returns=kept, plan=costings.PLACED_PLAN, authority=kept.authority
    )
    costings.work()
    page = client.get(reverse("programme:costing", args=[made.pk])).content.decode()
    assert f"Homes are told as inside or outside {HERE}." in page


def test_the_list_of_postcodes_is_kept_beside_the_services_own_data(officer, settings, tmp_path):
    settings.POSTCODES = tmp_path / "postcodes"
    keep(officer, authority=HERE)
    [kept] = settings.POSTCODES.iterdir()
    assert kept.name == f"postcodes-{postcodes.version()}.parquet"


def test_where_the_list_cannot_be_kept_the_page_says_why_homes_are_unknown(
    client, officer, settings, tmp_path
):
    settings.POSTCODES = tmp_path / "file"
    settings.POSTCODES.write_text("not a folder")
    page = on_the_page(client, "make", placed_files(), authority=HERE).content.decode()
    assert "Postcodes could not be looked up" in page
    assert counted_outside(Baseline.objects.get()) == 0
