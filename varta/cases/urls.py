"""The addresses of cases."""

from django.urls import path

from varta.cases import listing, views

app_name = "cases"
urlpatterns = [
    path("", listing.cases, name="cases"),
    path("export.<str:form>", listing.export, name="export"),
    path("search/", listing.search, name="search"),
    path("new/", listing.choose, name="choose"),
    path("new/<str:procedure>/", views.new, name="new"),
    path("<uuid:key>/", views.case, name="case"),
    path("<uuid:key>/take/<str:step>/", views.take, name="take"),
    path("<uuid:key>/correct/<uuid:entry>/", views.correct, name="correct"),
]
