"""Settings that a council's One Door and the national forum share.

Everything a deployment may change comes from the environment, named ONEDOOR_…, with a safe answer
where none is given. `onedoor.settings.council` and `onedoor.settings.forum` add their rooms.
"""

import secrets
import sqlite3
from pathlib import Path

import environ
from csp.constants import NONE, SELF

from onedoor.team.engine import wal_is_mended

env = environ.Env()
ROOT = Path(__file__).resolve().parents[2]
VAR = Path(env.str("ONEDOOR_VAR", str(ROOT / "var")))
VAR.mkdir(parents=True, exist_ok=True)
# Where `evidence.places` keeps the list of postcodes, made ready once.
POSTCODES = VAR / "postcodes"


def kept_secret(path: Path) -> str:
    """A signing key made once for this machine and kept beside its data, readable by us alone."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


SECRET_KEY = env.str("ONEDOOR_SECRET_KEY", "") or kept_secret(VAR / "secret")
DEBUG = False
ALLOWED_HOSTS = env.list("ONEDOOR_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
HTTPS = env.bool("ONEDOOR_HTTPS", False)
# How many proxies of our own every request passes. What they say of a visitor is believed; with
# none, anybody could say it of themself.
PROXIES = env.int("ONEDOOR_PROXIES", 0)
# How anybody reaches the people who run this, as it should read on a page.
CONTACT = env.str("ONEDOOR_CONTACT", "")
COUNCIL_NAME = env.str("ONEDOOR_COUNCIL", "Your council")
DEMONSTRATION = env.bool("ONEDOOR_DEMONSTRATION", False)
ONE_TIME_CODE_REQUIRED = env.bool("ONEDOOR_ONE_TIME_CODE", not DEMONSTRATION)


def sqlite_options(version: tuple[int, int, int]) -> dict[str, object]:
    """Options under which SQLite loses nothing it has acknowledged, power cut included.

    Write-ahead logging before 3.51.3 (or the two mended older lines) can lose commits when the log
    is reset, so older libraries use a truncated rollback journal. REPLACE slips past append-only
    triggers unless recursive_triggers is on.
    """
    journal = "WAL" if wal_is_mended(version) else "TRUNCATE"
    pragmas = {
        "journal_mode": journal,
        "synchronous": "FULL",
        "recursive_triggers": "ON",
        "cache_size": -20000,
        "temp_store": "MEMORY",
    }
    command = "".join(f"PRAGMA {name}={value};" for name, value in pragmas.items())
    return {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": command}


DATABASES = {"default": env.db_url("ONEDOOR_DATABASE_URL", f"sqlite:///{VAR / 'onedoor.sqlite3'}")}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["OPTIONS"] = sqlite_options(sqlite3.sqlite_version_info[:3])
DATABASES["default"]["CONN_MAX_AGE"] = None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Shared between the web workers, so that a limit on guesses counts them all.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(VAR / "cache"),
    }
}

INSTALLED_APPS = [
    "onedoor.govuk",
    "onedoor.team",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
MIDDLEWARE = [
    "onedoor.team.logs.each_request",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "onedoor.team.signing_in.end_short_sessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "onedoor.team.signing_in.AskFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "onedoor.team.signing_in.one_time_code_first",
    "onedoor.team.reads.write_reads_and_refusals",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "onedoor.team.pages.every_page",
            ],
        },
    }
]
FORM_RENDERER = "onedoor.govuk.forms.Paint"

AUTH_USER_MODEL = "team.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "onedoor.team.signing_in.InvitedOnly"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "One Door: "
# Limits for our own public pages stand beside allauth's, which has the counter.
ACCOUNT_RATE_LIMITS = {
    "start_referral": "20/h/ip",
    "return_code": "10/h/ip",
    "save_step": "60/m/ip",
}
ACCOUNT_SESSION_REMEMBER = False
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "One Door"
MFA_TOTP_TOLERANCE = 1
# In a cookie a message, and the name in it, would be readable on whatever computer it was shown.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_TRUSTED_ORIGINS = env.list("ONEDOOR_ORIGINS", default=[])
SECURE_SSL_REDIRECT = HTTPS
# A proxy that ends TLS speaks plain HTTP to us: unheard, we would send its visitors round for ever.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES > 0 else None
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "img-src": [SELF, "data:"],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

EMAIL_BACKEND = env.str("ONEDOOR_EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
DEFAULT_FROM_EMAIL = env.str("ONEDOOR_EMAIL_FROM", "one-door@localhost")
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
STATIC_URL = "static/"
STATIC_ROOT = str(VAR / "static")
WHITENOISE_USE_FINDERS = True
# django's own logging is replaced by allow-listed lines: see team/logs.py
LOGGING_CONFIG = "onedoor.team.logs.configure"
LOGGING = {"level": env.str("ONEDOOR_LOG_LEVEL", "INFO")}
