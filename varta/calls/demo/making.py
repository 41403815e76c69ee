"""Making the demonstration: days of the two compared years, and the last days up to now."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from typing import NamedTuple

from varta.calls.demo import appeals, calls, days, ground, people
from varta.calls.demo.calls import Told
from varta.calls.files.pool import spread
from varta.calls.files.sending import send
from varta.calls.models import LoadedLine
from varta.cases.bulk import Outcome, Row, take_many
from varta.lib.clock import kyiv_day
from varta.people import demo
from varta.people.models import Officer
from varta.people.scope import Reader, reading

STORY = "varta demo 1"
YEARS = (2018, 2019)
LAST_MONTH = 9
CALLS_A_DAY, APPEALS_A_DAY = 112, 10.0
RECENT_DAYS, APPEAL_DAYS = 10, 50  # how far back what is still open reaches
NEAR = {demo.HROMADA: 6, demo.OTHER_HROMADA: 5, None: 22}  # more calls a day around the demo accounts
LAZY, LAZY_NEAR = 0.0015, 0.03  # share of calls that nobody answers
DAYS_IN_A_BATCH = 8
EXECUTORS = {demo.SECTOR: "andrii", demo.OTHER_SECTOR: "maria"}  # unit -> login; of other units Olena


class Chapter(NamedTuple):
    """A few days of the story that are written together."""

    first: date
    last: date  # inclusive
    recent: bool
    now: datetime


@dataclass(slots=True)
class Made:
    """What a chapter, or all of them, wrote."""

    cases: int = 0
    written: int = 0
    repeated: int = 0
    refused: list[str] = field(default_factory=list)

    def add(self, other: "Made") -> None:
        """Count what another chapter wrote as well."""
        self.cases += other.cases
        self.written += other.written
        self.repeated += other.repeated
        self.refused += other.refused


def chapters(now: datetime) -> list[Chapter]:
    """Return what is to be told in pieces; the days up to now come first, since desks show them."""
    noted = LoadedLine.objects.filter(source=STORY)
    told = set(noted.values_list("number", flat=True))
    return [one for one in _all_chapters(now) if one.recent or f"{one.first}" not in told]


def _all_chapters(now: datetime) -> list[Chapter]:
    today = kyiv_day(now)
    story = []
    first = today - timedelta(days=APPEAL_DAYS)
    spans = [(first, today, True), *((date(y, 1, 1), date(y, LAST_MONTH, 30), False) for y in YEARS)]
    for since, until, recent in spans:
        step = 4 if recent else DAYS_IN_A_BATCH
        for passed in range(0, (until - since).days + 1, step):
            start = since + timedelta(days=passed)
            story.append(Chapter(start, min(until, start + timedelta(days=step - 1)), recent, now))
    return story


def make(story: Sequence[Chapter], *, jobs: int, tell: Callable[[Made], None]) -> Made:
    """Write the chapters and return what was written; those that are there already add nothing."""
    total = Made()
    for made in spread(write, story, jobs=jobs, begin=_begin):
        total.add(made)
        tell(made)
    return total


def _begin() -> None:
    ground.country(wartime=False)


def write(chapter: Chapter) -> Made:
    """Write the cases of a chapter and note that they are there."""
    rows, callers = _told(chapter)
    rows = [row for row in rows if row.at <= chapter.now]
    people.write(callers)
    outcome = send(partial(_sent, chapter, rows))
    refused = [f"{rows[one.index].procedure}.{rows[one.index].step}: {one.error}" for one in outcome.refused]
    return Made(outcome.opened, outcome.written, outcome.repeated, refused)


def _sent(chapter: Chapter, rows: Sequence[Row]) -> Outcome:
    outcome = take_many(rows, by=Reader.system())
    if not chapter.recent and rows:
        known = {"source": STORY, "number": f"{chapter.first}", "case_key": rows[0].case}
        LoadedLine.objects.bulk_create([LoadedLine(**known)], ignore_conflicts=True)
    return outcome


def _told(chapter: Chapter) -> tuple[list[Row], set[people.Known]]:
    rows: list[Row] = []
    callers: set[people.Known] = set()
    day = chapter.first
    while day <= chapter.last:
        for steps, who in (_recent if chapter.recent else _past)(day, chapter.now):
            rows += steps
            callers |= {who} if who else set()
        day += timedelta(days=1)
    return rows, callers


Story = Iterator[tuple[list[Row], people.Known | None]]


def _past(day: date, now: datetime) -> Story:
    """Tell a day of the two compared years."""
    country = ground.country(wartime=False)
    chance = _chance("past", day)
    for nth in range(days.how_many(CALLS_A_DAY * 1.25, day, chance)):
        spot = country.draw(chance)
        if chance.random() < (days.change_since_2018(spot.oblast) if day.year > 2018 else 1.0) / 1.25:
            yield calls.call(Told(day, nth, spot, _chance("past", day, nth), "past"), lazy=LAZY)
    if day.weekday() < 5:
        for nth in range(days.how_many(APPEALS_A_DAY * 1.4, day, chance)):
            told = Told(day, nth, country.draw(chance), _chance("past appeal", day, nth), "past")
            yield appeals.appeal(told)


def _recent(day: date, now: datetime) -> Story:
    """Tell one of the last days: the whole country, and more around the demo accounts."""
    country = ground.country(wartime=True)
    chance = _chance("recent", day)
    if day > kyiv_day(now) - timedelta(days=RECENT_DAYS):
        for nth in range(days.how_many(CALLS_A_DAY * 1.6, day, chance)):
            yield calls.call(
                Told(day, nth, country.draw(chance), _chance("recent", day, nth), "recent"), lazy=LAZY
            )
        yield from _recent_near(day)
    if day.weekday() < 5:
        for nth in range(days.how_many(APPEALS_A_DAY * 1.6, day, chance)):
            told = Told(day, nth, country.draw(chance), _chance("recent appeal", day, nth), "recent")
            yield appeals.appeal(told)
    yield from _appeals_near(day)


def _recent_near(day: date) -> Story:
    for hromada, mean in NEAR.items():
        label = f"near {hromada}"
        chance = _chance(label, day)
        near = ground.around_the_accounts(hromada)
        for nth in range(days.how_many(mean, day, chance)):
            told = Told(day, nth, near.draw(chance), _chance(label, day, nth), label)
            yield calls.call(told, lazy=LAZY_NEAR)


def _appeals_near(day: date) -> Story:
    """Tell appeals to the demo accounts: every second is answered in the last days, or late."""
    given = _executors()
    for hromada in (demo.HROMADA, demo.OTHER_HROMADA, None):
        label = f"appeal near {hromada}" + (", given" if given else "")
        near = ground.around_the_accounts(hromada)
        draw = partial(near.draw, _chance(label, day))
        for nth, way in enumerate((None, "last_day")):
            told = Told(day, nth, draw(), _chance(label, day, nth), label)
            executor = given.get(EXECUTORS.get(told.spot.unit, "olena"))
            yield appeals.appeal(told, way=way, executor=executor)


def _executors() -> dict[str, appeals.Executor]:
    """Return the demo accounts that work on appeals, by login; none where the accounts are not made."""
    with reading(Reader.system()):
        logins = ("olena", *EXECUTORS.values())
        found = Officer.objects.filter(login__in=logins, is_demo=True).values_list("login", "name")
        return {login: (login, name) for login, name in found}


def _chance(*parts: object) -> Random:
    return Random(" ".join(map(str, (STORY, *parts))))  # noqa: S311
