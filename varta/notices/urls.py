"""The addresses of notices."""

from django.urls import path

from varta.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.state, name="state"),
    path("local/", views.local_letters, name="local"),
    path("stop/<token>/", views.stop, name="stop"),
]
