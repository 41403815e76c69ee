"""All settings of Varta: each from the environment, with a safe default or a loud failure."""

import os
import re
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from varta.lib import gateways, home, postgres, quiet

BASE_DIR = Path(__file__).resolve().parent
VARTA_HOME = home.path()
DEMO = os.environ.get("VARTA_DEMO", "") == "1"
DEBUG = False

SECRET_KEY = os.environ.get("VARTA_SECRET_KEY") or home.secret("django")
ALLOWED_HOSTS = os.environ.get("VARTA_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("VARTA_ORIGINS", "").split(",") if o]

VARTA_LIVE = os.environ.get("VARTA_LIVE", "")  # where boards find `varta live`, see shell/live.py
if not re.fullmatch(r"|:[0-9]{1,5}|https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?", VARTA_LIVE):
    raise ImproperlyConfigured(
        f"VARTA_LIVE is {VARTA_LIVE!r}: give :PORT, an address such as https://…, or none."
    )
VARTA_LIVE_RECHECK = int(os.environ.get("VARTA_LIVE_RECHECK", "45"))  # seconds
if not 1 <= VARTA_LIVE_RECHECK <= 50:
    raise ImproperlyConfigured("VARTA_LIVE_RECHECK is 1 to 50: a board is closed after a minute unlooked at.")

INSTALLED_APPS = [
    "varta.api",
    "varta.shell",
    "varta.results",
    "varta.results.meetings",
    "varta.results.out.press",
    "varta.results.ahead",  # targets and forecasts
    "varta.residents",
    "varta.calls",
    "varta.appeals",
    "varta.officers",
    "varta.notices",
    "varta.published",
    "varta.lake",
    "varta.cases",
    "varta.people",
    "varta.places",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "varta.shell.middleware.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "varta.shell.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "varta.shell.middleware.NothingLost",
    "varta.people.middleware.Attended",
    "varta.people.middleware.SignedIn",
    "varta.people.middleware.Reading",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "varta.shell.middleware.ContentSecurity",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "varta.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "varta.shell.context.shell",
            ],
        },
    },
]

# The application's role owns no table; `varta migrate` and tests' set-up connect as the owner.
DATABASES = {"default": postgres.django_database(os.environ.get("VARTA_DATABASE_ROLE", "app"))}
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
DATABASES["default"]["ATOMIC_REQUESTS"] = True  # a view's writes stand or fall together
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "varta_cache",
        # Room enough that nobody can push the counters of sign-in attempts out by filling it.
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}

AUTH_USER_MODEL = "people.Officer"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # logins are unique without regard to case, by a constraint
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
DOORS = ("/account/", "/choose/", "/health", "/metrics")  # reached before sign-in is complete

# NIST 800-63B-4: length matters, composition does not; scrypt needs no further package.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("login", "name", "name_en", "email")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

ACCOUNT_ADAPTER = "varta.people.doors.Door"
ACCOUNT_FORMS = {"login": "varta.people.forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]  # nobody signs up; a check asks for it
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# Guessing: by account five in five minutes and twenty in a day, by address twenty in a minute;
# an unknown login counts like a known one.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "20/m/ip,5/5m/key,20/d/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("VARTA_PROXIES", "0"))

MFA_ADAPTER = "varta.people.doors.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
USERSESSIONS_TRACK_ACTIVITY = False

# A session locks after half an hour without a request and ends after a shift of twelve hours.
VARTA_IDLE_MINUTES = int(os.environ.get("VARTA_IDLE_MINUTES", "30"))
SESSION_COOKIE_AGE = int(os.environ.get("VARTA_SESSION_HOURS", "12")) * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
HTTPS = os.environ.get("VARTA_HTTPS", "") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health$", r"^metrics$"]
SECURE_HSTS_SECONDS = int(os.environ.get("VARTA_HSTS_SECONDS", "31536000" if HTTPS else "0"))
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "varta.shell.errors.forbidden"

# How Varta names itself to other systems: the sender of CAP alerts, the jurisdiction of Open311.
VARTA_CAP_SENDER = os.environ.get("VARTA_CAP_SENDER", f"varta@{ALLOWED_HOSTS[0]}")
VARTA_JURISDICTION = os.environ.get("VARTA_JURISDICTION", ALLOWED_HOSTS[0])
VARTA_CONTACT = os.environ.get("VARTA_CONTACT", "102")

LANGUAGE_CODE = "uk"
LANGUAGES = [("uk", "Українська"), ("en", "English")]
FORMAT_MODULE_PATH = "varta.shell.formats"
TIME_ZONE = "Europe/Kyiv"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VARTA_HOME / "static"

# Notices: the ways out are named here and nowhere else. "local" is the provider that sends nothing.
VARTA_PUBLIC_URL = gateways.web_address("VARTA_PUBLIC_URL")
VARTA_NOTICES = os.environ.get("VARTA_NOTICES", "local" if DEMO else "")
VARTA_QUIET_HOURS = quiet.read(os.environ.get("VARTA_QUIET_HOURS", "22-8"))
VARTA_EMAIL = gateways.smtp("VARTA_EMAIL_URL")
globals().update(VARTA_EMAIL)  # EMAIL_HOST and the rest
EMAIL_TIMEOUT = 10
VARTA_SMS_URL = gateways.web_address("VARTA_SMS_URL")
VARTA_SMS_TOKEN = os.environ.get("VARTA_SMS_TOKEN", "")
VARTA_SMS_FIELDS = os.environ.get("VARTA_SMS_FIELDS", '{"to": "{to}", "text": "{text}", "id": "{key}"}')
VARTA_SMS_ID = os.environ.get("VARTA_SMS_ID", "id")
VARTA_TELEGRAM_URL = gateways.web_address("VARTA_TELEGRAM_URL", "https://api.telegram.org")
VARTA_TELEGRAM_TOKEN = os.environ.get("VARTA_TELEGRAM_TOKEN", "")
VARTA_TELEGRAM_BOT = os.environ.get("VARTA_TELEGRAM_BOT", "")
VARTA_EXIT_URL = os.environ.get("VARTA_EXIT_URL", "https://www.meteo.gov.ua/")  # where "leave at once" leads

# Roads and maps. Without them arrival is estimated by straight lines, and the map shows Varta's own boundaries.
VARTA_ROADS = os.environ.get("VARTA_ROADS", "")  # a Valhalla server, for example http://127.0.0.1:8002
VARTA_TILES = os.environ.get(
    "VARTA_TILES", ""
)  # raster tiles, for example https://tiles.example/{z}/{x}/{y}.png
VARTA_PMTILES = os.environ.get("VARTA_PMTILES", "")  # a .pmtiles file of this machine, which Varta serves
