"""All settings of Varta: each from the environment, with a safe default or a loud failure."""

import os
from pathlib import Path

from varta.lib import home, postgres

BASE_DIR = Path(__file__).resolve().parent
VARTA_HOME = home.path()
DEMO = os.environ.get("VARTA_DEMO", "") == "1"
DEBUG = False

SECRET_KEY = os.environ.get("VARTA_SECRET_KEY") or home.secret("django")
ALLOWED_HOSTS = os.environ.get("VARTA_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("VARTA_ORIGINS", "").split(",") if o]

INSTALLED_APPS = [
    "varta.shell",
    "varta.results",
    "varta.calls",
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
    "varta.people.middleware.Reading",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "varta.shell.middleware.ContentSecurity",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "varta.urls"
ASGI_APPLICATION = "varta.asgi.application"
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
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "varta_cache"}}

AUTH_USER_MODEL = "people.Officer"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

LANGUAGE_CODE = "uk"
LANGUAGES = [("uk", "Українська"), ("en", "English")]
TIME_ZONE = "Europe/Kyiv"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VARTA_HOME / "static"
