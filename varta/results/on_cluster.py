"""A frozen report counted again over the files that it was frozen from, by another engine."""

from collections.abc import Iterator

from varta.figures import Period
from varta.figures.engine import TOTAL, Answer, Counter, Question, ask_levels
from varta.lake.source import LakeFiles
from varta.results.comparing import same
from varta.results.freezing import within
from varta.results.models import FrozenReport
from varta.results.pack import Table, of_frozen
from varta.results.report import ReportRefused, chosen


def differences(frozen: FrozenReport, count: Counter) -> Iterator[str]:
    """Yield each figure that the other engine does not give: row, indicator, both numbers.

    Raises ReportRefused if the lake no longer has the files of that moment.
    """
    lake = LakeFiles()
    if lake.manifest.hashes() != frozen.files:
        raise ReportRefused(
            "Файли озера вже не ті, що під час фіксації. Без кластера звіт перелічується за записами.",
            "The lake's files are no longer those of freezing. Without a cluster the entries are counted.",
        )
    pack = of_frozen(frozen)
    tables = [table for chapter in pack.chapters for table in chapter.tables]
    levels = list(dict.fromkeys(table.level for table in tables))
    codes = list(dict.fromkeys(head.code for table in tables for head in table.heads))
    question = Question(
        Period(pack.first, pack.last),
        levels[0],
        within(frozen.place_from, frozen.place_to, frozen.asked["place"]),
        within(frozen.unit_from, frozen.unit_to, frozen.asked["unit"]),
    )
    answers = ask_levels(lake, chosen(codes), question, levels, count=count)
    for table in tables:
        yield from _of_table(table, answers[table.level])


def _of_table(table: Table, answer: Answer) -> Iterator[str]:
    again = {row.code: row.values for row in (*answer.rows, answer.total)}
    for line in (*table.lines, table.total):
        for code, figure in line.figures.items():
            pair = again[line.code][code] if line.code in again else (None, None)
            for span, held, found in zip(("now", "before"), (figure.now, figure.before), pair, strict=True):
                number = found.number if found else None
                if not same(held, number):
                    place = line.name["uk"] if line.code != TOTAL else TOTAL
                    yield f"{table.level}, {place}, {code}, {span}: frozen {held}, recounted {number}"
