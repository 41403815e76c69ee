"""Search of residents and calls: time and recall by kind of question and by reader, beside plainer ways.

    python -m bench.search [--persons 200000] [--calls 400000] [--times 200] [--smoke]

The register is invented (`bench.register`): rows of residents, cases and involvements by COPY, without
entries. Each question is asked by the application's role inside `reading(reader)`, by one client, on a
warm server; what it takes from the words to the residents is counted, the page around it is not. The aim
is a 95th percentile under 100 ms at 5 million residents and 10 million calls. Recall at 10 is the share of
questions whose resident, or case, is among the first ten; how questions are made stands in `bench.asking`.
A journal number without its unit belongs to many cases of a wide scope, and so do four digits: their recall
says no more than that.

Beside it, in the same run: the floor (a B-tree over the name, the beginning of it alone, no scope and no
slips), ILIKE on the names under the same scope, and search as it was before, by trigrams in an array. They
are asked a few questions each, and given up after five seconds.
"""

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any

import psycopg

from bench import asking, ground, register
from bench.asking import BY_NAME, BY_PHONE, Sought

Ask = Callable[[str], list[str]]  # from a question to the keys of who is found, the likeliest first
PEERS_ARE_ASKED = 10  # questions of a kind: some of them take seconds
PEERS_KINDS = ("whole surname", "part of it", "whole with a slip", "Latin letters", "7 digits")


def readers() -> dict[str, Any]:
    """Return who asks: officers of a hromada, a raion, an oblast and the country."""
    from varta.law import discover
    from varta.people import demo
    from varta.people.roles import procedures_of
    from varta.people.scope import Reader
    from varta.places.models import Territory, Unit

    def reader(role: str, place: str, unit: str) -> Reader:
        spot, desk = Territory.objects.get(code=place), Unit.objects.get(code=unit)
        reads = procedures_of(role, discover().values())
        return Reader(1, role, spot.pre, spot.pre_end, desk.pre, desk.pre_end, reads)

    return {
        "hromada": reader("hromada_officer", demo.HROMADA, demo.SECTOR),
        "raion": reader("duty", demo.RAION, demo.DIRECTORATE),
        "oblast": reader("head", demo.OBLAST, demo.MAIN_DIRECTORATE),
        "country": reader("head", demo.UKRAINE, demo.HEADQUARTERS),
    }


OF_SCOPE = """
SELECT p.key::text, p.surname, p.given, p.patronymic, extract(year FROM p.birth_on)::int, p.phone_digits
FROM people_person p WHERE p.key IN (
    SELECT i.person FROM cases_involvement i JOIN (
        SELECT key FROM cases_case TABLESAMPLE SYSTEM (%(share)s) REPEATABLE (5)
        WHERE place_pre BETWEEN %(place_from)s AND %(place_to)s AND unit_pre BETWEEN %(unit_from)s AND %(unit_to)s
    ) c ON c.key = i.case_key
) ORDER BY md5(p.key::text) LIMIT %(many)s
"""
SHARING = (
    "SELECT count(*) FROM people_person WHERE sort_key >= %(start)s AND sort_key < %(start)s || chr(1114111)"
)


def sought(server: psycopg.Connection[Any], reader: Any, many: int, calls: int) -> list[Sought]:
    """Return residents of the reader's scope who are to be found, drawn evenly."""
    wide = reader.place_to - reader.place_from > 2**23
    values = {name: getattr(reader, name) for name in ("place_from", "place_to", "unit_from", "unit_to")}
    values |= {"many": many, "share": min(100, 100 * 50 * many / calls) if wide else 100}
    found = []
    for row in server.execute(OF_SCOPE, values).fetchall():
        surname = row[1].lower()
        counts = [_sharing(server, start) for start in (surname, asking.part(surname))]
        found.append(Sought(*row, *counts))
    return found


def _sharing(server: psycopg.Connection[Any], start: str) -> int:
    [count] = server.execute(SHARING, {"start": start}).fetchone() or (0,)
    return int(count)


def measured(ask: Ask, questions: Sequence[tuple[str, str]]) -> list[object]:
    """Return cells of the table: median, 95th and 99th percentile in ms, recall at 10, questions given up."""
    spent, found, given_up = [], 0, 0
    for question, key in questions:
        if given_up > 2:  # and so with the rest
            given_up += 1
            continue
        started = time.perf_counter()
        try:
            found += key in ask(question)[:10]
        except TimeoutError:
            given_up += 1
        spent.append(1000 * (time.perf_counter() - started))
    if not spent:
        return ["-"] * 5
    shares = [f"{ground.percentile(spent, share):.1f}" for share in (0.5, 0.95, 0.99)]
    recall = f"{found / len(questions):.3f}" if questions[0][1] else "-"
    return [*shares, recall, given_up or ""]


def questions(kind: str, people: Sequence[Sought]) -> list[tuple[str, str]]:
    """Return questions of a kind with the key of who is to be found."""
    chance = Random(kind)
    if kind in BY_NAME:
        return [(BY_NAME[kind](one, chance), one.key) for one in people]
    return [(BY_PHONE[kind](one, chance), one.key) for one in people if one.digits]


def varta(reader: Any) -> Ask:
    """Return Varta's own search, as a page calls it."""
    from varta.people import search
    from varta.people.scope import reading

    def ask(question: str) -> list[str]:
        with reading(reader):
            return [str(person.key) for person in search.search(question, reader)]

    return ask


def page(reader: Any) -> Ask:
    """Return the search for cases, as its page calls it."""
    from varta.cases import finding
    from varta.people.scope import reading

    def ask(question: str) -> list[str]:
        with reading(reader):
            return [str(one.case.key) for one in finding.find(question, reader, at=register.LAST)]

    return ask


def typing(reader: Any) -> Ask:
    """Return the look-up of a telephone that is being typed."""
    from varta.cases import finding
    from varta.people.scope import reading

    def ask(question: str) -> list[str]:
        with reading(reader):
            return [str(one.person.key) for one in finding.earlier(reader, question)]

    return ask


def of_cases(
    reader: Any, server: psycopg.Connection[Any], people: Sequence[Sought], times: int
) -> Iterator[tuple[str, Ask, list[tuple[str, str]]]]:
    """Yield what the desk asks of cases: the kind of question, who answers, the questions."""
    rows = server.execute(
        "SELECT key::text, number, year, unit, facts->>'address' FROM cases_case TABLESAMPLE SYSTEM (20) REPEATABLE (7) "
        "WHERE place_pre BETWEEN %s AND %s AND unit_pre BETWEEN %s AND %s ORDER BY md5(key::text) LIMIT %s",
        [reader.place_from, reader.place_to, reader.unit_from, reader.unit_to, times],
    ).fetchall()
    yield (
        "number, year and unit",
        page(reader),
        [(f"{n}/{year} {unit}", key) for key, n, year, unit, _ in rows],
    )
    yield "number and year", page(reader), [(f"{n}/{year}", key) for key, n, year, *_ in rows]
    yield "number alone", page(reader), [(f"№ {n}", key) for key, n, *_ in rows]
    yield "street and house", page(reader), [(spot[5:], key) for key, *_, spot in rows if spot]
    slips = [(asked, "") for asked, _ in questions("whole with a slip", people)]
    yield "calls by name with a slip", page(reader), slips
    begun = [(f"0{one.digits[3:11]}", one.key) for one in people if one.digits]
    yield "nine of ten digits typed", typing(reader), begun


def sizes(server: psycopg.Connection[Any]) -> None:
    """Print the rows and the bytes of what search reads."""
    rows = server.execute(
        "SELECT c.relname, c.reltuples, pg_table_size(c.oid), pg_indexes_size(c.oid) FROM pg_class c "
        "WHERE c.relname = ANY (%s) ORDER BY c.relname",
        [list(register.SEARCHED)],
    ).fetchall()
    lines = [
        [name, f"{many:,.0f}", f"{table / 2**20:,.0f}", f"{indexes / 2**20:,.0f}"]
        for name, many, table, indexes in rows
    ]
    ground.table("Sizes", ["table", "rows", "MB", "MB of indexes"], lines)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--persons", type=int, default=200_000)
    parser.add_argument("--calls", type=int, default=400_000)
    parser.add_argument("--times", type=int, default=200, help="questions of each kind for each reader")
    parser.add_argument("--smoke", action="store_true", help="a size that only shows that it runs")
    options = parser.parse_args()
    if options.smoke:
        options.persons, options.calls, options.times = 2000, 4000, 10
    with ground.database() as name:
        from varta.lib import postgres

        with postgres.connect_as_superuser(database=name) as server:
            register.load(server, options.persons, options.calls, tell=print)
            register.make_findable(server, tell=print)
            sizes(server)
            report(server, options.calls, options.times)
            peers(server, options.persons, options.calls)


HEAD = ("p50 ms", "p95 ms", "p99 ms", "recall at 10", "given up")


def report(server: psycopg.Connection[Any], calls: int, times: int) -> None:
    """Ask everything as everybody, and print the table."""
    lines: list[Sequence[object]] = []
    for name, reader in readers().items():
        people = sought(server, reader, times, calls)
        for kind in (*BY_NAME, *BY_PHONE):
            asked = questions(kind, people)
            lines.append([name, kind, len(asked), *measured(varta(reader), asked)])
        for kind, ask, asked in of_cases(reader, server, people, times):
            lines.append([name, kind, len(asked), *measured(ask, asked)])
    ground.table("Varta", ["reader", "question", "times", *HEAD], lines)


def peers(server: psycopg.Connection[Any], persons: int, calls: int) -> None:
    """Ask a few questions of Varta and of its peers, and print the table with ratios to the floor."""
    from bench import finders

    some = {name: reader for name, reader in readers().items() if name in ("hromada", "country")}
    finders.prepare_before(server, persons)
    lines: list[Sequence[object]] = []
    for name, reader in some.items():
        ways = {
            "Varta": varta(reader),
            "B-tree (floor)": finders.floor(server),
            "ILIKE": finders.ilike(reader),
            "trigrams, as before": finders.before(reader),
        }
        people = sought(server, reader, PEERS_ARE_ASKED, calls)
        for kind in PEERS_KINDS:
            asked = questions(kind, people)
            for way, ask in ways.items():
                lines.append([name, kind, way, *measured(ask, asked)])
    ground.table("Beside it", ["reader", "question", "way", *HEAD], lines)


if __name__ == "__main__":
    main()
