"""The addresses of the programme of hromada officers."""

from django.urls import path

from varta.officers import planurls
from varta.officers.hromada import urls as own
from varta.officers.views import candidates, cohorts, cover, memoranda, programme, prospects, published

app_name = "officers"
urlpatterns = [
    path("", programme.state, name="programme"),
    path("counted/", programme.counted, name="counted"),
    path("state.<str:form>", programme.state_file, name="state_file"),
    path("candidates/", candidates.listed, name="candidates"),
    path("candidates/export.<str:form>", candidates.export, name="candidates_export"),
    path("candidates/new/", candidates.new, name="candidate_new"),
    path("candidates/<uuid:key>/", candidates.candidate, name="candidate"),
    path("candidates/<uuid:key>/<str:step>/", candidates.step, name="candidate_step"),
    path("cohorts/", cohorts.listed, name="cohorts"),
    path("cohorts/new/", cohorts.new, name="cohort_new"),
    path("cohorts/<str:cohort>/", cohorts.cohort, name="cohort"),
    path("cohorts/<str:cohort>/edit/", cohorts.edit, name="cohort_edit"),
    path("cohorts/<str:cohort>/<str:what>/", cohorts.group, name="cohort_group"),
    path("memoranda/", memoranda.listed, name="memoranda"),
    path("memoranda/new/", memoranda.new, name="memorandum_new"),
    path("memoranda/<uuid:key>/", memoranda.memorandum, name="memorandum"),
    path("memoranda/<uuid:key>/<str:step>/", memoranda.step, name="memorandum_step"),
    path("published/", published.show, name="published"),
    path("prospects/", prospects.show, name="prospects"),
    path("cover/", cover.country, name="cover"),
    path("cover/export.<str:form>", cover.export, name="cover_export"),
    path("cover/<str:code>/", cover.hromada, name="cover_hromada"),
    *planurls.patterns,
    *own.patterns,
]
