"""The addresses of residents, and the desk's page of reports that wait for a call back."""

from django.urls import path

from varta.residents.views import desk, following, pages, reports, sending

app_name = "residents"
urlpatterns = [
    path("", pages.front, name="front"),
    path("report/", sending.report, name="report"),
    path("appeal/", sending.appeal, name="appeal"),
    path("follow/", following.follow, name="follow"),
    path("officer/", pages.officer_search, name="officer_search"),
    path("officer/<code>/", pages.officer, name="officer"),
    path("officer/<code>/card/<language>/", pages.card, name="card"),
    path("officer/<code>/reports/", reports.listed, name="reports"),
    path("reports/<uuid:address>/", reports.one, name="report_of"),
    path("reports/<uuid:address>/<int:revision>/", reports.one, name="report_edition"),
    path("reports/<uuid:address>/paper/<language>/", reports.paper, name="report_pdf"),
    path("places", pages.places, name="places"),
    path("work", pages.challenge, name="work"),
    path("waiting/", desk.waiting, name="waiting"),
    path("waiting/receipt/", desk.by_receipt, name="by_receipt"),
    path("waiting/<uuid:key>/confirm/", desk.confirm, name="confirm"),
    path("waiting/<uuid:key>/dismiss/", desk.dismiss, name="dismiss"),
]
