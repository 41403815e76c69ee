"""A frozen report sent as a file; who took it is written down."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from varta.people import looks
from varta.people.access import opens, reading_language
from varta.people.roles import may_export
from varta.results.freezing import frozen_visible_to
from varta.results.models import FrozenReport
from varta.results.out import words
from varta.results.out.making import FORMS, Form
from varta.results.pack import Pack, of_frozen

LANGUAGES = {"uk": "Українською", "en": "English"}


@require_safe
@opens("results")
def choose(request: HttpRequest, name: str) -> HttpResponse:
    """Show the forms that the report can be taken out in, to those who may."""
    pack, language = of_frozen(exported(request, name)), reading_language()
    forms = [
        {"code": form.code, "title": form.title[language], "about": form.about[language]}
        for form in FORMS.values()
    ]
    page = {
        "name": pack.name,
        "title": words.text(pack.title, language),
        "edition": words.edition(pack, language),
        "whose": words.whose(pack, language),
        "digest": words.digest(pack),
        "forms": forms,
        "languages": LANGUAGES.items(),
    }
    return render(request, "results/out/choose.html", {"report": page})


@require_safe
@opens("results")
def send(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """Send the report in a form, in the language asked for or that of the page."""
    found = exported(request, name)
    language = request.GET.get("lang", reading_language())
    if form not in FORMS or language not in LANGUAGES:
        raise Http404
    note(request, found, form, language)
    return sent(of_frozen(found), FORMS[form], language)


def sent(pack: Pack, form: Form, language: str) -> HttpResponse:
    """Return a pack as a file of a form."""
    answer = HttpResponse(form.make(pack, language), content_type=form.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{form.file_name(pack, language)}"'
    return answer


def exported(request: HttpRequest, name: str) -> FrozenReport:
    """Return a report of the reader's area that the reader may take out; for others there is none."""
    found = (
        frozen_visible_to(request.reader).filter(name=name).first() if may_export(request.reader) else None
    )
    if found is None:
        raise Http404
    return found


def note(request: HttpRequest, found: FrozenReport, form: str, language: str) -> None:
    """Write down who takes the report out, and in which form."""
    detail = {"form": form, "language": language}
    looks.note_request(request, "export", subject_kind="report", subject_key=found.name, detail=detail)
