"""The questions asked at the door, read from `referral.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from onedoor.door.rules import Brought

EVERYBODY = tuple(b.value for b in Brought)


@dataclass(frozen=True)
class Question:
    key: str
    label: str
    kind: str
    themself: str = ""
    hint: str = ""
    needed: bool = False
    where: bool = False
    choices: tuple[str, ...] = ()
    who: tuple[str, ...] = EVERYBODY

    def words(self, brought_by: str) -> str:
        return self.themself if brought_by == Brought.THEMSELF and self.themself else self.label


@dataclass(frozen=True)
class Step:
    key: str
    title: str
    questions: tuple[Question, ...]
    themself: str = ""
    at_the_hub: str = ""
    who: tuple[str, ...] = EVERYBODY

    def words(self, brought_by: str) -> str:
        return self.themself if brought_by == Brought.THEMSELF and self.themself else self.title

    def asks(self, brought_by: str) -> tuple[Question, ...]:
        return tuple(q for q in self.questions if brought_by in q.who)


@cache
def every_step() -> tuple[Step, ...]:
    text = resources.files("onedoor.door").joinpath("referral.toml").read_text("utf-8")
    return tuple(
        Step(
            key=row["key"],
            title=row["title"],
            themself=row.get("themself", ""),
            at_the_hub=row.get("at_the_hub", ""),
            who=tuple(row.get("who", EVERYBODY)),
            questions=tuple(
                Question(
                    key=asked["key"],
                    label=asked["label"],
                    kind=asked["kind"],
                    themself=asked.get("themself", ""),
                    hint=asked.get("hint", ""),
                    needed=asked.get("needed", False),
                    where=asked.get("where", False),
                    choices=tuple(asked.get("choices", ())),
                    who=tuple(asked.get("who", EVERYBODY)),
                )
                for asked in row["question"]
            ),
        )
        for row in tomllib.loads(text)["step"]
    )


def steps_for(brought_by: str) -> tuple[Step, ...]:
    return tuple(step for step in every_step() if brought_by in step.who)


def still_needed(brought_by: str, said: dict[str, object]) -> list[str]:
    """The labels of the questions that must be answered before it can be sent, and are not."""
    return [
        question.words(brought_by)
        for step in steps_for(brought_by)
        for question in step.asks(brought_by)
        if question.needed and not said.get(question.key)
    ]
