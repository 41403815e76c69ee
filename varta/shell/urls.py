"""The addresses of the shell: start page, help, choices, health, metrics, and what happens on errors."""

from django.urls import path

from varta.shell import probes, views

app_name = "shell"
urlpatterns = [
    path("", views.start, name="start"),
    path("figures/", views.first_figures, name="figures"),
    path("help/", views.guide, name="help"),
    path("choose/", views.choose, name="choose"),
    path("health", probes.health, name="health"),
    path("metrics", probes.metrics, name="metrics"),
]
