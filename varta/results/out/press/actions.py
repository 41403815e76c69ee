"""The writes of the press: a new edition of a template, a statement published."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, Min

from varta.people.roles import may
from varta.people.scope import Reader
from varta.places.models import Territory, Unit
from varta.results.models import FrozenReport
from varta.results.out import words
from varta.results.out.press import queries
from varta.results.out.press.models import Published, Template
from varta.results.out.press.sources import Cell
from varta.results.out.press.statement import Paragraph, Statement, Told, checked, write
from varta.results.pack import Pack, Text, from_plain
from varta.results.public.queries import edition


class PressRefused(ValueError):
    """The press may not do this; `texts` says why in both languages."""

    def __init__(self, uk: str, en: str) -> None:
        self.texts = {"uk": uk, "en": en}
        super().__init__(en)


NOT_PRESS = PressRefused("Шаблони й заяви ведуть редактори.", "Templates and statements are kept by editors.")


def save(
    *,
    code: str,
    title: Text,
    uk: str,
    en: str,
    after: int,
    by: Reader,
    at: datetime,
    pack: Pack | None = None,
) -> Template:
    """Keep a new edition of a template and return it.

    `after` is the edition that its writer had before the eyes, 0 for a new template. With a pack the
    refusal of a number typed by hand says how to refer to it. Raises TemplateRefused, and PressRefused
    where `by` is no editor or there is such an edition already.

    The next edition belongs to the same area, whoever writes it.
    """
    _editor(by)
    checked(uk, en, pack)
    before = queries.editions(by, code) if after else []
    places, units = _area_of(before[0]) if before else _area(by)
    kept = Template(
        code=code,
        edition=after + 1,
        title=dict(title),
        uk=uk,
        en=en,
        made_at=at,
        made_by=by.officer_id,
        place_from=places[0],
        place_to=places[1],
        unit_from=units[0],
        unit_to=units[1],
    )
    return _add(
        kept,
        PressRefused(
            f"Редакція {after + 1} шаблону «{code}» вже є. Ваш текст – нижче: порівняйте або назвіть інакше.",
            f"There is an edition {after + 1} of “{code}” already. Your text is below: compare, or name it otherwise.",
        ),
    )


def publish(*, report: FrozenReport, template: Template, by: Reader, at: datetime) -> Published:
    """Publish the statement that the template gives with a published report, and return it.

    Its figures are those that everybody sees; what is hidden from them is hidden from it. Raises
    TemplateRefused where it cannot be written, PressRefused where `by` is no editor, the report is not
    published, or the statement of the same edition has been.
    """
    _editor(by)
    told = edition(report.name)
    if told is None:
        raise PressRefused(
            "Звіт ще не опубліковано. Заяву публікують після звіту: її числа бачитимуть усі.",
            "The report is not published yet. A statement follows its report: everybody will see its figures.",
        )
    pack = from_plain(told[0].shown)
    made = write(template.uk, template.en, pack)
    kept = Published(
        report=report,
        template=template,
        content={
            "title": template.title,
            "edition": template.edition,
            "uk": as_plain(made.uk),
            "en": as_plain(made.en),
        },
        digest=words.digest(pack),
        made_at=at,
        made_by=by.officer_id,
        place_from=report.place_from,
        place_to=report.place_to,
        unit_from=report.unit_from,
        unit_to=report.unit_to,
    )
    return _add(
        kept,
        PressRefused(
            "Заяву за цією редакцією шаблону вже опубліковано.",
            "The statement of this edition of the template has been published already.",
        ),
    )


def _editor(by: Reader) -> None:
    if by.role != "system" and not may(by, "press"):
        raise NOT_PRESS


def _add(kept: Any, taken: PressRefused) -> Any:
    try:
        with transaction.atomic():
            kept.save(force_insert=True)
    except IntegrityError as error:
        raise taken from error
    return kept


Interval = tuple[int, int]


def _area(by: Reader) -> tuple[Interval, Interval]:
    """Return the intervals of the reader's places and units, not wider than the trees are."""
    return _narrowed(Territory, by.place_from, by.place_to), _narrowed(Unit, by.unit_from, by.unit_to)


def _narrowed(tree: type[Territory] | type[Unit], low: int, high: int) -> Interval:
    ends = tree.objects.aggregate(low=Min("pre"), high=Max("pre_end"))
    return max(low, ends["low"] or 0), min(high, ends["high"] or 0)


def _area_of(one: Template) -> tuple[Interval, Interval]:
    return (one.place_from, one.place_to), (one.unit_from, one.unit_to)


def as_plain(paragraphs: Sequence[Paragraph]) -> list[list[Any]]:
    """Return paragraphs as JSON knows them: texts, and told figures with the cells they lead to."""
    return [[part if isinstance(part, str) else _told(part) for part in one] for one in paragraphs]


def _told(part: Told) -> dict[str, Any]:
    return {"text": part.text, "cell": asdict(part.cell) if part.cell else None}


def statement_of(content: Mapping[str, Any]) -> Statement:
    """Return the statement that was kept."""

    def paragraphs(held: Sequence[Sequence[Any]]) -> tuple[Paragraph, ...]:
        return tuple(
            tuple(
                part
                if isinstance(part, str)
                else Told(part["text"], Cell(**part["cell"]) if part["cell"] else None)
                for part in one
            )
            for one in held
        )

    return Statement(paragraphs(content["uk"]), paragraphs(content["en"]), ())
