"""How the API says no: a code for programs and the reason in both languages."""

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from varta.cases.errors import CaseNotFound, StepRefused
from varta.results.report import ReportRefused


def register(api: NinjaAPI) -> None:
    """Let the API answer our refusals as such: 422, and 404 for a case that the reader has not."""

    @api.exception_handler(StepRefused)
    def step_refused(request: HttpRequest, refused: StepRefused) -> HttpResponse:
        texts = {language: refused.text(language) for language in ("uk", "en")}
        fields = {name: dict(text) for name, text in refused.fields.items()}
        status = 404 if isinstance(refused, CaseNotFound) else 422
        return api.create_response(request, {"code": refused.code, **texts, "fields": fields}, status=status)

    @api.exception_handler(ReportRefused)
    def report_refused(request: HttpRequest, refused: ReportRefused) -> HttpResponse:
        return api.create_response(
            request, {"code": "report-refused", **refused.texts, "fields": {}}, status=422
        )
