"""The figures once more, by another path: plain SQL over the entries in PostgreSQL, without lake and engine.

It knows nothing of `varta/figures`: each indicator is written here by hand, so that an error in one
path shows as a difference. C02 is C01 over the population and is not counted again.
Deadlines (C05, C10) are those that the cases have now.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

TOTAL = "*"  # the row of the whole
Counted = dict[str, dict[str, float | None]]  # indicator code -> code of the row -> value

GROUPS = {
    "country": "(SELECT r.code FROM places_territory r WHERE r.level = 0 AND t.pre BETWEEN r.pre AND r.pre_end)",
    "oblast": "t.oblast",
    "raion": "t.raion",
    "hromada": "t.hromada",
    "unit": "u.code",
    "directorate": """(SELECT d.code FROM places_unit d JOIN places_unit r ON r.code = d.parent_id
                       WHERE r.parent_id IS NULL AND u.pre BETWEEN d.pre AND d.pre_end)""",
}

# An entry stands until another corrects it; of a case, the opening entry says where and since when.
# Tables and not a WITH: the planner knows how many rows they have, and each is made once.
TABLES = """
DROP TABLE IF EXISTS pg_temp.standing, pg_temp.opening, pg_temp.step, pg_temp.beat;
CREATE TEMP TABLE standing ON COMMIT DROP AS
    SELECT e.key, e.case_key, e.procedure, e.step, e.at, e.place, e.unit, e.data FROM cases_entry e
    WHERE e.txid < %(until)s::text::xid8;
DELETE FROM standing WHERE key IN (
    SELECT c.corrects FROM cases_entry c WHERE c.corrects IS NOT NULL AND c.txid < %(until)s::text::xid8);
DELETE FROM standing WHERE data->>'undone' = 'true';
ANALYZE standing;
CREATE TEMP TABLE opening ON COMMIT DROP AS
    SELECT o.case_key, o.procedure, o.at AS opened_at, o.data, {group} AS place
    FROM standing o JOIN places_territory t ON t.code = o.place JOIN places_unit u ON u.code = o.unit
    WHERE o.procedure || '.' || o.step = ANY(%(openings)s) AND t.pre BETWEEN %(place_from)s AND %(place_to)s
      AND u.pre BETWEEN %(unit_from)s AND %(unit_to)s;
CREATE INDEX ON opening (case_key);
ANALYZE opening;
CREATE TEMP TABLE step ON COMMIT DROP AS
    SELECT s.case_key, s.procedure || '.' || s.step AS name, s.at, s.data, o.opened_at, o.place
    FROM standing s JOIN opening o ON o.case_key = s.case_key;
CREATE INDEX ON step (case_key);
ANALYZE step;
CREATE TEMP TABLE beat ON COMMIT DROP AS
    SELECT b.population, CASE b.kind WHEN 'rural' THEN 6000 ELSE 7000 END AS norm, b.since, b.until, {group} AS place
    FROM places_beat b JOIN places_territory t ON t.code = b.hromada_id LEFT JOIN places_unit u ON false
    WHERE t.pre BETWEEN %(place_from)s AND %(place_to)s;
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
]
BY_PLACE = "GROUP BY GROUPING SETS ((coalesce(place, '')), ())"
ROW = "CASE WHEN grouping(coalesce(place, '')) = 1 THEN '*' ELSE coalesce(place, '') END"


def _count(name: str, where: str = "true") -> str:
    return f"SELECT {ROW}, count(*) FROM inside WHERE name = '{name}' AND {where} {BY_PLACE}"


def _quantile(name: str, part: float) -> str:
    first = f"""(SELECT DISTINCT ON (case_key) * FROM inside WHERE name = '{name}'
                 ORDER BY case_key, at) first"""
    minutes = "extract(epoch FROM at - opened_at) / 60"
    return f"SELECT {ROW}, percentile_cont({part}) WITHIN GROUP (ORDER BY {minutes}) FROM {first} {BY_PLACE}"


def _kept(side: str) -> str:
    """Return the share of duties of one side that were met by their day; a day is due when it begins in UTC."""
    met = """EXISTS (SELECT FROM step s WHERE s.case_key = p.case_key AND s.name = 'hromada_memorandum.fulfil'
                     AND s.data->>'number' = p.data->>'number' AND s.data->>'on' <= p.data->>'due')"""
    return f"""SELECT {ROW}, avg(({met})::int)::float FROM step p
               WHERE p.name = 'hromada_memorandum.promise' AND p.data->>'side' = '{side}'
                 AND (p.data->>'due')::timestamp AT TIME ZONE 'UTC' >= %(start)s
                 AND (p.data->>'due')::timestamp AT TIME ZONE 'UTC' < %(end)s {BY_PLACE}"""


QUERIES: Mapping[str, str] = {
    "C01": _count("call.receive"),
    "C03": f"""SELECT {ROW}, avg((data->>'confirmed')::boolean::int)::float FROM inside
               WHERE name = 'call.close' {BY_PLACE}""",
    "C04": _count("call.false_call"),
    "C05": f"""SELECT {ROW}, avg((i.at < d.late_from)::int)::float
               FROM inside i JOIN cases_deadline d ON d.case_key = i.case_key AND d.step = 'arrive'
               WHERE i.name = 'call.arrive' {BY_PLACE}""",
    "C06": _quantile("call.arrive", 0.5),
    "C06-P90": _quantile("call.arrive", 0.9),
    "C07": _quantile("call.assign", 0.5),
    "C08": f"""SELECT {ROW}, count(*) FROM received r
               WHERE procedure = 'call' AND NOT coalesce(data->'unrecorded', '[]') ?| ARRAY['arrive', 'close']
                 AND NOT EXISTS (SELECT FROM step s WHERE s.case_key = r.case_key
                                 AND s.name IN ('call.arrive', 'call.close')) {BY_PLACE}""",
    "C09": _count("appeal.receive"),
    "C09-COMPLAINT": _count("appeal.receive", "data->>'kind' = 'complaint'"),
    "C09-PROPOSAL": _count("appeal.receive", "data->>'kind' = 'proposal'"),
    "C09-REQUEST": _count("appeal.receive", "data->>'kind' = 'request'"),
    "C10": f"""SELECT {ROW}, avg((EXISTS (SELECT FROM step s WHERE s.case_key = o.case_key
                                          AND s.name = 'appeal.reply' AND s.at < d.late_from))::int)::float
               FROM opening o JOIN cases_deadline d ON d.case_key = o.case_key AND d.step = 'reply'
               WHERE o.procedure = 'appeal' AND d.late_from > %(start)s AND d.late_from <= %(end)s
                 AND NOT EXISTS (SELECT FROM step s WHERE s.case_key = o.case_key AND s.at < d.late_from
                                 AND s.name IN ('appeal.return_defective', 'appeal.return_for_data',
                                                'appeal.forward', 'appeal.leave_unconsidered'))
               {BY_PLACE}""",
    "C12-RECEPTIONS": _count("personal_reception.receive"),
    # Midnight in Kyiv lies within the day before in UTC: the last day of the period.
    "G05": f"""SELECT {ROW}, avg((population > norm)::int)::float FROM beat
               WHERE population IS NOT NULL AND (%(end)s AT TIME ZONE 'UTC')::date >= DATE '2017-07-28'
                 AND since <= (%(end)s AT TIME ZONE 'UTC')::date
                 AND (until IS NULL OR until > (%(end)s AT TIME ZONE 'UTC')::date) {BY_PLACE}""",
    "G06": f"""SELECT {ROW}, avg((EXISTS (SELECT FROM step s WHERE s.case_key = o.case_key
                                          AND s.name = 'hromada_report.publish' AND s.at < d.late_from))::int)::float
               FROM opening o JOIN cases_deadline d ON d.case_key = o.case_key AND d.step = 'publish'
               WHERE o.procedure = 'hromada_report' AND d.late_from > %(start)s AND d.late_from <= %(end)s
                 AND NOT EXISTS (SELECT FROM step s WHERE s.case_key = o.case_key AND s.at < d.late_from
                                 AND s.name = 'hromada_report.end')
               {BY_PLACE}""",
    "G06-MEETINGS": _count("local_meeting.hold"),
    "G08-HROMADA": _kept("hromada"),
    "G08-POLICE": _kept("police"),
    "C11": f"""SELECT {ROW}, avg((EXISTS (SELECT FROM step s WHERE s.case_key = i.case_key
                                          AND s.name = 'appeal.extend'))::int)::float
               FROM inside i WHERE i.name = 'appeal.reply' {BY_PLACE}""",
}
COUNTS = {
    "C01",
    "C04",
    "C08",
    "C09",
    "C09-COMPLAINT",
    "C09-PROPOSAL",
    "C09-REQUEST",
    "C12-RECEPTIONS",
    "G06-MEETINGS",
}
UNRECORDED = {"C04": "'false_call'", "C08": "'arrive', 'close'"}  # steps that a source may not record


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
        cursor.execute(TABLES.format(group=GROUPS[scope.level]), scope.values())
    found: Counted = {code: dict(_asked(query, scope)) for code, query in QUERIES.items()}
    for code, steps in UNRECORDED.items():
        for place in _silent(steps, scope):
            found[code][place] = None
    return found


def _silent(steps: str, scope: Scope) -> list[str]:
    """Return the rows with calls of the period, none of which comes from a source that records the steps."""
    records = f"count(*) FILTER (WHERE NOT coalesce(data->'unrecorded', '[]') ?| ARRAY[{steps}])"
    query = f"SELECT {ROW}, {records} FROM received WHERE procedure = 'call' {BY_PLACE} HAVING count(*) > 0"
    return [place for place, count in _asked(query, scope) if not count]


def _asked(query: str, scope: Scope) -> list[tuple[str, float | None]]:
    with connection.cursor() as cursor:
        cursor.execute(WITHIN + query, scope.values())
        return cursor.fetchall()
