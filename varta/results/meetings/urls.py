"""The addresses of meetings."""

from django.urls import path

from varta.results.meetings import register, screen, steps, views

app_name = "meetings"
urlpatterns = [
    path("", views.listed, name="meetings"),
    path("new/", steps.new, name="new"),
    path("decisions/", register.register, name="decisions"),
    path("decisions.<str:form>", register.export, name="decisions_file"),
    path("<uuid:key>/", views.meeting, name="meeting"),
    path("<uuid:key>/meeting.ics", views.calendar, name="calendar"),
    path("<uuid:key>/minutes.<str:form>", views.minutes, name="minutes_file"),
    path("<uuid:key>/screen/", screen.screen, name="screen"),
    path("<uuid:key>/presenter/", screen.presenter, name="presenter"),
    path("<uuid:key>/agenda/", steps.item, name="item_new"),
    path("<uuid:key>/agenda/<int:number>/", steps.item, name="item"),
    path("<uuid:key>/minutes/<int:number>/", steps.minutes, name="minutes"),
    path("<uuid:key>/decide/", steps.decide, name="decide"),
    path("<uuid:key>/decide/<int:number>/", steps.decide, name="decision"),
    path("<uuid:key>/invite/", steps.invite, name="invite"),
    path("<uuid:key>/attend/", steps.attend, name="attend"),
    path("<uuid:key>/follow-up/", steps.follow_up, name="follow_up"),
    path("<uuid:key>/step/<str:step>/", steps.step, name="step"),
]
