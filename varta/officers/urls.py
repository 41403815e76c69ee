"""The addresses of the programme of hromada officers."""

from django.urls import path

from varta.officers.hromada import urls as own
from varta.officers.views import cover, programme, prospects, published

app_name = "officers"
urlpatterns = [
    path("", programme.state, name="programme"),
    path("counted/", programme.counted, name="counted"),
    path("state.<str:form>", programme.state_file, name="state_file"),
    path("published/", published.show, name="published"),
    path("prospects/", prospects.show, name="prospects"),
    path("cover/", cover.country, name="cover"),
    path("cover/export.<str:form>", cover.export, name="cover_export"),
    path("cover/<str:code>/", cover.hromada, name="cover_hromada"),
    *own.patterns,
]
