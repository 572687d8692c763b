"""How likely each change is in a month, for those who are looked after."""

import numpy as np

from onedoor.evidence.synth.chance import Reals, Whole
from onedoor.evidence.synth.mechanism import ADOLESCENT, OLDER, age_band
from onedoor.evidence.synth.month import Flags, Month
from onedoor.evidence.synth.people import MONTH

LEAVE, BREAK, PLAN, STEP_DOWN, TO_SUPPORTED, TO_ADOPTION = range(6)
FIVE = 60


def of(month: Month, who: Whole) -> Reals:
    """(6, N): the hazard a month of each change, in the order above."""
    how, now, people = month.how, month.now, month.people
    age, need, home = month.age(who), people.need[who], now.home[who]
    band = age_band(age)
    in_stay = np.maximum(month.first - now.since[who], 0) / MONTH
    in_care = np.maximum(month.first - now.entered[who], 0) / MONTH
    short, teen = people.short[who], age >= ADOLESCENT
    rates = np.zeros((6, len(who)))
    rates[LEAVE] = _leaving(month, need, in_care, short) * how.leaves[home]
    told = how.told["breaking_down"]
    rates[BREAK] = (
        told["base"] * np.exp(told["need"] * need) * np.array(told["ages"])[band]
        * (1 + told["early"] * np.exp(-in_stay / told["falls_over"])) * how.breaks[home]
    )  # fmt: skip
    rates[BREAK, teen] *= month.effects["breakdown"]
    told = how.told["planned_move"]
    adoption, supported = how.home("adoption", "supported")
    moves_on = home != adoption
    rates[PLAN] = (
        told["base"] * np.array(told["ages"])[band] * moves_on
        * (1 + told["early"] * np.exp(-in_stay / told["falls_over"]))
        * np.where(short, told["short_stayers"], 1)
    )  # fmt: skip
    residential = np.isin(home, how.home("external_home", "own_home"))
    rates[TO_SUPPORTED] = told["to_supported"] * ((age >= OLDER) & (home != supported))
    rates[TO_ADOPTION] = told["to_adoption"] * ((age < FIVE) & moves_on & ~short)
    told = how.told["stepping_down"]
    rates[STEP_DOWN] = (
        told["base"] * np.exp(told["need"] * need) * month.effects["step_down"]
        * (teen & (residential | now.out[who]))
    )  # fmt: skip
    return rates


def _leaving(month: Month, need: Reals, in_care: Reals, short: Flags) -> Reals:
    told = month.how.told["leaving"]
    long = told["late"] + told["early"] * np.exp(-in_care / told["falls_over"])
    return np.asarray(np.where(short, told["short"], long) * np.exp(told["need"] * need))
