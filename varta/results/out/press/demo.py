"""The statements of the demonstration: templates of the press office, and what it published in the autumn of 2019."""

from datetime import UTC, date, datetime

from varta.figures import Period
from varta.people.scope import Reader, reading
from varta.published.queries import told
from varta.results.freezing import freeze
from varta.results.models import FrozenReport
from varta.results.out.press import actions, queries
from varta.results.out.press.models import Template
from varta.results.out.press.shipped import NINE_MONTHS, PROGRAMME, SHIPPED
from varta.results.pack import of_frozen
from varta.results.public import publish
from varta.results.report import Asked

PROGRAMME_REPORT = "programme-2019-10-31"
PROGRAMME_DAYS = Period(date(2019, 1, 1), date(2019, 10, 31))
WRITTEN_AT = datetime(2019, 10, 30, 9, tzinfo=UTC)
TOLD_AT = datetime(2019, 11, 1, 9, tzinfo=UTC)


def make(*, report: str) -> int:
    """Keep the templates and publish both statements; return how many were published. A second run adds none.

    `report` is the name of the first edition of nine months; the newest one that was published is told.
    """
    with reading(Reader.system()) as by:
        templates = {one.code: _kept(one.code, by) for one in SHIPPED}
        _programme(by)
        pairs = ((report, NINE_MONTHS.code), (PROGRAMME_REPORT, PROGRAMME.code))
        return sum(_published(name, templates[code], by) for name, code in pairs)


def _kept(code: str, by: Reader) -> Template:
    before = queries.editions(by, code)
    if before:
        return before[0]
    one = next(one for one in SHIPPED if one.code == code)
    return actions.save(code=code, title=one.title, uk=one.uk, en=one.en, after=0, by=by, at=WRITTEN_AT)


def _programme(by: Reader) -> None:
    """Freeze and publish the programme's report on the day of the meeting."""
    frozen = FrozenReport.objects.filter(name=PROGRAMME_REPORT).first()
    if frozen is None:
        title = {
            "uk": "Програма «Поліцейський офіцер громади» на 31.10.2019",
            "en": "The Hromada Police Officer programme on 31.10.2019",
        }
        frozen = freeze(
            Asked(PROGRAMME_DAYS, "oblast"),
            name=PROGRAMME_REPORT,
            chapters=("programme",),
            title=title,
            by=by,
            at=TOLD_AT,
        )
    if not told().filter(name=PROGRAMME_REPORT).exists():
        publish(of_frozen(frozen), of=PROGRAMME_REPORT, by=by, at=TOLD_AT)


def _published(name: str, template: Template, by: Reader) -> bool:
    newest = told().filter(of=name).order_by("-edition").first()
    if newest is None:
        return False
    frozen = FrozenReport.objects.get(name=newest.name)
    if queries.told().filter(report=frozen, template=template).exists():
        return False
    actions.publish(report=frozen, template=template, by=by, at=TOLD_AT)
    return True
