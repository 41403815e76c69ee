"""The addresses of signing in. Sign-up, mail and password reset by mail are absent, not merely closed."""

from allauth.account import views as account
from django.urls import include, path

from varta.people.views import sessions

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
    path("sessions/end/", sessions.end_all, name="account_end_all_sessions"),
]
