"""The peers of `bench.search`: a bare B-tree, ILIKE, and search as it was before, by trigrams in an array."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import psycopg
from django.db import OperationalError, connection

from bench import register
from varta.lib.text import fold, grams, variants
from varta.people.naming import phone_digits
from varta.people.scope import Reader, reading

Ask = Callable[[str], list[str]]
GIVEN_UP_AFTER = "5s"
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
SEEN = """
EXISTS (
    SELECT FROM cases_involvement i JOIN cases_case c ON c.key = i.case_key WHERE i.person = p.key
    AND c.place_pre BETWEEN %(place_from)s AND %(place_to)s AND c.unit_pre BETWEEN %(unit_from)s AND %(unit_to)s
    AND c.procedure = ANY (%(procedures)s)
)"""


def floor(server: psycopg.Connection[Any]) -> Ask:
    """Return the least that a search by the beginning of a name does: one range of a B-tree, no scope, no slips."""

    def ask(question: str) -> list[str]:
        words = question.lower()
        name, year = re.sub(r"\s*\d+", "", words), YEAR.search(words)
        rows = server.execute(
            "SELECT key::text FROM people_person WHERE sort_key >= %(start)s AND sort_key < %(start)s || chr(1114111) "
            "AND (%(year)s::int IS NULL OR extract(year FROM birth_on) = %(year)s) LIMIT 50",
            {"start": name, "year": int(year[0]) if year else None},
            prepare=True,
        )
        return [key for (key,) in rows]

    return ask


def ilike(reader: Reader) -> Ask:
    """Return search by ILIKE '%word%' for each word, within the reader's scope."""

    def ask(question: str) -> list[str]:
        year = YEAR.search(question)
        conditions, values = [], {}
        for nth, word in enumerate(re.sub(r"\d{4}", "", question).split()):
            held = "p.phone_digits" if word.isdigit() else "concat_ws(' ', p.surname, p.given, p.patronymic)"
            conditions.append(f"{held} ILIKE %(word{nth})s")
            values[f"word{nth}"] = f"%{word}%"
        if year and conditions:
            conditions.append("extract(year FROM p.birth_on) = %(year)s")
            values["year"] = year[0]
        if question.isdigit():
            conditions, values = ["p.phone_digits ILIKE %(word)s"], {"word": f"%{question}%"}
        sql = f"SELECT p.key::text FROM people_person p WHERE {' AND '.join(conditions)} AND {SEEN} LIMIT 50"
        return [key for (key,) in _rows(sql, values, reader)]

    return ask


CANDIDATES, LIKE_ENOUGH, PARTS = 300, 0.65, 4
SHARED = "cardinality(ARRAY(SELECT unnest(p.grams) INTERSECT SELECT unnest(%(wanted)s::text[])))"


def before(reader: Reader) -> Ask:
    """Return search as it was: four parts of the trigrams, one of which is whole, and 300 candidates by likeness."""

    def by_phone(question: str) -> list[str]:
        digits = "".join(sign for sign in question if sign.isdigit())
        spelt = {f"spelt{nth}": one for nth, one in enumerate({digits, phone_digits(question)})}
        held = (
            f"(p.phone_grams @> %({name}_grams)s::text[] AND strpos(p.phone_digits, %({name})s) > 0)"
            for name in spelt
        )
        values = spelt | {f"{name}_grams": triples(one) for name, one in spelt.items()}
        sql = f"SELECT p.key::text FROM people_person p WHERE ({' OR '.join(held)}) AND {SEEN} ORDER BY p.sort_key LIMIT 300"
        return [key for (key,) in _rows(sql, values, reader)]

    def by_name(question: str) -> list[str]:
        forms = [form.text for form in variants(question)]
        wanted = [set(grams(form)) for form in forms if grams(form)]
        values: dict[str, Any] = {"wanted": sorted(set().union(*wanted))}
        held = []
        for nth, one in enumerate(wanted):
            for part in range(min(PARTS, len(one))):
                held.append(f"p.grams @> %(part{nth}_{part})s::text[]")
                values[f"part{nth}_{part}"] = sorted(one)[part::PARTS]
        sql = (
            "SELECT p.key::text, concat_ws(' ', p.surname, p.given, p.patronymic), p.grams FROM people_person p "
            f"WHERE ({' OR '.join(held)}) AND {SEEN} ORDER BY {SHARED} DESC, p.sort_key, p.key LIMIT {CANDIDATES}"
        )
        ranked = [
            (-_likeness(name, have, forms, wanted), name, key)
            for key, name, have in _rows(sql, values, reader)
        ]
        return [key for unlike, _, key in sorted(ranked) if -unlike >= LIKE_ENOUGH]

    return lambda question: (
        by_name(question) if any(sign.isalpha() for sign in question) else by_phone(question)
    )


def _likeness(name: str, have: Iterable[str], forms: Iterable[str], wanted: Iterable[set[str]]) -> float:
    if any(f" {form}" in f" {fold(name)}" for form in forms if form):
        return 2.0
    return max(len(one & set(have)) / len(one) for one in wanted)


def triples(digits: str) -> list[str]:
    """Return the groups of three digits."""
    return sorted({digits[place : place + 3] for place in range(len(digits) - 2)})


def prepare_before(server: psycopg.Connection[Any], persons: int) -> None:
    """Give the residents the columns and the indexes that search had before."""
    server.execute("ALTER TABLE people_person ADD grams text[], ADD phone_grams text[]")
    server.execute("CREATE TEMP TABLE had (key uuid, grams text[], phone_grams text[])")

    @cache
    def of_word(word: str) -> frozenset[str]:
        return frozenset(grams(word))

    def lines() -> Iterator[str]:
        for one in register.residents(persons, register.SPOTS):
            held = frozenset().union(*map(of_word, (one.surname, one.given, one.patronymic)))
            quoted = ",".join(f'"{gram}"' for gram in sorted(held))
            yield f"{one.key}\t{{{quoted}}}\t{{{','.join(triples(one.digits))}}}\n"

    with server.cursor().copy("COPY had FROM STDIN") as copy:
        for line in lines():
            copy.write(line)
    server.execute(
        "UPDATE people_person p SET grams = h.grams, phone_grams = h.phone_grams FROM had h WHERE h.key = p.key"
    )
    server.execute("CREATE INDEX ON people_person USING gin (grams)")
    server.execute("CREATE INDEX ON people_person USING gin (phone_grams)")
    server.execute("VACUUM (ANALYZE) people_person")


def _rows(sql: str, values: dict[str, Any], reader: Reader) -> list[tuple[Any, ...]]:
    """Ask as the reader. Raises TimeoutError where the answer takes too long."""
    scope = {name: getattr(reader, name) for name in ("place_from", "place_to", "unit_from", "unit_to")}
    with _in_time(), reading(reader), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = '{GIVEN_UP_AFTER}'")
        cursor.execute(sql, values | scope | {"procedures": sorted(reader.procedures)})
        return cursor.fetchall()


@contextmanager
def _in_time() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        if isinstance(error.__cause__, psycopg.errors.QueryCanceled):
            raise TimeoutError from error
        raise
