"""Settings for the tests: the council's, quicker, and with the guard on reads."""

import os
import tempfile

os.environ.setdefault("ONEDOOR_SECRET_KEY", "a key for tests, which protects nothing")
os.environ.setdefault("ONEDOOR_VAR", tempfile.mkdtemp(prefix="onedoor-test-"))
os.environ.setdefault("ONEDOOR_DEMONSTRATION", "on")
os.environ.setdefault("ONEDOOR_COUNCIL", "Northmoor Council")

from onedoor.settings.council import *  # noqa: E402, F403
from onedoor.settings.council import MIDDLEWARE  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MIDDLEWARE = ["tests.query_guard.nothing_sensitive_unrecorded", *MIDDLEWARE]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
