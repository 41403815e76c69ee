"""The addresses of partners' doors beside those of the API: CAP, under /api/."""

from django.urls import path

from varta.api.cap import views as cap

app_name = "exchange"
urlpatterns = [
    path("cap", cap.alerts, name="cap"),
    path("cap/<uuid:key>.xml", cap.alert, name="cap-alert"),
]
