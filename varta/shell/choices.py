"""Language and theme: the account's where somebody is signed in, else the cookie's, else Ukrainian."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

THEME_COOKIE = "varta_theme"
THEMES = ("auto", "light", "dark")
LANGUAGES = tuple(code for code, _ in settings.LANGUAGES)
A_YEAR = 365 * 24 * 3600


def language_of(request: HttpRequest) -> str:
    """Return "uk" or "en"; what the browser asks for plays no part."""
    return _chosen(request, "language", settings.LANGUAGE_COOKIE_NAME, LANGUAGES)


def theme_of(request: HttpRequest) -> str:
    """Return "auto", "light" or "dark"."""
    return _chosen(request, "theme", THEME_COOKIE, THEMES)


def remember(response: HttpResponse, *, cookie: str, value: str) -> None:
    """Keep a choice on this device for a year."""
    response.set_cookie(
        cookie, value, max_age=A_YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
    )


def _chosen(request: HttpRequest, name: str, cookie: str, known: tuple[str, ...]) -> str:
    officer = getattr(request, "user", None)
    if officer is not None and officer.is_authenticated:
        return str(getattr(officer, name))
    kept = request.COOKIES.get(cookie)
    return kept if kept in known else known[0]
