"""The addresses of the officer's own page, of reports and of meetings."""

from django.urls import path

from varta.officers.views import meetings, mine, reports

patterns = [
    path("mine/", mine.page, name="mine"),
    path("hromadas/", mine.overview, name="overview"),
    path("reports/begin/", reports.begin, name="report_begin"),
    path("reports/<uuid:key>/", reports.one, name="report"),
    path("reports/<uuid:key>/count/", reports.count, name="report_count"),
    path("reports/<uuid:key>/edit/", reports.edit, name="report_edit"),
    path("reports/<uuid:key>/preview/", reports.preview, name="report_preview"),
    path("reports/<uuid:key>/publish/", reports.publish, name="report_publish"),
    path("reports/<uuid:key>/evaluate/", reports.evaluate, name="report_evaluate"),
    path("reports/<uuid:key>/paper/<language>/", reports.paper, name="report_pdf"),
    path("meetings/<uuid:key>/", meetings.all_of, name="meetings"),
    *(
        path(f"meetings/<uuid:key>/{step}/", meetings.step, {"step": step}, name=f"meeting_{step}")
        for step in ("plan", "hold", "miss")
    ),
]
