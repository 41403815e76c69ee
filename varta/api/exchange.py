"""The addresses beside those of the API: CAP, and what the desk is told of partners."""

from django.urls import path

from varta.api.cap import views as cap
from varta.api.partners import views as partners

app_name = "exchange"
urlpatterns = [
    path("cap", cap.alerts, name="cap"),
    path("cap/<uuid:key>.xml", cap.alert, name="cap-alert"),
    path("floods.html", partners.floods, name="floods"),
]
