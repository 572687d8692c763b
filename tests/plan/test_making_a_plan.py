"""A plan begins with something a young person says, and goes one agreed step at a time."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from onedoor.door import actions as door
from onedoor.plan import actions, queries
from onedoor.plan.models import Aspiration, Goal, GoalEnding, Plan, Step, Voice
from onedoor.team.models import Entry
from onedoor.team.rules import NotNow, Refused
from tests.factories import NOW, TODAY, a_hub, a_worker, a_young_person, an_account

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - timedelta(days=1)
TOMORROW = TODAY + timedelta(days=1)


def hear(by, person, words="I want to live near Nan.", **more):
    given = {"about": "home", "said_on": TODAY} | more
    return actions.hear(by=by, at=NOW, young_person=person, words=words, **given)


def agree(by, person, **more):
    given = {
        "words": "See Nan every Sunday.",
        "with_whom": "Robin and Nan",
        "agreed_on": YESTERDAY,
        "step": "Ring Nan about Sunday.",
        "step_by_on": TOMORROW,
    }
    return actions.agree_goal(by=by, at=NOW, young_person=person, **(given | more))


def verbs():
    return list(Entry.objects.filter(verb__startswith="plan.").values_list("verb", flat=True))


def test_welcome_does_not_open_the_plan(robin):
    assert not Plan.objects.exists()


def test_a_plan_is_opened_once(worker, robin):
    actions.open(by=worker, at=NOW, young_person=robin, opened_on=TODAY)
    with pytest.raises(NotNow, match="Robin’s plan is open already"):
        actions.open(by=worker, at=NOW, young_person=robin, opened_on=TODAY)
    assert verbs() == ["plan.open"]


def test_hearing_somebody_opens_the_plan_and_both_are_in_the_record(worker, robin):
    hear(worker, robin)
    assert robin.plan.opened_on == TODAY
    assert sorted(verbs()) == ["plan.hear", "plan.open"]
    hear(worker, robin, words="And a dog.")
    assert Plan.objects.count() == 1


def test_words_are_kept_as_they_were_said(worker, robin):
    voice = hear(worker, robin, words="  i aint going back there\nnot ever  ")
    assert voice.words == "i aint going back there\nnot ever"


def test_nothing_is_said_in_the_future_or_in_no_words(worker, robin):
    with pytest.raises(NotNow, match="future"):
        hear(worker, robin, said_on=TOMORROW)
    with pytest.raises(NotNow, match="words it was said in"):
        hear(worker, robin, words="   ")
    with pytest.raises(NotNow, match="talking about"):
        hear(worker, robin, about="behaviour")
    assert not Voice.objects.exists()
    assert verbs() == []


def test_a_new_aspiration_replaces_the_old_on_the_page_and_the_old_is_kept(worker, robin):
    for words, on in [("A vet.", YESTERDAY), ("A vet nurse.", TODAY)]:
        actions.aspire(by=worker, at=NOW, young_person=robin, age=20, words=words, said_on=on)
    actions.aspire(by=worker, at=NOW, young_person=robin, age=50, words="A nan.", said_on=TODAY)
    now = queries.aspirations_now(worker, robin, TODAY)
    assert [(a.age, a.words) for a in now] == [(20, "A vet nurse."), (50, "A nan.")]
    shown = queries.the_plan(worker, robin, TODAY).aspirations
    assert [a.words for a in shown[20]] == ["A vet nurse.", "A vet."]
    assert shown[35] == []


def test_an_aspiration_is_for_twenty_thirty_five_or_fifty(worker, robin):
    with pytest.raises(NotNow, match="20, 35 or 50"):
        actions.aspire(by=worker, at=NOW, young_person=robin, age=18, words="x", said_on=TODAY)


def test_a_goal_is_agreed_with_its_first_step(worker, robin):
    goal = agree(worker, robin)
    step = goal.steps.get()
    assert (step.what, step.by_on, step.owner) == ("Ring Nan about Sunday.", TOMORROW, None)
    with pytest.raises(NotNow, match="never for them"):
        agree(worker, robin, with_whom=" ")
    with pytest.raises(NotNow, match="Small is good"):
        agree(worker, robin, step=" ")
    assert Goal.objects.count() == 1, "a goal without a step is not left behind"


def test_a_goal_reaches_towards_an_aspiration_of_the_same_young_person(worker, robin, hub, manager):
    other = a_young_person(hub, manager, worker, name="Ash Example")
    theirs = actions.aspire(
        by=worker, at=NOW, young_person=other, age=20, words="A chef.", said_on=TODAY
    )
    with pytest.raises(NotNow, match="another young person"):
        agree(worker, robin, aspiration=theirs)


def test_a_step_is_done_once_and_not_before_it_was_agreed(worker, robin):
    step = agree(worker, robin).steps.get()
    with pytest.raises(NotNow, match="cannot be done before"):
        actions.step_done(by=worker, at=NOW, step=step, done_on=YESTERDAY - timedelta(days=1))
    with pytest.raises(NotNow, match="future"):
        actions.step_done(by=worker, at=NOW, step=step, done_on=TOMORROW)
    actions.step_done(by=worker, at=NOW, step=step, done_on=TODAY)
    with pytest.raises(NotNow, match="already"):
        actions.step_done(by=worker, at=NOW, step=step, done_on=TODAY)


def test_a_goal_ends_once_and_is_set_aside_only_for_a_reason(worker, robin):
    goal = agree(worker, robin)
    with pytest.raises(NotNow, match="words you would say to them"):
        actions.end_goal(by=worker, at=NOW, goal=goal, ended_as="set aside", ended_on=TODAY)
    actions.end_goal(by=worker, at=NOW, goal=goal, ended_as="reached", ended_on=TODAY)
    with pytest.raises(NotNow, match="ended this goal already"):
        actions.end_goal(
            by=worker, at=NOW, goal=goal, ended_as="set aside", ended_on=TODAY, why="Nan moved."
        )
    with pytest.raises(NotNow, match="This goal has ended"):
        actions.add_step(by=worker, at=NOW, goal=goal, what="Ring.", agreed_on=TODAY, by_on=TODAY)


def test_what_is_next_is_the_steps_to_do_soonest_first(worker, robin):
    late = agree(worker, robin, agreed_on=date(2026, 10, 1), step_by_on=YESTERDAY)
    soon = agree(worker, robin, step="Find boots.", step_owner=worker)
    done = agree(worker, robin, step="Done.").steps.get()
    actions.step_done(by=worker, at=NOW, step=done, done_on=TODAY)
    ended = agree(worker, robin, step="Never mind.")
    actions.end_goal(by=worker, at=NOW, goal=ended, ended_as="reached", ended_on=TODAY)
    steps = list(queries.next_steps([robin.pk], TODAY))
    assert [s.goal_id for s in steps] == [late.pk, soon.pk]
    assert [s.is_late for s in steps] == [True, False]
    assert {s.young_person_id for s in steps} == {robin.pk}
    assert steps[1].owner == worker


def test_a_step_never_opens_the_plan_to_its_owner_and_says_so(worker, robin):
    stranger = a_worker(a_hub(), name="Jo Elsewhere")
    step = agree(worker, robin, step_owner=stranger).steps.get()
    sentence = queries.owner_left_out(step, robin, TODAY)
    assert sentence.startswith("Jo Elsewhere cannot open this plan")
    assert queries.the_plan(stranger, robin, TODAY).plan is None
    own = agree(worker, robin, step_owner=worker).steps.get()
    assert queries.owner_left_out(own, robin, TODAY) == ""


def test_somebody_kept_out_is_not_offered_a_step(manager, worker, robin, hub):
    neighbour = a_worker(hub, name="Neighbour")
    assert neighbour in queries.who_could_help(robin, TODAY)
    door.tie(
        by=manager, at=NOW, young_person=robin, account=neighbour, why="conflict", from_on=TODAY
    )
    assert neighbour not in queries.who_could_help(robin, TODAY)


def test_somebody_without_a_reason_changes_nothing(worker, robin):
    goal = agree(worker, robin)
    stranger = a_worker(a_hub())
    refused = [
        lambda: actions.open(by=stranger, at=NOW, young_person=robin, opened_on=TODAY),
        lambda: hear(stranger, robin),
        lambda: agree(stranger, robin),
        lambda: actions.aspire(
            by=stranger, at=NOW, young_person=robin, age=20, words="x", said_on=TODAY
        ),
        lambda: actions.add_step(
            by=stranger, at=NOW, goal=goal, what="x", agreed_on=TODAY, by_on=TODAY
        ),
        lambda: actions.step_done(by=stranger, at=NOW, step=goal.steps.get(), done_on=TODAY),
        lambda: actions.end_goal(
            by=stranger, at=NOW, goal=goal, ended_as="reached", ended_on=TODAY
        ),
    ]
    for act in refused:
        with pytest.raises(Refused):
            act()


def test_a_director_reads_the_plan_and_does_not_write_in_it(worker, robin):
    hear(worker, robin)
    director = an_account("director")
    assert queries.the_plan(director, robin, TODAY).voices
    with pytest.raises(Refused, match="change this young person's plan"):
        agree(director, robin)


def test_whoever_a_young_person_talks_to_may_write_down_what_they_said(manager, worker, robin):
    carer = an_account("supported-lodgings-host", robin.welcome.hub, name="Host")
    door.tie(
        by=manager, at=NOW, young_person=robin, account=carer, why="carer", from_on=TODAY,
        until_on=TODAY + timedelta(days=30),
    )  # fmt: skip
    assert hear(carer, robin).heard_by == carer
    assert robin.plan.opened_by == carer, "the first words open the plan, whoever heard them"
    with pytest.raises(Refused):
        agree(carer, robin)


def test_the_database_itself_keeps_a_plan_whole(worker, robin):
    goal = agree(worker, robin)
    plan, who = goal.plan, {"recorded_at": NOW}
    bad = [
        lambda: Plan.objects.create(young_person=robin, opened_on=TODAY, opened_by=worker, **who),
        lambda: Voice.objects.create(
            plan=plan, about="home", words="", said_on=TODAY, heard_by=worker, **who
        ),
        lambda: Aspiration.objects.create(
            plan=plan, age=21, words="x", said_on=TODAY, heard_by=worker, **who
        ),
        lambda: Step.objects.create(
            goal=goal, what="x", agreed_on=TODAY, by_on=YESTERDAY, recorded_by=worker, **who
        ),
        lambda: Step.objects.filter(goal=goal).update(done_on=TODAY),
        lambda: GoalEnding.objects.create(
            goal=goal, ended_as="set aside", ended_on=TODAY, ended_by=worker, **who
        ),
        lambda: GoalEnding.objects.create(
            goal=goal, ended_as="abandoned", why="x", ended_on=TODAY, ended_by=worker, **who
        ),
    ]
    for write in bad:
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


def test_the_plan_tells_the_story_its_lines(worker, robin):
    hear(worker, robin)
    actions.aspire(by=worker, at=NOW, young_person=robin, age=35, words="A dad.", said_on=TODAY)
    goal = agree(worker, robin)
    actions.step_done(by=worker, at=NOW, step=goal.steps.get(), done_on=TODAY)
    actions.end_goal(by=worker, at=NOW, goal=goal, ended_as="reached", ended_on=TODAY)
    parts = queries.lines(robin.pk)
    told = sorted(line[2:6] for line in parts[0].union(*parts[1:], all=True))
    assert told == [
        ("aspiration", "What they want at 35", "A dad.", "Sam Worker"),
        ("goal", "Goal agreed with Robin and Nan", "See Nan every Sunday.", "Sam Worker"),
        ("goal", "Goal reached", "See Nan every Sunday.\n", "Sam Worker"),
        ("plan", "Plan opened", "", "Sam Worker"),
        ("step", "Step done by the young person", "Ring Nan about Sunday.", "Sam Worker"),
        ("voice", "In their own words", "I want to live near Nan.", "Sam Worker"),
    ]
