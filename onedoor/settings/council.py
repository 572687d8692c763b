"""One council's One Door: every room but the national forum."""

from onedoor.settings.base import *  # noqa: F403
from onedoor.settings.base import DEMONSTRATION, INSTALLED_APPS

ROOT_URLCONF = "onedoor.urls_council"
INSTALLED_APPS = [
    *INSTALLED_APPS,
    "onedoor.team.subjects",
    "onedoor.door",
    "onedoor.plan",
    "onedoor.homes",
    "onedoor.outcomes",
    "onedoor.today",
    "onedoor.programme",
    "django_tasks",
    "django_tasks_db",
]
# Jobs wait in our own database: asked for with the change that needs them, or not at all.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
if DEMONSTRATION:
    INSTALLED_APPS.append("onedoor.demo")
    LOGIN_URL = "demo:sign_in"  # whoever is not signed in chooses whose eyes to look through
