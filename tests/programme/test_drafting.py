"""From files to a costing, page by page, as the people who do it."""

import tomllib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from onedoor.programme import actions, planning, rules, toml
from onedoor.programme.models import Costing, Draft, RateCard, Returns
from onedoor.team.rules import NotNow
from tests.factories import NOW, a_hub, an_account
from tests.programme import answers, costings

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    account = an_account("finance-officer")
    client.force_login(account)
    return account


@pytest.fixture
def kept(officer):
    return costings.kept(officer), costings.a_card(officer)


@pytest.fixture
def draft(officer):
    return actions.start_draft(by=officer, at=NOW, name="One hub from October")


def at(name, *args):
    return reverse(f"programme:{name}", args=args)


def answer(client, draft, part, said):
    version = Draft.objects.get(pk=draft.pk).version
    return client.post(at("step", draft.pk, part), {**said, "version": version})


def answered(client, draft, kept, **changed):
    """Every step, answered in order."""
    for part, said in answers.made(*kept).items():
        response = answer(client, draft, part, {**said, **changed.get(part, {})})
        assert response.status_code == 302, (part, problem(response))
    return response


def problem(response) -> str:
    page = response.content.decode()
    return page[page.find("There is a problem") :][:900]


def test_a_finance_officer_goes_from_files_to_results(client, officer):
    uploads = [SimpleUploadedFile(name, data) for name, data in costings.files()]
    said = {"name": "Three years", "files": uploads, "youngest": 12, "oldest": 17}
    assert client.post(at("keep_returns"), said).status_code == 302
    card = {"name": "Ours", "file": SimpleUploadedFile("p.csv", costings.PRICES.encode())}
    assert client.post(at("new_rate_card"), card).status_code == 302
    client.post(at("start"), {"name": "One hub from October"})
    draft = Draft.objects.get()
    last = answered(client, draft, (Returns.objects.get(), RateCard.objects.get()))
    assert last.url == at("check", draft.pk)
    checked = client.get(last.url).content.decode()
    assert "Cost it" in checked
    asked = client.post(last.url, {"replications": "1000"})
    costing = Costing.objects.get()
    assert asked.url == at("costing", costing.pk)
    waiting = client.get(asked.url).content.decode()
    assert "Waiting for its turn" in waiting
    assert "waiting.js" in waiting
    assert "Look again now" in waiting
    again = client.post(last.url, {"replications": "1000"})
    assert again.url == asked.url
    costings.work()
    page = client.get(asked.url).content.decode()
    made = Costing.objects.get()
    assert made.state == rules.DONE, made.sentence
    for words in ("A forecast: over 5 years", "What it cannot know", "What this does not show"):
        assert words in page
    # What is saved, for whom, what moves that, and how often a hub of more or fewer places is full.
    assert page.count("<figure ") == 4
    assert "style=" not in page
    assert f"Run {made.run}" in page
    assert "One hub from October" in client.get(at("costings")).content.decode()


def test_the_plan_that_is_costed_is_the_file_the_command_takes(client, draft, kept):
    answered(client, draft, kept)
    now = Draft.objects.get()
    plan = planning.values(now.name, now.answers, kept[0].last_year)
    text = toml.written(plan)
    assert tomllib.loads(text)["hub"]["bed"][0]["next"] == {"own_foster": 0.7, "left": 0.3}
    assert 'price_base = "2024-25"\n' in text
    awards = [(each["year"], each["low"], each["high"]) for each in plan["award"]]
    assert awards == [("2025-26", 711_111, 1_111_111), ("2026-27", 311_111, 511_111)]
    assert {str(each["to_council"]) for each in plan["award"]} == {"0.9"}
    assert plan["hub"]["outreach_caseload"] == 31


@pytest.mark.parametrize("text", ['quotes " and \\ and\nlines', "£ é 😀", "\x7f", "a = 1"])
def test_whatever_people_write_survives_the_file(text):
    plan = {"title": text, "table": {"in it": [text]}, "each": [{"one": text}, {"two": True}]}
    assert tomllib.loads(toml.written(plan)) == plan


@pytest.mark.parametrize(
    ("part", "changed", "sentence"),
    [
        ("hub", {"opens_day": "2"}, "must be the first of a month"),
        ("hub", {"opens_year": "2045"}, "It must be from 1 April 2025"),
        ("living", {"next_left": "20"}, "Together these are 90%"),
        ("living", {"days_high": "50"}, "an assumption is a range"),
        ("living", {"comes_source": ""}, "Enter where this share comes from"),
        ("nights", {"night_own_home": "own_foster"}, "keep one of the two"),
        ("nights", {"own_item": "", "own_homes": "", "own_places": "", "own_months": ""},
         "give one of the two"),
        ("money", {"award1_source": ""}, "leave all of this part empty"),
        ("money", {"award1_share": ""}, "leave all of this part empty"),
        ("money", {"award1_share": "101"}, "less than or equal to 100"),
        ("money", {"award1_high_2026-27": ""}, "the same as the other where the award is sure"),
        ("money", {"award1_high_2026-27": "9"}, "It must not be below the least"),
        ("money", {"award2_words": "Another"}, "Give what comes in one year or more"),
        ("money", {"award3_low_2027-28": "0"}, "the same as the other where the award is sure"),
        ("hub", {"outreach_caseload": ""}, "There is a problem"),
        ("money", {"price_base": ""}, "Choose the year of the prices"),
        ("effects", {"instead": ""}, "Choose where those live"),
        ("effects", {"own1_high": "0.5"}, "an effect is a range"),
        ("effects", {"assumed": ["step_down"]}, "Choose it above too"),
        ("team", {"running": []}, "There is a problem"),
    ],
)  # fmt: skip
def test_what_cannot_stand_is_said_where_it_was_asked(client, draft, kept, part, changed, sentence):
    answered(client, draft, kept)
    response = answer(client, draft, part, {**answers.made(*kept)[part], **changed})
    assert response.status_code == 200
    assert sentence in response.content.decode(), problem(response)


def test_a_draft_keeps_itself_and_shows_what_was_said(client, draft, kept):
    answered(client, draft, kept)
    page = client.get(at("step", draft.pk, "living")).content.decode()
    assert 'value="211"' in page
    page = client.get(at("step", draft.pk, "hub")).content.decode()
    assert 'value="2026"' in page


def test_a_part_left_empty_stays_empty_when_it_is_opened_again(client, draft, kept):
    answered(client, draft, kept)
    page = client.get(at("step", draft.pk, "nights")).content.decode()
    there = page[page.find('id="id_night_own_home"') :]
    assert "selected" not in there[: there.find("</select>")].replace(
        '<option value="" selected>', ""
    )


def test_two_people_at_one_draft_are_told_of_each_other(client, draft, kept):
    said = answers.made(*kept)["returns"]
    answer(client, draft, "returns", said)
    late = client.post(at("step", draft.pk, "returns"), {**said, "version": 1})
    assert "Somebody has changed this draft" in late.content.decode()


def test_a_hub_without_emergency_beds_is_not_asked_about_them(client, draft, kept):
    none = {"hub_emergency": "0", "later_hub_home": "", "later_hub_emergency": ""}
    none |= answers.day("later_on", "", "", "")
    made = answers.made(*kept)
    del made["emergency"]
    for part, said in made.items():
        response = answer(client, draft, part, {**said, **(none if part == "hub" else {})})
        assert response.status_code == 302, (part, problem(response))
    assert "Who comes in an emergency" not in client.get(response.url).content.decode()
    assert client.post(response.url, {"replications": "1000"}).status_code == 302


def test_a_copy_begins_with_the_same_answers(client, draft, kept):
    answered(client, draft, kept)
    response = client.post(at("copy_draft", draft.pk), {"name": "Two hubs"})
    made = Draft.objects.get(name="Two hubs")
    assert response.url == at("check", made.pk)
    assert made.answers == Draft.objects.get(pk=draft.pk).answers


def test_a_price_that_is_missing_is_said_with_the_step_that_mends_it(client, draft, officer):
    returns = costings.kept(officer)
    short = "\n".join(
        line for line in costings.PRICES.splitlines() if not line.startswith("pay_manager")
    )
    card = costings.a_card(officer, text=short)
    team = client.get(at("step", draft.pk, "team")).content.decode()
    assert "needs the returns of this draft first" in team
    said = answers.made(returns, card)
    for part in ("returns", "prices", "hub"):
        answer(client, draft, part, said[part])
    sentence = "The rate card has no price pay_manager. Add a row to it, or make this 0."
    assert sentence in client.get(at("step", draft.pk, "team")).content.decode()
    wrong = problem(answer(client, draft, "team", said["team"]))
    assert sentence.removesuffix(".") in wrong
    nobody = {**said["team"], "fte_manager": "0"}
    assert answer(client, draft, "team", nobody).status_code == 302


def test_a_price_that_another_rate_card_lacks_is_said_with_its_step(client, draft, kept, officer):
    answered(client, draft, kept)
    lines = [line for line in costings.PRICES.splitlines() if not line.startswith("pay_manager")]
    card = costings.a_card(officer, name="Another", text="\n".join(lines))
    answer(client, draft, "prices", {"card": str(card.pk)})
    page = problem(client.get(at("check", draft.pk)))
    assert f'href="{at("step", draft.pk, "team")}">The team: Pay_manager has no price' in page
    assert "add pay_manager to the rate card" in page
    client.post(at("check", draft.pk), {"replications": "1000"})
    assert not Costing.objects.exists()


def test_fewer_years_than_an_award_was_said_for_is_said_with_its_step(client, draft, kept):
    answered(client, draft, kept, hub={"years": "1", "later_hub_home": "",
             "later_hub_emergency": "", **answers.day("later_on", "", "", "")})  # fmt: skip
    shorter = problem(client.get(at("check", draft.pk)))
    assert "There is a problem" not in shorter
    answer(client, draft, "hub", answers.made(*kept)["hub"])
    answer(client, draft, "money", answers.made(*kept)["money"])
    said = {**answers.made(*kept)["hub"], "years": "1", "later_hub_home": ""}
    said |= {"later_hub_emergency": "", **answers.day("later_on", "", "", "")}
    answer(client, draft, "hub", said)
    page = problem(client.get(at("check", draft.pk)))
    assert "The money around it: Year is 2026-27, which is not in the years" in page


@pytest.mark.parametrize(
    ("sentence", "step"),
    [
        ("plan.toml, [[double_running]] 1: until is missing.", "money"),
        ("plan.toml, [[own_homes]] 1: places is 0.", "nights"),
        ("plan.toml, [hub]: running is missing.", "team"),
        ("plan.toml, [hub], posts: pay_cook has no price", "team"),
        ("plan.toml, [hub]: outreach_caseload is 3.1.", "hub"),
        ("plan.toml, [hub], places 2: hub_home is 4.5.", "hub"),
        ("plan.toml, [hub], bed 2: days_low is missing.", "emergency"),
        ("plan.toml, [[award]] 2: year is 2031-32, which is", "money"),
        ("prices.csv, row 2: low, mode and high must rise", "prices"),
    ],
)
def test_a_fault_of_the_plan_is_brought_to_the_step_that_asked(sentence, step):
    assert planning.step_of(sentence) == step


def test_every_step_says_what_it_needs_before_anything_is_kept(client, draft):
    for part in planning.STEPS:
        assert "first." in client.get(at("step", draft.pk, part)).content.decode()
    assert client.get(at("step", draft.pk, "nothing")).status_code == 404


def test_a_fault_in_the_prices_is_said_on_the_form(client, officer):
    wrong = costings.PRICES.replace("461.11,511.11", "861.11,511.11").encode()
    card = {"name": "Ours", "file": SimpleUploadedFile("p.csv", wrong)}
    page = client.post(at("new_rate_card"), card).content.decode()
    assert "Row 2: low, mode and high must rise" in page


def test_a_stopped_costing_has_one_button(client, officer):
    costing = costings.asked(officer)
    Costing.objects.update(state=rules.RUNNING)
    Costing.objects.update(state=rules.STOPPED, ended_at=NOW, sentence="The worker was stopped.")
    page = client.get(at("costing", costing.pk)).content.decode()
    assert "Run it again" in page
    assert "waiting.js" not in page
    assert client.post(at("run_again", costing.pk)).url == at("costing", costing.pk)
    assert Costing.objects.get().state == rules.WAITING
    with pytest.raises(NotNow, match="waiting for its turn already"):
        actions.run_again(by=officer, at=NOW, costing=costing)


def test_pages_ask_the_database_as_often_for_many_as_for_one(
    client, officer, django_assert_max_num_queries
):
    first = costings.asked(officer)
    for seed in range(2, 9):
        costings.asked(officer, returns=first.returns, rates=first.rates, seed=seed)
    for page in ("costings", "returns", "rate_cards"):
        with django_assert_max_num_queries(12):
            client.get(at(page))


@pytest.mark.parametrize(
    ("role", "reads", "keeps"),
    [
        ("programme-analyst", 200, 200),
        ("finance-officer", 200, 200),
        ("director", 200, 403),
        ("hub-manager", 200, 403),
        ("residential-worker", 403, 403),
        ("privacy-officer", 403, 403),
        ("young-person", 403, 403),
    ],
)
def test_who_reads_a_costing_and_who_keeps_one(client, role, reads, keeps):
    costing = costings.asked(an_account("finance-officer"))
    client.force_login(an_account(role, a_hub()))
    for page in (at("costings"), at("costing", costing.pk)):
        assert client.get(page).status_code == reads
    for page in (at("start"), at("returns"), at("rate_card", costing.rates.pk)):
        assert client.get(page).status_code == keeps
    assert client.post(at("run_again", costing.pk)).status_code in (
        (302,) if keeps == 200 else (403,)
    )
