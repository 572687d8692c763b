from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.account.urls")),
    path("account/", include("allauth.mfa.urls")),
    path("", include("onedoor.team.urls")),
    path("", include("onedoor.door.urls")),
    path("", include("onedoor.plan.urls")),
    path("", include("onedoor.homes.urls")),
    path("", include("onedoor.outcomes.urls")),
    path("", include("onedoor.today.urls")),
    path("", include("onedoor.programme.urls")),
]
if settings.DEMONSTRATION:
    urlpatterns.append(path("demonstration/", include("onedoor.demo.urls")))
