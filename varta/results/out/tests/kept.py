"""A report of known figures, frozen in the database as if it had been counted."""

from django.test import Client

from varta.people import demo
from varta.people.scope import Reader, reading
from varta.people.tests.story import officer_at
from varta.places.models import Territory, Unit
from varta.published.models import Publication
from varta.published.queries import REPORT
from varta.results.models import FrozenReport
from varta.results.out.tests.packs import small
from varta.results.pack import as_plain


def keep(pack=None, *, place=demo.HROMADA, unit=demo.SECTOR):
    """Freeze a pack for a place and a unit, and return the row."""
    pack = pack or small()
    within, below = Territory.objects.get(code=place), Unit.objects.get(code=unit)
    with reading(Reader.system()):
        return FrozenReport.objects.create(
            name=pack.name,
            of=pack.name,
            edition=pack.edition,
            made_at=pack.made_at,
            asked={
                "from": str(pack.first),
                "to": str(pack.last),
                "by": "oblast",
                "place": place,
                "unit": unit,
            },
            rows=as_plain(pack),
            files=dict(pack.files),
            watermark=pack.watermark,
            version=pack.version,
            law=pack.law,
            place_from=within.pre,
            place_to=within.pre_end,
            unit_from=below.pre,
            unit_to=below.pre_end,
        )


def publish(pack=None):
    """Publish a pack to everybody as it is, and return the row."""
    pack = pack or small()
    with reading(Reader.system()):
        return Publication.objects.create(
            name=pack.name,
            kind=REPORT,
            title=dict(pack.title),
            of=pack.name,
            edition=pack.edition,
            at=pack.made_at,
            shown=as_plain(pack),
            loss={"hidden": 1, "figures": 32, "share": 0.1, "gap": 0.0},
        )


def signed_in(login, role, place=demo.HROMADA, unit=demo.SECTOR):
    """Return the client of an officer of a role in a place."""
    client = Client()
    client.force_login(officer_at(login, "Варта Вигадана", role, place, unit))
    return client
