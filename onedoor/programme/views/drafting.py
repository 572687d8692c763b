"""Writing a plan, one step a page, and asking for what it would cost and save."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from onedoor.evidence.money import effects
from onedoor.evidence.refusal import Refused
from onedoor.programme import actions, planning, queries, reading, rules, toml
from onedoor.programme.forms import NameForm
from onedoor.programme.forms.asking import Known
from onedoor.programme.forms.steps import FORMS
from onedoor.programme.models import Draft, RateCard, Returns
from onedoor.team import queries as team_queries
from onedoor.team.rules import NotNow

WHY = {
    "returns": "The costing follows the young people your returns know, year by year, with the "
    "plan and without it.",
    "prices": "Prices are the council’s own. None is ever filled in from somewhere else.",
    "hub": "How many beds there are, and from when. What a bed costs is the same empty or full.",
    "team": "A hub is its team. This is most of what it costs.",
    "living": "Nothing published says who comes, for how long, or where they go then. So it is "
    "asked, as a range, with its source.",
    "emergency": "The same for the beds that are kept free for tonight.",
    "nights": "A night that has no price cannot be counted, so each kind of home needs one.",
    "money": "What is paid once, paid twice for a time, or given by somebody else.",
    "effects": "An effect is an assumption until it has been measured here. That is why each is a "
    "range, and why what has been published is shown and not used.",
    "events": "If they have a price in your rate card. They are mostly other people’s money and "
    "time: avoided, not cash. Each part can be left empty.",
}


def start(request: HttpRequest) -> HttpResponse:
    team_queries.must_hold(request.user, "keep_costing", timezone.localdate())
    form = NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        draft = actions.start_draft(by=request.user, at=timezone.now(), name=name)
        return redirect("programme:step", draft.pk, next(iter(planning.STEPS)))
    return render(request, "programme/costing/start.html", {"form": form})


def copy(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    draft = _draft(request, draft_id)
    form = NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        made = actions.copy_draft(by=request.user, at=timezone.now(), draft=draft, name=name)
        return redirect("programme:check", made.pk)
    return render(request, "programme/costing/start.html", {"form": form, "draft": draft})


def step(request: HttpRequest, draft_id: UUID, part: str) -> HttpResponse:
    draft = _draft(request, draft_id)
    if part not in FORMS:
        raise Http404
    known, *_ = _known(request, draft)
    needs = _needs(part, known)
    form = None if needs else FORMS[part](known, request.POST or None)
    if form and request.method == "POST":
        if form.is_valid() and _saved(request, draft, part, form):
            return redirect(*_after(draft, part))
    elif form and part in draft.answers:
        form.initial = form.as_asked(draft.answers[part])
    steps = planning.steps_of(draft.answers)
    return render(
        request,
        "programme/costing/step.html",
        {
            "form": form,
            "draft": draft,
            "part": part,
            "title": planning.STEPS[part],
            "why": WHY[part],
            "number": list(steps).index(part) + 1 if part in steps else 0,
            "of": len(steps),
            "needs": needs,
            "published": effects.published() if part == "effects" else (),
        },
    )


def check(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The whole draft, step by step; posting it asks for the costing."""
    draft = _draft(request, draft_id)
    known, returns, card = _known(request, draft)
    todo = planning.still_to_say(draft.answers)
    wrong, plan_text = "", ""
    if not todo and returns and card:
        plan_text = toml.written(planning.values(draft.name, draft.answers, returns.last_year))
        try:
            reading.a_plan(plan_text, card.text)
            wrong = planning.unlike(draft.answers, returns.homes)
        except Refused as refused:
            wrong = refused.sentence
    if request.method == "POST" and plan_text and not wrong:
        try:
            costing = actions.ask_for_costing(
                by=request.user,
                at=timezone.now(),
                plan_text=plan_text,
                rates=card,
                returns=returns,
                ages=(draft.answers["returns"]["youngest"], draft.answers["returns"]["oldest"]),
                replications=_replications(request),
                authority=returns.authority,
            )
        except NotNow as not_now:
            wrong = not_now.sentence
        else:
            return redirect("programme:costing", costing.pk)
    return render(
        request,
        "programme/costing/check.html",
        {
            "draft": draft,
            "returns": returns,
            "steps": [
                (key, title, key in todo, _answers(key, draft, known))
                for key, title in planning.steps_of(draft.answers).items()
            ],
            "ready": bool(plan_text) and not wrong,
            "wrong": planning.plainly(wrong),
            "wrong_step": planning.step_of(wrong),
            "wrong_title": planning.STEPS[planning.step_of(wrong)],
            "plan_text": plan_text,
            "replications": rules.REPLICATIONS,
        },
    )


def _draft(request: HttpRequest, draft_id: UUID) -> Draft:
    draft = queries.a_draft(request.user, timezone.localdate(), draft_id)
    if draft is None:
        raise Http404
    return draft


def _known(request: HttpRequest, draft: Draft) -> tuple[Known, Returns | None, RateCard | None]:
    """What the steps may offer, and the returns and the rate card that were chosen."""
    on = timezone.localdate()
    returns = list(queries.returns(request.user, on))
    chosen = draft.answers.get("returns", {}).get("returns")
    mine = next((each for each in returns if str(each.pk) == chosen), None)
    card_id = draft.answers.get("prices", {}).get("card")
    card = queries.a_rate_card(request.user, on, UUID(card_id)) if card_id else None
    prices = reading.a_tariff(card.text).rates if card else ()
    known = Known(
        answers=draft.answers,
        returns=[(str(each.pk), str(each)) for each in returns if each.let_go_at is None],
        cards=[(str(each.pk), str(each)) for each in queries.rate_cards(request.user, on)],
        homes=mine.homes if mine else (),
        last_year=mine.last_year if mine else 0,
        prices=[(rate.item, rate.unit) for rate in prices],
    )
    return known, mine, card


def _needs(part: str, known: Known) -> str:
    """What has to be there before this step can be answered."""
    if part == "returns":
        return "" if known.returns else "returns"
    if part == "prices":
        return "" if known.cards else "a rate card"
    if not known.homes:
        return "the returns of this draft"
    return "" if known.prices else "the rate card of this draft"


def _saved(request: HttpRequest, draft: Draft, part: str, form: Any) -> bool:
    try:
        actions.save_step(
            by=request.user, at=timezone.now(), draft=draft, step=part, said=form.said(),
            version=int(request.POST.get("version", "0") or 0),
        )  # fmt: skip
    except (NotNow, ValueError) as wrong:
        sentence = getattr(wrong, "sentence", "Open this page again: it had lost its place.")
        form.add_error(None, sentence)
        return False
    draft.answers = {**draft.answers, part: form.said()}
    return True


def _after(draft: Draft, part: str) -> tuple[Any, ...]:
    """The next step that is still to say, or the check once all are said."""
    steps = list(planning.steps_of(draft.answers))
    todo = planning.still_to_say(draft.answers)
    later = steps[steps.index(part) + 1 :] if part in steps else steps
    following = next((each for each in later if each in todo), next(iter(todo), None))
    return ("programme:step", draft.pk, following) if following else ("programme:check", draft.pk)


def _replications(request: HttpRequest) -> int:
    asked = request.POST.get("replications", "")
    return int(asked) if asked in {str(each) for each in rules.REPLICATIONS} else 1_000


def _answers(part: str, draft: Draft, known: Known) -> list[tuple[str, str]]:
    """What was said at a step, under the words in which it was asked."""
    said = draft.answers.get(part)
    if not said:
        return []
    form = FORMS[part](known)
    found = []
    for name, asked in form.fields.items():
        if name not in said:
            continue
        value, offered = said[name], dict(getattr(asked, "choices", ()))
        named = {str(key): text for key, text in offered.items()}
        many = value if isinstance(value, list) else [value]
        shown = form.as_asked({name: value})[name]
        if named or isinstance(value, list):
            shown = ", ".join(named.get(str(each), str(each)) for each in many)
        attrs = asked.widget.attrs
        if "prefix" in attrs or "suffix" in attrs:
            shown = f"{attrs.get('prefix', '')}{shown}{attrs.get('suffix', '')}"
        found.append((str(asked.label), shown))
    return found
