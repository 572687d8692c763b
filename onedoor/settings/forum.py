"""The national forum: no room that could hold a young person."""

from onedoor.settings.base import *  # noqa: F403

ROOT_URLCONF = "onedoor.urls_forum"
