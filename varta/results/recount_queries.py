"""The second count of each indicator, by hand: plain SQL over the tables that recount.py lays out."""

from collections.abc import Mapping

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


def _in_term(procedure: str, step: str, *dropped: str) -> str:
    """Return the share of deadlines of a step, late in the period unless met, that were met; dropped cases left out."""
    drops = ", ".join(f"'{procedure}.{one}'" for one in dropped) or "''"
    return f"""SELECT {ROW}, avg((EXISTS (SELECT FROM step s WHERE s.case_key = o.case_key
                                          AND s.name = '{procedure}.{step}' AND s.at < d.late_from))::int)::float
               FROM opening o JOIN cases_deadline d ON d.case_key = o.case_key AND d.step = '{step}'
               WHERE o.procedure = '{procedure}' AND d.late_from > %(start)s AND d.late_from <= %(end)s
                 AND NOT EXISTS (SELECT FROM step s WHERE s.case_key = o.case_key AND s.at < d.late_from
                                 AND s.name IN ({drops}))
               {BY_PLACE}"""


def _with(name: str, other: str, where: str = "true") -> str:
    """Return the share of a step's entries whose case has the other step as well."""
    return f"""SELECT {ROW}, avg((EXISTS (SELECT FROM step s WHERE s.case_key = i.case_key
                                          AND s.name = '{other}'))::int)::float
               FROM inside i WHERE i.name = '{name}' AND {where} {BY_PLACE}"""


def _held(state: str) -> str:
    return f"SELECT {ROW}, count(*) FROM held WHERE state = '{state}' {BY_PLACE}"


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
                                 AND s.name IN ('call.arrive', 'call.close', 'call.join')) {BY_PLACE}""",
    "C09": _count("appeal.receive"),
    "C09-COMPLAINT": _count("appeal.receive", "data->>'kind' = 'complaint'"),
    "C09-PROPOSAL": _count("appeal.receive", "data->>'kind' = 'proposal'"),
    "C09-REQUEST": _count("appeal.receive", "data->>'kind' = 'request'"),
    "C10": _in_term(
        "appeal", "reply", "return_defective", "return_for_data", "forward", "leave_unconsidered"
    ),
    "C11": _with("appeal.reply", "appeal.extend"),
    "C12": f"""SELECT {ROW}, avg((data->>'satisfied' = 'yes')::int)::float FROM inside
               WHERE name = 'call.feedback' {BY_PLACE}""",
    "C12-RECEPTIONS": _count("personal_reception.receive"),
    # Midnight in Kyiv lies within the day before in UTC: the last day of the period.
    "G05": f"""SELECT {ROW}, avg((population > norm)::int)::float FROM beat
               WHERE population IS NOT NULL AND (%(end)s AT TIME ZONE 'UTC')::date >= DATE '2017-07-28'
                 AND since <= (%(end)s AT TIME ZONE 'UTC')::date
                 AND (until IS NULL OR until > (%(end)s AT TIME ZONE 'UTC')::date) {BY_PLACE}""",
    "G06": _in_term("hromada_report", "publish", "end"),
    "G06-MEETINGS": _count("local_meeting.hold"),
    "G07": _count("safety_project.begin"),
    "G07-FINISHED": _count("safety_project.finish", "data->>'result' IN ('done', 'partly')"),
    "G08-HROMADA": _kept("hromada"),
    "G08-POLICE": _kept("police"),
    "G01": _held("serving"),
    "G02-CANDIDATE": _held("candidate"),
    "G02-TRAINING": _held("training"),
    "G02-INTERNSHIP": _held("internship"),
    "G02-CONVERSION": _with("officer_training.apply", "officer_training.appoint"),
    "G03": f"""SELECT {ROW}, avg((EXISTS (SELECT FROM held h WHERE h.state = 'serving'
                                          AND h.hromada = g.code))::int)::float
               FROM ground g WHERE g.stood {BY_PLACE}""",
    "G04": f"""SELECT {ROW}, CASE WHEN bool_and(people IS NOT NULL) THEN sum(people)::float / sum(officers) END FROM (
                   SELECT h.place, max(g.population) AS people, count(*) AS officers
                   FROM held h LEFT JOIN ground g ON g.code = h.hromada
                   WHERE h.state = 'serving' AND h.hromada IS NOT NULL GROUP BY h.place, h.hromada) each
               {BY_PLACE}""",
    "D01": _count("domestic_violence.register"),
    "D02": f"""SELECT {ROW}, avg((data->>'outcome' <> 'not_confirmed')::int)::float FROM inside
               WHERE name = 'domestic_violence.close'
                 AND data->>'outcome' IN ('measures', 'criminal', 'not_confirmed') {BY_PLACE}""",
    "D04": _count("domestic_violence.register", "(data->>'children')::boolean"),
    "D15": _in_term("domestic_violence", "tell_children_service"),
    "D15-SOCIAL": _in_term("domestic_violence", "tell_social_service"),
    "I01": _in_term("joint_task", "report", "send_back"),
    "I02": _with("joint_task.send", "joint_task.accept", "i.data->>'kind' = 'handover'"),
    "I02-SENT": _count("joint_task.send", "data->>'kind' = 'handover'"),
    # By places only the whole is known, and that only where the question is the whole country's.
    "I03": f"""SELECT {ROW}, avg((EXISTS (SELECT FROM step s WHERE s.unit = p.code AND s.name = 'joint_task.send'
                                          AND s.at >= %(month_ago)s AND s.at < %(end)s))::int)::float
               FROM police p {BY_PLACE} HAVING %(by_units)s OR grouping(coalesce(place, '')) = 1""",
}
COUNTS = {  # where nothing was found there was none
    "C01",
    "C04",
    "C08",
    "C09",
    "C09-COMPLAINT",
    "C09-PROPOSAL",
    "C09-REQUEST",
    "C12-RECEPTIONS",
    "G06-MEETINGS",
    "G07",
    "G07-FINISHED",
    "G01",
    "G02-CANDIDATE",
    "G02-TRAINING",
    "G02-INTERNSHIP",
    "D01",
    "D04",
    "I02-SENT",
}
RATES = {"C02": ("C01", 1000), "D01-RATE": ("D01", 10_000)}  # a count for each so many people
UNRECORDED = {"C04": "'false_call'", "C08": "'arrive', 'close'"}  # steps that a source may not record
