from django.urls import path

from onedoor.homes.views import buildings, living

app_name = "homes"
YP = "young-person/<uuid:young_person_id>/homes"
STAY = "stays/<uuid:stay_id>"
urlpatterns = [
    path("homes/", buildings.homes, name="homes"),
    path("homes/add/", buildings.open_home, name="open_home"),
    path("homes/<uuid:home_id>/", buildings.home, name="home"),
    path("homes/<uuid:home_id>/place/", buildings.add_place, name="add_place"),
    path("places/<uuid:place_id>/out-of-service/", buildings.out_of_service, name="out_of_service"),
    path("out-of-service/<uuid:out_id>/back/", buildings.back_in_service, name="back_in_service"),
    path(f"{YP}/", living.stays, name="stays"),
    path(f"{YP}/decide/", living.decide, name="decide"),
    path("decisions/<uuid:decision_id>/", living.decision, name="decision"),
    path("decisions/<uuid:decision_id>/move-in/", living.move_in, name="move_in"),
    path(f"{STAY}/", living.stay, name="stay"),
    path(f"{STAY}/arrive/", living.arrive, name="arrive"),
    path(f"{STAY}/longer/", living.stay_longer, name="stay_longer"),
    path(f"{STAY}/earlier/", living.end_early, name="end_early"),
    path(f"{STAY}/correct/", living.correct, name="correct"),
    path(f"{STAY}/end/", living.end, name="end"),
    path(f"{STAY}/move-on/", living.move_on, name="move_on"),
]
