"""The addresses of prospects and targets; they belong to the addresses of results."""

from django.urls import path

from varta.results.ahead import targetviews, views, whatifviews

urlpatterns = [
    path("prospects/", views.prospects, name="prospects"),
    path("prospects/ask/", views.ask, name="prospects_ask"),
    path("prospects/progress/", views.progress, name="prospects_progress"),
    path("prospects/export.csv", views.export, name="prospects_export"),
    path("what-if/", whatifviews.show, name="what_if"),
    path("targets/", targetviews.listed, name="targets"),
    path("targets/new/", targetviews.new, name="target_new"),
    path("targets/export.csv", targetviews.export, name="targets_export"),
    path("targets/<int:number>/", targetviews.target, name="target"),
]
