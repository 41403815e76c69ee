"""The figures once more, by another path: plain SQL over the entries in PostgreSQL, without lake and engine.

It knows nothing of `varta/figures`: each indicator is written by hand in recount_queries.py, so that an error in one
path shows as a difference. Rates divide by the people that the frozen row names. Deadlines (C05, C10, D15, G06, I01)
are those that the cases have now.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from varta.lib.clock import day_start, kyiv_day
from varta.results.recount_queries import BY_PLACE, COUNTS, QUERIES, RATES, ROW, UNRECORDED

TOTAL = "*"  # the row of the whole
COUNTED = frozenset(QUERIES) | frozenset(RATES)  # codes that have a second path
Counted = dict[str, dict[str, float | None]]  # indicator code -> code of the row -> value

GROUPS = {
    "country": "(SELECT r.code FROM places_territory r WHERE r.level = 0 AND t.pre BETWEEN r.pre AND r.pre_end)",
    # What ended and became another place counts in that one.
    **{
        name: f"coalesce((SELECT y.{name} FROM today y WHERE y.code = t.code), t.{name})"
        for name in ("oblast", "raion", "hromada")
    },
    "unit": "u.code",
    "directorate": """(SELECT d.code FROM places_unit d JOIN places_unit r ON r.code = d.parent_id
                       WHERE r.parent_id IS NULL AND u.pre BETWEEN d.pre AND d.pre_end)""",
}

# An entry stands until another corrects it; of a case, the opening entry says where and since when.
# Tables and not a WITH: the planner knows how many rows they have, and each is made once.
TABLES = """
DROP TABLE IF EXISTS pg_temp.today, pg_temp.standing, pg_temp.opening, pg_temp.step, pg_temp.beat, pg_temp.held,
    pg_temp.ground, pg_temp.police;
CREATE TEMP TABLE today ON COMMIT DROP AS
    WITH RECURSIVE chain AS (
        SELECT t.code, t.became, 1 AS n FROM places_territory t WHERE t.became IS NOT NULL AND t.valid_to IS NOT NULL
        UNION ALL
        SELECT c.code, t.became, c.n + 1 FROM chain c JOIN places_territory t ON t.code = c.became
        WHERE t.became IS NOT NULL AND t.valid_to IS NOT NULL AND c.n < 20
    )
    SELECT DISTINCT ON (c.code) c.code, s.oblast, s.raion, s.hromada
    FROM chain c JOIN places_territory s ON s.code = c.became ORDER BY c.code, c.n DESC;
CREATE TEMP TABLE standing ON COMMIT DROP AS
    SELECT e.key, e.case_key, e.procedure, e.step, e.at, e.place, e.unit, e.data FROM cases_entry e
    WHERE e.txid < %(until)s::text::xid8;
DELETE FROM standing WHERE key IN (
    SELECT c.corrects FROM cases_entry c WHERE c.corrects IS NOT NULL AND c.txid < %(until)s::text::xid8);
DELETE FROM standing WHERE data->>'undone' = 'true';
ANALYZE standing;
CREATE TEMP TABLE opening ON COMMIT DROP AS
    SELECT o.case_key, o.procedure, o.at AS opened_at, o.data, o.unit, o.place AS own, {group} AS place
    FROM standing o JOIN places_territory t ON t.code = o.place JOIN places_unit u ON u.code = o.unit
    WHERE o.procedure || '.' || o.step = ANY(%(openings)s) AND t.pre BETWEEN %(place_from)s AND %(place_to)s
      AND u.pre BETWEEN %(unit_from)s AND %(unit_to)s;
CREATE INDEX ON opening (case_key);
ANALYZE opening;
CREATE TEMP TABLE step ON COMMIT DROP AS
    SELECT s.case_key, s.procedure || '.' || s.step AS name, s.at, s.data, o.opened_at, o.unit, o.place
    FROM standing s JOIN opening o ON o.case_key = s.case_key;
CREATE INDEX ON step (case_key);
ANALYZE step;
CREATE TEMP TABLE beat ON COMMIT DROP AS
    SELECT b.population, CASE b.kind WHEN 'rural' THEN 6000 ELSE 7000 END AS norm, b.since, b.until, {group} AS place
    FROM places_beat b JOIN places_territory t ON t.code = b.hromada_id LEFT JOIN places_unit u ON false
    WHERE t.pre BETWEEN %(place_from)s AND %(place_to)s;
"""
# Who is what on the way of a hromada officer at the end of the period, and where: the last move says it, and the last
# that names a hromada. A day counts from its midnight in UTC, within the same day of Kyiv.
HELD = """
CREATE TEMP TABLE held ON COMMIT DROP AS
    WITH way (step, state, day, nth) AS (VALUES
        ('apply', 'candidate', 'on', 0), ('enrol', 'training', 'since', 1),
        ('begin_internship', 'internship', 'since', 2), ('appoint', 'serving', 'since', 3),
        ('transfer', 'serving', 'since', 4), ('leave', 'leave', 'since', 5), ('return', 'serving', 'since', 6),
        ('dismiss', 'left', 'on', 7), ('withdraw', 'left', 'on', 8)
    ), move AS (
        SELECT s.case_key, w.state, s.at, w.nth, (s.data->>w.day)::timestamp AT TIME ZONE 'UTC' AS since,
               CASE WHEN w.step IN ('apply', 'begin_internship', 'appoint', 'transfer')
                    THEN s.data->>'hromada' END AS went
        FROM standing s JOIN way w ON w.step = s.step WHERE s.procedure = 'officer_training'
    ), last AS (
        SELECT case_key, (array_agg(state ORDER BY since DESC, at DESC, nth DESC))[1] AS state,
               (array_agg(went ORDER BY since DESC, at DESC, nth DESC) FILTER (WHERE went IS NOT NULL))[1] AS went
        FROM move WHERE since < %(end)s GROUP BY case_key
    )
    SELECT last.state, {hromada} AS hromada, {group} AS place
    FROM last JOIN standing o ON o.case_key = last.case_key AND o.step = 'apply' AND o.procedure = 'officer_training'
    JOIN places_territory t ON t.code = coalesce(last.went, o.place) JOIN places_unit u ON u.code = o.unit
    WHERE t.pre BETWEEN %(place_from)s AND %(place_to)s AND u.pre BETWEEN %(unit_from)s AND %(unit_to)s;
CREATE TEMP TABLE ground ON COMMIT DROP AS
    SELECT t.code, t.population, {group} AS place,
           (t.valid_from IS NULL OR t.valid_from <= %(last)s) AND (t.valid_to IS NULL OR t.valid_to > %(last)s) AS stood
    FROM places_territory t LEFT JOIN places_unit u ON false
    WHERE t.level = 3 AND NOT %(by_units)s AND t.pre BETWEEN %(place_from)s AND %(place_to)s;
CREATE TEMP TABLE police ON COMMIT DROP AS
    SELECT u.code, {group} AS place FROM places_unit u LEFT JOIN places_territory t ON false
    WHERE u.branch IN ('prevention', 'criminal') AND u.pre BETWEEN %(unit_from)s AND %(unit_to)s
      AND (u.valid_from IS NULL OR u.valid_from <= %(last)s) AND (u.valid_to IS NULL OR u.valid_to > %(last)s)
      AND (SELECT min(pre) >= %(place_from)s AND max(pre) <= %(place_to)s FROM places_territory);
"""
WITHIN = """
WITH received AS (
    SELECT * FROM opening WHERE opened_at >= %(start)s AND opened_at < %(end)s
), inside AS (
    SELECT * FROM step WHERE at >= %(start)s AND at < %(end)s
)
"""
OPENINGS = [  # steps that open the cases of which something is counted
    "call.receive",
    "appeal.receive",
    "personal_reception.receive",
    "hromada_report.begin",
    "local_meeting.begin",
    "hromada_memorandum.apply",
    "officer_training.apply",
    "domestic_violence.register",
    "joint_task.send",
    "safety_project.begin",
]


@dataclass(frozen=True)
class Scope:
    """Which entries: from `start` up to before `end`, of transactions before `until`, in these intervals."""

    start: datetime
    end: datetime
    level: str
    until: int
    places: tuple[int, int]
    units: tuple[int, int]

    def values(self) -> dict[str, object]:
        """Return what the statements ask for by name."""
        return {
            "start": self.start,
            "end": self.end,
            "until": self.until,
            "openings": OPENINGS,
            "last": kyiv_day(self.end - timedelta(microseconds=1)),
            "month_ago": day_start(kyiv_day(self.end - timedelta(microseconds=1)) - timedelta(days=29)),
            "by_units": self.level in ("unit", "directorate"),
            "place_from": self.places[0],
            "place_to": self.places[1],
            "unit_from": self.units[0],
            "unit_to": self.units[1],
        }


def recount(scope: Scope) -> Counted:
    """Return the value of each indicator and row; None where it is unknown, no row where nothing was found.

    Call it inside `reading(Reader.system())`.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            (TABLES + HELD).format(group=GROUPS[scope.level], hromada=GROUPS["hromada"]), scope.values()
        )
    found: Counted = {code: dict(_asked(query, scope)) for code, query in QUERIES.items()}
    for code, steps in UNRECORDED.items():
        for place in _silent(steps, scope):
            found[code][place] = None
    return found


def expected(again: Counted, code: str, row: str, people: int | None) -> float | None:
    """Return what the second path gives for a row of so many people."""
    if code in RATES:
        count, per = RATES[code]
        return (again[count].get(row) or 0) / people * per if people else None
    return again[code].get(row, 0 if code in COUNTS else None)


def _silent(steps: str, scope: Scope) -> list[str]:
    """Return the rows with calls of the period, none of which comes from a source that records the steps."""
    records = f"count(*) FILTER (WHERE NOT coalesce(data->'unrecorded', '[]') ?| ARRAY[{steps}])"
    query = f"SELECT {ROW}, {records} FROM received WHERE procedure = 'call' {BY_PLACE} HAVING count(*) > 0"
    return [place for place, count in _asked(query, scope) if not count]


def _asked(query: str, scope: Scope) -> list[tuple[str, float | None]]:
    with connection.cursor() as cursor:
        cursor.execute(WITHIN + query, scope.values())
        return cursor.fetchall()
