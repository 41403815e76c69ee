"""The database's side of meetings: who holds one reads it, and whoever has a seat in it."""

from varta.people.scope import SETTING, no_programs

SYSTEM = f"{SETTING['role']} = 'system'"
MEETS = f"'meeting' = ANY ({SETTING['procedures']}::text[])"
TASKS = f"'joint_task' = ANY ({SETTING['procedures']}::text[])"


def _within(place: str, unit: str) -> str:
    return f"{_between(place, 'place')} AND {_between(unit, 'unit')}"


def _between(column: str, tree: str) -> str:
    return f"{column} BETWEEN {SETTING[f'{tree}_from']} AND {SETTING[f'{tree}_to']}"


HOST, OWN = _within("host_place", "host_unit"), _within("place_pre", "unit_pre")

WALLS = f"""
ALTER TABLE meetings_seat ENABLE ROW LEVEL SECURITY;
ALTER TABLE meetings_seat FORCE ROW LEVEL SECURITY;
CREATE POLICY meetings_seat_read ON meetings_seat FOR SELECT
    USING ({SYSTEM} OR ({MEETS} AND (({HOST}) OR {_between("unit_pre", "unit")})));
CREATE POLICY meetings_seat_add ON meetings_seat FOR INSERT WITH CHECK ({SYSTEM} OR ({MEETS} AND {HOST}));
CREATE POLICY meetings_seat_remove ON meetings_seat FOR DELETE USING ({SYSTEM} OR ({MEETS} AND {HOST}));
REVOKE UPDATE, TRUNCATE ON meetings_seat FROM varta_app, PUBLIC;

CREATE FUNCTION varta_has_seat(wanted uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM meetings_seat s WHERE s.meeting = wanted);
END $$;

ALTER TABLE meetings_meeting ENABLE ROW LEVEL SECURITY;
ALTER TABLE meetings_meeting FORCE ROW LEVEL SECURITY;
CREATE POLICY meetings_meeting_read ON meetings_meeting FOR SELECT
    USING ({SYSTEM} OR ({MEETS} AND (({OWN}) OR varta_has_seat(key))));
CREATE POLICY meetings_meeting_add ON meetings_meeting FOR INSERT WITH CHECK ({SYSTEM} OR ({MEETS} AND {OWN}));
CREATE POLICY meetings_meeting_change ON meetings_meeting FOR UPDATE USING ({SYSTEM} OR ({MEETS} AND {OWN}));
REVOKE DELETE, TRUNCATE ON meetings_meeting FROM varta_app, PUBLIC;

ALTER TABLE meetings_decision ENABLE ROW LEVEL SECURITY;
ALTER TABLE meetings_decision FORCE ROW LEVEL SECURITY;
CREATE POLICY meetings_decision_read ON meetings_decision FOR SELECT
    USING ({SYSTEM} OR ({MEETS} AND {HOST}) OR ({TASKS} AND {OWN}));
CREATE POLICY meetings_decision_add ON meetings_decision FOR INSERT
    WITH CHECK ({SYSTEM} OR ({TASKS} AND {OWN}));
CREATE POLICY meetings_decision_change ON meetings_decision FOR UPDATE USING ({SYSTEM} OR varta_sees_case(key));
REVOKE DELETE, TRUNCATE ON meetings_decision FROM varta_app, PUBLIC;
"""
WALLS += no_programs("meetings_seat", "meetings_meeting", "meetings_decision")
