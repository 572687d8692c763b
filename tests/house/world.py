"""A small world in which every role stands in every relation to a young person."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from onedoor.door import actions as door
from onedoor.door.models import Provocation, YoungPerson
from onedoor.door.rules import parts_of
from onedoor.homes import actions as homes
from onedoor.outcomes import actions as outcomes
from onedoor.outcomes.rules import kinds
from onedoor.plan import actions as plan
from onedoor.programme import actions as programme
from onedoor.team import rules
from onedoor.team.models import Account, Membership
from tests.factories import a_hub, a_manager, a_referral, a_worker, a_young_person, an_account
from tests.programme import costings
from tests.programme.returns import BOTH


class World:
    def __init__(self) -> None:
        self.asked: dict[YoungPerson, dict[str, object]] = {}
        self.now = timezone.now()
        self.today = timezone.localdate()
        self.ours, self.theirs = a_hub("Ours"), a_hub("Theirs")
        self.manager = a_manager(self.ours)
        made = {"by": self.manager, "at": self.now}
        self.home = homes.open_home(
            name="Ours", kind="hub-bed", hub=self.ours, opened_on=self.today, **made
        )
        self.spare = homes.add_place(home=self.home, name="Spare room", **made)
        self.out = homes.take_out_of_service(
            place=self.spare, from_on=self.today, until_on=self.today + timedelta(days=3),
            why="A new window.", **made,
        )  # fmt: skip
        self.person = self.somebody(a_worker(self.ours))
        self.waiting = a_referral(self.now)
        self.answered = a_referral(self.now)
        door.answer(
            by=self.manager, at=self.now, referral=self.answered, help_named="A mentor",
            given_by="Youth club", by_on=self.today, check_back_on=self.today,
        )  # fmt: skip
        self.baseline = programme.make_baseline(
            by=an_account("programme-analyst"), at=self.now, files=BOTH
        )
        self.costing = costings.asked(an_account("finance-officer"))
        self.draft = programme.start_draft(
            by=an_account("programme-analyst"), at=self.now, name="One hub"
        )
        self.colleague = a_worker(self.ours)
        self.unfinished = door.open_referral(by=None, at=self.now, brought_by="family")

    def somebody(self, key_worker: Account) -> YoungPerson:
        """A young person with something on every page about them."""
        made = {"by": self.manager, "at": self.now}
        person = a_young_person(
            self.ours, self.manager, key_worker, at=self.now - timedelta(days=20)
        )
        person.notice = door.put_notice(
            young_person=person, kind="allergy", words="Nuts", told="told",
            review_on=self.today, **made,
        )  # fmt: skip
        person.tie = door.tie(
            young_person=person, account=an_account("social-worker"), why="social worker",
            from_on=self.today - timedelta(days=1), until_on=self.today + timedelta(days=9), **made,
        )  # fmt: skip
        person.goal = plan.agree_goal(
            young_person=person, words="Play five-a-side again", with_whom="Robin and Jo",
            agreed_on=self.today, step="Ring the club", step_by_on=self.today, **made,
        )  # fmt: skip
        person.event = outcomes.note_event(
            young_person=person, kind=next(iter(kinds())), happened_on=self.today,
            words="A good day.", **made,
        )  # fmt: skip
        person.decision = self.decide(person)
        place = homes.add_place(home=self.home, name=f"Room of {person.pk}"[:40], **made)
        person.stay = homes.move_in(
            decision=self.decide(person), place=place, begins_on=self.today,
            until_on=self.today + timedelta(days=20), **made,
        )  # fmt: skip
        return person

    def decide(self, person: YoungPerson):
        answers = [
            (provocation, part, "Yes, and we can say why.")
            for provocation in Provocation.objects.in_use()
            for part in parts_of(provocation.key)
        ]
        return homes.decide(
            by=self.manager, at=self.now, young_person=person, wishes="Near Gran.",
            answers=answers, options_considered="Home first.", refused="Nothing was.",
            effect_on_others="Nobody lives there.", home=self.home, from_on=self.today,
            reasons="It is near Gran.",
        )  # fmt: skip

    def everybody(self) -> Iterator[tuple[str, str, Account, YoungPerson]]:
        """Each role in each relation: (role, relation, account, the young person)."""
        for role in rules.roles().values():
            at_hub = role.at == "hub"
            if at_hub:
                yield role.key, "hub", self.an(role.key, self.ours), self.person
                yield role.key, "other hub", self.an(role.key, self.theirs), self.person
            else:
                yield role.key, "council", self.an(role.key), self.person
            tied = self.an(role.key, self.theirs)
            self.tie(tied, -1, 5)
            yield role.key, "tied", tied, self.person
            ended = self.an(role.key, self.theirs)
            self.tie(ended, -9, 0)
            yield role.key, "tie ended", ended, self.person
            kept_out = self.an(role.key, self.ours)
            self.tie(kept_out, -1, 5)
            self.tie(kept_out, -1, None, "conflict")
            yield role.key, "kept out", kept_out, self.person
            if role.key_worker:
                moved = self.an(role.key, self.ours)
                person = self.somebody(moved)
                Membership.objects.filter(account=moved).update(hub=self.theirs)
                yield role.key, "key", Account.objects.get(pk=moved.pk), person
            gone = self.an(role.key, self.ours)
            Membership.objects.filter(account=gone).update(until_on=self.today)
            yield role.key, "role ended", Account.objects.get(pk=gone.pk), self.person

    def an(self, role: str, hub=None) -> Account:
        return an_account(role, hub)

    def tie(self, account: Account, start: int, end: int | None, why: str = "") -> None:
        own = {"young-person": "themself", "parent-or-carer": "family"}
        role = account.memberships.get().role
        why = why or own.get(role, "helping")
        door.tie(
            by=self.manager, at=self.now, young_person=self.person, account=account, why=why,
            from_on=self.today + timedelta(days=start),
            until_on=None if end is None else self.today + timedelta(days=end),
        )  # fmt: skip

    def address(self, route, person: YoungPerson) -> str:
        """The route's address, with whatever it is about filled in."""
        known = {
            **self.known(person),
            "referral_id": self.referral_for(route.name),
        }
        return reverse(route.name, kwargs={name: known[name] for name in route.converters})

    def known(self, person: YoungPerson) -> dict[str, object]:
        """What an address can be about; asked once, as there are thousands of addresses."""
        if person not in self.asked:
            self.asked[person] = self.about(person)
        return self.asked[person]

    def about(self, person: YoungPerson) -> dict[str, object]:
        return {
            "young_person_id": person.pk,
            "notice_id": person.notice.pk,
            "tie_id": person.tie.pk,
            "goal_id": person.goal.pk,
            "step_id": person.goal.steps.get().pk,
            "event_id": person.event.pk,
            "baseline_id": self.baseline.pk,
            "costing_id": self.costing.pk,
            "returns_id": self.costing.returns.pk,
            "card_id": self.costing.rates.pk,
            "draft_id": self.draft.pk,
            "part": "returns",
            "kind": "json",
            "account_id": self.colleague.pk,
            "membership_id": self.colleague.memberships.get().pk,
            "role": "residential-worker",
            "home_id": self.home.pk,
            "place_id": self.spare.pk,
            "out_id": self.out.pk,
            "decision_id": person.decision.pk,
            "stay_id": person.stay.pk,
            "step": "you",
            "key": "whose-risk",
        }

    def referral_for(self, name: str):
        if name in ("door:referral_step", "door:referral_check", "door:referral_sent"):
            return self.unfinished.pk
        if name in ("door:check_back", "door:tell_referrer"):
            return self.answered.pk
        return self.waiting.pk
