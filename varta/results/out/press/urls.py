"""The addresses of statements and their templates."""

from django.urls import path

from varta.results.out.press import views

urlpatterns = [
    path("", views.listed, name="statements"),
    path("<int:key>/", views.statement, name="statement"),
    path("templates/new/", views.new, name="statement_template_new"),
    path("templates/<slug:code>/", views.edit, name="statement_template"),
]
