"""The addresses of the programme of hromada officers."""

from django.urls import path

from varta.officers.views import programme

app_name = "officers"
urlpatterns = [
    path("", programme.state, name="programme"),
]
