"""The floor of `bench.load`: a plain Django view that writes one row, served as Varta is."""

import uuid

import django
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

INSERT = """
INSERT INTO bench_plain (key, category, kind, about, surname, phone, place, unit)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
"""


def write(request: HttpRequest) -> HttpResponse:
    """Write what the form says, unchecked, and lead on."""
    given = request.POST
    names = ("category", "kind", "about", "surname", "phone", "place", "unit")
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [uuid.UUID(given["key"]), *(given[name] for name in names)])
    return HttpResponse(status=302, headers={"Location": "/"})


def made() -> object:
    """Return a WSGI application with Django's own defaults, one address, and the database of the benchmark."""
    from django.core.wsgi import get_wsgi_application
    from django.urls import path

    from varta.lib import postgres

    settings.configure(
        ALLOWED_HOSTS=["127.0.0.1"],
        DATABASES={"default": postgres.django_database("owner")},
        MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
        ROOT_URLCONF=(path("", write),),
        SECRET_KEY="the floor of a benchmark",
    )
    django.setup()
    return get_wsgi_application()


application = made()
