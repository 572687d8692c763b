from onedoor.today.queries.leaving import (
    how_many_are_theirs,
    how_many_would_be_without,
    leaver,
    role_to_end,
    theirs,
)
from onedoor.today.queries.my_day import my_day
from onedoor.today.queries.page import the_page
from onedoor.today.queries.tonight import tonight
from onedoor.today.queries.whereabouts import Whereabouts, whereabouts

__all__ = [
    "Whereabouts",
    "how_many_are_theirs",
    "how_many_would_be_without",
    "leaver",
    "my_day",
    "role_to_end",
    "the_page",
    "theirs",
    "tonight",
    "whereabouts",
]
