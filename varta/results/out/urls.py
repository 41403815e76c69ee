"""The addresses at which a frozen report is taken out; they stand below the report's own."""

from django.urls import path

from varta.results.out import views
from varta.results.out.press import views as press

urlpatterns = [
    path("", views.choose, name="out"),
    path("press/", press.of_report, name="out_press"),
    path("<slug:form>", views.send, name="out_form"),
]
