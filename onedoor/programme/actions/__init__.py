"""What the council does with its own numbers: count them, price a plan, cost it."""

from onedoor.programme.actions.asking import ask_for_costing, run_again
from onedoor.programme.actions.counting import keep_returns, let_go, make_baseline
from onedoor.programme.actions.drafting import copy_draft, make_rate_card, save_step, start_draft

__all__ = [
    "ask_for_costing",
    "copy_draft",
    "keep_returns",
    "let_go",
    "make_baseline",
    "make_rate_card",
    "run_again",
    "save_step",
    "start_draft",
]
