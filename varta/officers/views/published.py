"""What was published of the programme elsewhere, beside the records."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from varta.lib.clock import kyiv_day, now
from varta.officers import comparing
from varta.officers.series import CONFIDENCE, FIGURES
from varta.people.access import opens, reading_language


@never_cache
@require_safe
@opens("officers")
def show(request: HttpRequest) -> HttpResponse:
    """Show the published series with sources and marks, its own totals, and where it contradicts itself."""
    found = comparing.whole(request.reader, today=kyiv_day(now()))
    language = reading_language()
    return render(
        request,
        "officers/published.html",
        {
            "found": found,
            "same": sum(one.same for one in found.again),
            "marks": [(code, title[language]) for code, title in CONFIDENCE.items()],
            "again": [(FIGURES[one.row.figure][language], one) for one in found.again],
            "disputes": [
                [(FIGURES[row.figure][language], row, row.notes[language]) for row in one.rows]
                for one in found.disputes
            ],
        },
    )
