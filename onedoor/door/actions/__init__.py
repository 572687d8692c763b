"""What happens at the door, in the order it happens."""

from onedoor.door.actions.around import (
    add_address,
    correct_name,
    lift_notice,
    put_notice,
    stand,
    tie,
    untie,
)
from onedoor.door.actions.key_work import change_key_worker
from onedoor.door.actions.provocations import answer_provocations, word_provocation
from onedoor.door.actions.referring import (
    open_referral,
    refer,
    save_step,
    tell_referrer,
)
from onedoor.door.actions.welcoming import (
    answer,
    check_back,
    come_back,
    step_away,
    welcome,
)

__all__ = [
    "add_address",
    "answer",
    "answer_provocations",
    "change_key_worker",
    "check_back",
    "come_back",
    "correct_name",
    "lift_notice",
    "open_referral",
    "put_notice",
    "refer",
    "save_step",
    "stand",
    "step_away",
    "tell_referrer",
    "tie",
    "untie",
    "welcome",
    "word_provocation",
]
