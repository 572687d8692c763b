from django.urls import path

from onedoor.door.views import about, coming_in, welcoming

app_name = "door"
YP = "young-person/<uuid:young_person_id>"
DOOR = "door/<uuid:referral_id>"
urlpatterns = [
    path("come-in/", coming_in.come_in, name="come_in"),
    path("come-in/code/", coming_in.referral_return, name="referral_return"),
    path("come-in/away/", coming_in.leave_quickly, name="leave_quickly"),
    path("come-in/finish/", coming_in.forget_me, name="forget_me"),
    path("come-in/<uuid:referral_id>/check/", coming_in.referral_check, name="referral_check"),
    path("come-in/<uuid:referral_id>/sent/", coming_in.referral_sent, name="referral_sent"),
    path("come-in/<uuid:referral_id>/<slug:step>/", coming_in.referral_step, name="referral_step"),
    path("brought/", coming_in.brought, name="brought"),
    path("door/", welcoming.at_the_door, name="at_the_door"),
    path(f"{DOOR}/", welcoming.referral, name="referral"),
    path(f"{DOOR}/welcome/", welcoming.welcome, name="welcome"),
    path(f"{DOOR}/answer/", welcoming.answer, name="answer"),
    path(f"{DOOR}/check-back/", welcoming.check_back, name="check_back"),
    path(f"{DOOR}/tell/", welcoming.tell_referrer, name="tell_referrer"),
    path(f"{DOOR}/back/<uuid:young_person_id>/", welcoming.same_person, name="same_person"),
    path("provocations/", welcoming.provocations, name="provocations"),
    path("provocations/<slug:key>/", welcoming.word_provocation, name="word_provocation"),
    path("search/", about.search, name="search"),
    path(f"{YP}/people/", about.people, name="people"),
    path(f"{YP}/said-at-the-door/", about.said_at_the_door, name="said_at_the_door"),
    path(f"{YP}/people/own-account/", about.own_account, name="own_account"),
    path(f"{YP}/people/tie/", about.tie, name="tie"),
    path(f"{YP}/people/<uuid:tie_id>/end/", about.untie, name="untie"),
    path(f"{YP}/key-worker/", about.key_worker, name="key_worker"),
    path(f"{YP}/name/", about.name, name="name"),
    path(f"{YP}/standing/", about.standing, name="standing"),
    path(f"{YP}/notice/", about.notice, name="notice"),
    path(f"{YP}/notice/<uuid:notice_id>/lift/", about.lift_notice, name="lift_notice"),
    path(f"{YP}/address/", about.address, name="address"),
    path(f"{YP}/address/add/", about.add_address, name="add_address"),
    path(f"{YP}/come-back/", about.come_back, name="come_back"),
    path(f"{YP}/who-looked/", about.who_looked, name="who_looked"),
]
