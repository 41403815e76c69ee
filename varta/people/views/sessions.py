"""Signing out everywhere."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST


@require_POST
def end_all(request: HttpRequest) -> HttpResponse:
    """End every session of the officer, this one too."""
    for session in UserSession.objects.filter(user=request.user):
        session.end()
    logout(request)
    messages.success(request, _("You are signed out on every device."))
    return redirect("account_login")
