"""The officer's own page: preferences, appointments, sessions, and what the log says about them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from varta.lib.clock import kyiv_day, now
from varta.people import actions, looks, purposes, queries, roles
from varta.people.access import reading_language
from varta.people.forms import ActingForm, PreferencesForm
from varta.people.middleware import ACTING
from varta.people.models import Appointment
from varta.people.scope import Reader, reading
from varta.people.views.persons import told


@never_cache
@require_http_methods(["GET"])
def me(request: HttpRequest) -> HttpResponse:
    """Show the officer's own account and the looks that it left."""
    officer = request.user
    own = queries.looks_visible_to(request.reader).filter(officer=officer)
    context = {
        "preferences": PreferencesForm(instance=officer),
        "appointments": [_told(one, request.reader) for one in officer.appointments.valid(kyiv_day(now()))],
        "looks": list(told(own[:50])),
    }
    return render(request, "people/me.html", context)


@require_POST
def prefer(request: HttpRequest) -> HttpResponse:
    """Keep language and theme."""
    form = PreferencesForm(request.POST, instance=request.user)
    if not form.is_valid():
        messages.error(request, _("Choose from the list."))
        return redirect("people:me")
    actions.prefer(officer=request.user, **form.cleaned_data)
    messages.success(request, _("Kept."))
    return redirect("people:me")


@require_POST
def act_as(request: HttpRequest) -> HttpResponse:
    """Act under another appointment of one's own from now on."""
    form = ActingForm(request.POST, officer=request.user)
    if not form.is_valid():
        messages.error(request, _("This appointment is not in force."))
        return redirect("people:me")
    chosen = form.cleaned_data["appointment"]
    request.session[ACTING] = chosen.pk
    purposes.forget(request.session)
    by = Reader.appointed(chosen)
    with reading(by):
        looks.note(by=by, at=now(), action="acting-as", subject_kind="officer", subject_key=request.user.pk)
    messages.success(request, _("You act under the chosen appointment."))
    return redirect("/")


def _told(appointment: Appointment, reader: Reader) -> dict[str, object]:
    language = reading_language()
    return {
        "appointment": appointment,
        "role": roles.title(appointment.role, language),
        "place": appointment.place.titles[language],
        "unit": appointment.unit.titles[language],
        "acting": appointment.pk == reader.appointment_id,
    }
