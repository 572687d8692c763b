from django.urls import path

from onedoor.outcomes import views

app_name = "outcomes"
HERE = "young-person/<uuid:young_person_id>/story/"
urlpatterns = [
    path(HERE, views.story, name="story"),
    path(HERE + "to-print/", views.story_to_print, name="story_to_print"),
    path(HERE + "note/", views.note_event, name="note_event"),
    path(HERE + "events/<uuid:event_id>/correct/", views.correct_event, name="correct_event"),
]
