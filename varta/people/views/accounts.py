"""The administrator's pages: accounts, appointments, passwords. The log is not among them."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from varta.lib.clock import kyiv_day, now
from varta.people import actions, queries, roles
from varta.people.access import opens, reading_language
from varta.people.errors import PeopleRefused
from varta.people.forms import AppointForm, EndForm, OpenAccountForm, ResetForm
from varta.people.models import Appointment, Officer

PAGE = 50


@never_cache
@require_http_methods(["GET"])
@opens("accounts")
def listed(request: HttpRequest) -> HttpResponse:
    """List the accounts of the administrator's units."""
    words = request.GET.get("q", "").strip()[:100]
    found = queries.like(queries.accounts_visible_to(request.reader, on=kyiv_day(now())), words)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    language = reading_language()
    rows = [
        {
            "officer": officer,
            "name": officer.name_in(language),
            "appointments": _told(officer.valid_appointments),
        }
        for officer in page
    ]
    return render(request, "people/accounts.html", {"rows": rows, "page": page, "q": words})


@never_cache
@require_http_methods(["GET", "POST"])
@opens("accounts")
def new(request: HttpRequest) -> HttpResponse:
    """Open an account and show its first password once."""
    form = OpenAccountForm(request.POST or None)
    if form.is_valid():
        try:
            officer, password = actions.open_account(by=request.reader, at=now(), **form.cleaned_data)
        except PeopleRefused as refusal:
            form.refuse(refusal)
        else:
            return render(request, "people/password_given.html", {"officer": officer, "password": password})
    return render(request, "people/account_new.html", {"form": form})


@never_cache
@require_http_methods(["GET"])
@opens("accounts")
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one account with its appointments."""
    return _page(request, _officer(request, pk))


@require_POST
@opens("accounts")
def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a role over a place and a unit."""
    officer = _officer(request, pk)
    form = AppointForm(request.POST)
    done = _try(
        form, lambda: actions.appoint(by=request.reader, at=now(), officer=officer, **form.cleaned_data)
    )
    return _back(request, officer, _("Appointed.")) if done else _page(request, officer, appoint=form)


@require_POST
@opens("accounts")
def end(request: HttpRequest, pk: int, appointment: int) -> HttpResponse:
    """End an appointment."""
    officer = _officer(request, pk)
    found = get_object_or_404(
        Appointment.objects.select_related("officer", "place", "unit"), pk=appointment, officer=pk
    )
    form = EndForm(request.POST)
    done = _try(
        form,
        lambda: actions.end_appointment(
            by=request.reader, at=now(), appointment=found, until=form.cleaned_data["until"]
        ),
    )
    if not done:
        messages.error(request, " ".join(text for texts in form.errors.values() for text in texts))
    return _back(request, officer, _("The appointment is ended.") if done else "")


@require_POST
@opens("accounts")
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a new password and show it once."""
    officer = _officer(request, pk)
    form = ResetForm(request.POST)
    if form.is_valid():
        try:
            password = actions.reset_password(
                by=request.reader, at=now(), officer=officer, **form.cleaned_data
            )
        except PeopleRefused as refusal:
            form.refuse(refusal)
        else:
            return render(request, "people/password_given.html", {"officer": officer, "password": password})
    return _page(request, officer, reset=form)


@require_POST
@opens("accounts")
def lock(request: HttpRequest, pk: int) -> HttpResponse:
    """Lock the account, or unlock it."""
    officer = _officer(request, pk)
    locked = request.POST.get("locked") == "1"
    try:
        actions.set_locked(by=request.reader, at=now(), officer=officer, locked=locked)
    except PeopleRefused as refusal:
        messages.error(request, refusal.text(reading_language()))
        return _back(request, officer)
    return _back(request, officer, _("The account is locked.") if locked else _("The account is open."))


def _officer(request: HttpRequest, pk: int) -> Officer:
    return get_object_or_404(queries.accounts_visible_to(request.reader, on=kyiv_day(now())), pk=pk)


def _try(form, act: Callable[[], object]) -> bool:
    """Return whether the form was right and the action was done; else the form says why not."""
    if not form.is_valid():
        return False
    try:
        act()
    except PeopleRefused as refusal:
        form.refuse(refusal)
        return False
    return True


def _page(request: HttpRequest, officer: Officer, *, appoint=None, reset=None) -> HttpResponse:
    today = kyiv_day(now())
    every = officer.appointments.select_related("place", "unit")
    context = {
        "officer": officer,
        "appointments": _told(every),
        "today": today,
        "appoint": appoint or AppointForm(initial={"since": today}),
        "reset": reset or ResetForm(),
        "own": officer.pk == request.reader.officer_id,
    }
    return render(request, "people/account.html", context)


def _back(request: HttpRequest, officer: Officer, done: str = "") -> HttpResponse:
    if done:
        messages.success(request, done)
    return redirect("people:account", pk=officer.pk)


def _told(appointments) -> list[dict[str, object]]:
    language, today = reading_language(), kyiv_day(now())
    return [
        {
            "appointment": one,
            "role": roles.title(one.role, language),
            "place": one.place.titles[language],
            "unit": one.unit.titles[language],
            "lasts": one.until is None or one.until >= today,
        }
        for one in appointments
    ]
