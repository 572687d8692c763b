from onedoor.today.queries.my_day import my_day
from onedoor.today.queries.page import the_page
from onedoor.today.queries.tonight import tonight
from onedoor.today.queries.whereabouts import Whereabouts, whereabouts

__all__ = ["Whereabouts", "my_day", "the_page", "tonight", "whereabouts"]
