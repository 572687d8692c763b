"""A grandmother brings somebody to the door, and it goes on to the story.

The pictures in the README and the documents are taken here: `make pictures`.
"""

from datetime import date, timedelta

from django.utils import timezone

from onedoor.door import rules
from onedoor.door.models import Provocation, YoungPerson
from onedoor.homes import actions as homes
from onedoor.team import record
from onedoor.team.models import Entry
from tests.browser import sign_in
from tests.factories import NOW, a_hub, a_manager, a_worker

ANSWERS = {
    "good-enough": "Yes: it is warm, near her school, and she chose the room.",
    "whose-risk": "She may walk out again, and she is safer walking back to us than away.",
    "shared-parenting": "Gran rings at seven; school and Jo plan the mornings together.",
    "what-adult": "Somebody with a home, a trade and people who ring her.",
    "family-setting": "Gran’s, when the shouting has stopped. This is only a bridge.",
}
FOR_US = "We will be asked why she was not watched all night. We can answer that."


def given_a_hub_with_a_free_bed(site):
    with site.database.here():
        hub = a_hub("Larkspur House")
        manager = a_manager(hub, name="Maryam Ashgrove")
        worker = a_worker(hub, name="Jo Thistlewood")
        home = homes.open_home(
            by=manager, at=NOW, name="Larkspur House", kind="hub-bed", hub=hub,
            opened_on=date(2020, 1, 1),
        )  # fmt: skip
        homes.add_place(by=manager, at=NOW, home=home, name="Garden room")
    return manager, worker


def when_a_grandmother_comes_to_the_door(page, look):
    page.goto("/come-in/")
    look(page, "come-in")
    page.get_by_label("I am family, a friend or a neighbour").check()
    page.get_by_role("button", name="Start").click()
    page.get_by_label("Your name").fill("Winifred Larkspur-Okafor")
    page.get_by_label("Who are you to them?").fill("Gran")
    page.get_by_label("How can we reach you, and when is it safe to?").fill("Ring me after four")
    look(page, "about-you")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_label("Their full name").fill("Isadora Larkspur-Okafor")
    page.get_by_label("What do they like to be called?").fill("Izzy")
    fill_date(page, "Their date of birth", date(2011, 3, 4))
    page.get_by_label("Where are they sleeping at the moment?").fill("On a friend’s sofa")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_label("What has made you come to the door now?").fill(
        "She has not slept at home since Sunday. There was a row, and nobody is talking."
    )
    page.get_by_label("What is going well?").fill("She never misses football.")
    page.get_by_label("What do they say they want?").fill("To be left alone, and to be near Gran.")
    page.get_by_label("Yes", exact=True).check()
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_label("I am not sure").check()
    page.get_by_role("button", name="Save and continue").click()
    look(page, "check-what-you-said")
    page.get_by_role("button", name="Send it to the hub").click()
    page.get_by_role("heading", name="Thank you").wait_for()
    look(page, "it-has-reached-the-hub")


def then_the_manager_welcomes_her(page, look):
    page.goto("/door/")
    look(page, "at-the-door")
    page.get_by_role("link", name="Isadora Larkspur-Okafor").click()
    look(page, "brought-to-the-door")
    page.get_by_role("link", name="Welcome them").click()
    page.get_by_label("Pronouns").fill("she, her")
    page.get_by_label("Edge of care").check()
    page.get_by_label("Key worker").select_option("Jo Thistlewood")
    look(page, "welcome")
    page.get_by_role("button", name="Welcome them").click()
    page.get_by_text("They are welcomed. Now tell").wait_for()


def then_the_key_worker_hears_her(page, look, person):
    page.goto(f"/young-person/{person.pk}/notice/")
    page.get_by_label("How to talk with me").check()
    page.get_by_label("What must everybody know?").fill("Short words. Ask one thing at a time.")
    page.get_by_label("The young person knows this is here").check()
    soon = timezone.localdate() + timedelta(days=90)
    fill_date(page, "When do we look at it again?", soon)
    page.get_by_role("button", name="Put up the notice").click()
    page.goto(f"/young-person/{person.pk}/plan/hear/")
    page.get_by_label("What did Izzy say?").fill("I want my own key, and Gran on Sundays.")
    save(page)
    page.goto(f"/young-person/{person.pk}/plan/aspire/")
    page.get_by_label("35").check()
    page.get_by_label("What does Izzy want life to be like then?").fill("Coach a girls’ team.")
    save(page)
    page.goto(f"/young-person/{person.pk}/plan/goal/")
    page.locator("[name=words]").fill("Play for the town again by Christmas")
    page.locator("[name=with_whom]").fill("Izzy, Gran and Jo")
    page.locator("[name=step]").fill("Ring the coach about Thursdays")
    save(page)
    page.goto(f"/young-person/{person.pk}/plan/")
    page.get_by_text("Play for the town again by Christmas").first.wait_for()
    look(page, "plan")


def then_the_manager_decides_with_provocations(page, look, person, provocations):
    page.goto(f"/young-person/{person.pk}/homes/decide/")
    page.locator("[name=asked][value=yes]").check()
    page.locator("[name=wishes]").fill("Near Gran, with a door that locks.")
    for name, key in provocations.items():
        page.locator(f"[name={name}]").fill(ANSWERS[key] if "organ" not in name else FOR_US)
    page.locator("[name=options_considered]").fill("Home with outreach, Gran’s sofa, this room.")
    page.locator("[name=refused]").fill("A home forty miles off: too far from Gran and football.")
    page.locator("[name=effect_on_others]").fill("Two others live here; both know her from school.")
    page.locator("[name=reasons]").fill("It is near Gran, it is calm, and she chose it.")
    fill_date(page, "From which night?", (timezone.localtime() - timedelta(hours=12)).date())
    page.locator("[name=place]").first.check()
    look(page, "decide")
    save(page)
    page.get_by_text("Near Gran, with a door that locks.").first.wait_for()
    look(page, "decision")


def then_she_moves_in(page, look):
    page.get_by_role("button", name="Plan or record the move").click()
    leaving = timezone.localdate() + timedelta(days=42)
    now = timezone.localtime()
    tonight = (now - timedelta(hours=12)).date()  # a night runs from noon to noon
    fill_date(page, "First night", tonight)
    fill_date(page, "Planned to leave on", leaving)
    page.locator("[name=there][value=yes]").check()
    fill_date(page, "When did they arrive?", now.date())
    page.get_by_label("Time").fill(f"{now:%H:%M}")
    look(page, "move-in")
    save(page)


def save(page):
    """Press the page's own button, and say what the page says if it was not saved."""
    page.locator("main form button.govuk-button").last.click()
    page.wait_for_load_state()
    problems = page.locator(".govuk-error-summary")
    assert not problems.count(), problems.inner_text()


def fill_date(page, question, day):
    boxes = page.get_by_role("group", name=question)
    for box, number in {"Day": day.day, "Month": day.month, "Year": day.year}.items():
        boxes.get_by_label(box, exact=True).fill(str(number))


def then_something_happens(page, look, person):
    page.goto(f"/young-person/{person.pk}/story/note/")
    page.locator("[name=kind]").select_option(index=1)
    page.get_by_label("What happened?").fill("Cooked tea for everybody. Gran rang at seven.")
    look(page, "note-an-event")
    save(page)


def then_the_story_and_tonight_show_it(page, look, person):
    page.goto(f"/young-person/{person.pk}/story/")
    for words in ("Cooked tea for everybody", "Larkspur House", "Play for the town", "my own key"):
        page.get_by_text(words).first.wait_for()
    look(page, "story")
    page.goto(f"/young-person/{person.pk}/")
    look(page, "young-person")
    page.goto("/tonight/")
    page.get_by_text("Izzy").first.wait_for()
    page.get_by_text("1 of 1").wait_for()
    look(page, "tonight")


def then_each_step_is_in_the_record(page, look, person):
    page.goto(f"/young-person/{person.pk}/who-looked/")
    look(page, "who-looked")
    did = list(
        Entry.objects.filter(kind=Entry.DID).order_by("number").values_list("verb", flat=True)
    )
    walked = [
        "door.open_referral", "door.save_step", "door.refer", "door.welcome", "door.put_notice",
        "plan.hear", "plan.aspire", "plan.agree_goal", "homes.decide", "homes.move_in",
        "outcomes.note_event",
    ]  # fmt: skip
    assert [verb for verb in dict.fromkeys(did) if verb in walked] == walked
    assert Entry.objects.filter(kind=Entry.SAW, subjects__subject=person.pk).exists()
    assert record.verify().sound


def test_a_grandmother_refers_and_it_goes_on_to_the_story(open_site, page_at, look):
    site = open_site()
    manager, worker = given_a_hub_with_a_free_bed(site)
    gran, desk, phone = page_at(390, site), page_at(1280, site), page_at(390, site)
    when_a_grandmother_comes_to_the_door(gran, look)
    sign_in(desk, site, manager)
    then_the_manager_welcomes_her(desk, look)
    with site.database.here():
        person = YoungPerson.objects.get(preferred_name="Izzy")
        provocations = {
            f"answer_{p.key}_{part.replace(' ', '_')}".rstrip("_"): p.key
            for p in Provocation.objects.in_use()
            for part in rules.parts_of(p.key)
        }
    sign_in(phone, site, worker)
    then_the_key_worker_hears_her(phone, look, person)
    then_the_manager_decides_with_provocations(desk, look, person, provocations)
    then_she_moves_in(desk, look)
    then_something_happens(phone, look, person)
    then_the_story_and_tonight_show_it(desk, look, person)
    with site.database.here():
        then_each_step_is_in_the_record(desk, look, person)
