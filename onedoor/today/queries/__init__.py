from onedoor.today.queries.leaving import how_many_are_theirs, leaver, theirs
from onedoor.today.queries.my_day import my_day
from onedoor.today.queries.page import the_page
from onedoor.today.queries.tonight import tonight
from onedoor.today.queries.whereabouts import Whereabouts, whereabouts

__all__ = [
    "Whereabouts",
    "how_many_are_theirs",
    "leaver",
    "my_day",
    "the_page",
    "theirs",
    "tonight",
    "whereabouts",
]
