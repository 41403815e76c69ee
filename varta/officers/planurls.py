"""The addresses of placement."""

from django.urls import path

from varta.officers.views import placement

patterns = [
    path("placement/", placement.listed, name="placement"),
    path("placement/compare/", placement.compare, name="plan_compare"),
    path("placement/proposals/", placement.decide, name="plan_decide"),
    path("placement/<uuid:key>/", placement.plan, name="plan"),
    path("placement/<uuid:key>/progress/", placement.progress, name="plan_progress"),
    path("placement/<uuid:key>/cancel/", placement.cancel, name="plan_cancel"),
    path("placement/<uuid:key>/propose/", placement.propose, name="plan_propose"),
    path("placement/<uuid:key>/export.<str:form>", placement.export, name="plan_export"),
]
