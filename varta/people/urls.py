"""The addresses of people."""

from django.urls import path

from varta.people.views import accounts, log, me, persons

app_name = "people"
urlpatterns = [
    path("", persons.search, name="search"),
    path("me/", me.me, name="me"),
    path("me/preferences/", me.prefer, name="prefer"),
    path("me/acting/", me.act_as, name="act_as"),
    path("accounts/", accounts.listed, name="accounts"),
    path("accounts/new/", accounts.new, name="account_new"),
    path("accounts/<int:pk>/", accounts.account, name="account"),
    path("accounts/<int:pk>/appoint/", accounts.appoint, name="appoint"),
    path("accounts/<int:pk>/appointments/<int:appointment>/end/", accounts.end, name="appointment_end"),
    path("accounts/<int:pk>/reset/", accounts.reset, name="reset"),
    path("accounts/<int:pk>/lock/", accounts.lock, name="lock"),
    path("log/", log.log, name="log"),
    path("log/export/", log.export, name="log_export"),
    path("<uuid:key>/", persons.file, name="file"),
    path("<uuid:key>/residence/", persons.reveal, name="reveal"),
    path("<uuid:key>/looks/", persons.looks_at, name="looks_at"),
]
