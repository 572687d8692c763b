app_name = "door"
urlpatterns = []
