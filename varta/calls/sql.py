"""The database's side of the desk: who sees crews, their sendings and where they are."""

SYSTEM = "(SELECT current_setting('varta.role', true)) = 'system'"
IN_SCOPE = f"""
    {SYSTEM}
    OR (
        place_pre BETWEEN (SELECT nullif(current_setting('varta.place_from', true), '')::int)
                      AND (SELECT nullif(current_setting('varta.place_to', true), '')::int)
        AND unit_pre BETWEEN (SELECT nullif(current_setting('varta.unit_from', true), '')::int)
                         AND (SELECT nullif(current_setting('varta.unit_to', true), '')::int)
        AND 'duty_shift' = ANY ((SELECT string_to_array(current_setting('varta.procedures', true), ','))::text[])
    )
"""

# That a crew is busy is seen with the crew, though the call may lie elsewhere: otherwise two desks would
# send it at once, and the second would learn of it from a broken constraint.
CREWS = f"""
ALTER TABLE calls_crew ENABLE ROW LEVEL SECURITY;
ALTER TABLE calls_crew FORCE ROW LEVEL SECURITY;
CREATE POLICY calls_crew_in_scope ON calls_crew USING ({IN_SCOPE});

CREATE FUNCTION varta_sees_crew(wanted uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM calls_crew c WHERE c.key = wanted);
END $$;

ALTER TABLE calls_sending ENABLE ROW LEVEL SECURITY;
ALTER TABLE calls_sending FORCE ROW LEVEL SECURITY;
CREATE POLICY calls_sending_of_visible ON calls_sending
    USING ({SYSTEM} OR varta_sees_case(call) OR varta_sees_crew(crew));

ALTER TABLE calls_position ENABLE ROW LEVEL SECURITY;
ALTER TABLE calls_position FORCE ROW LEVEL SECURITY;
CREATE POLICY calls_position_of_visible_crew ON calls_position USING ({SYSTEM} OR varta_sees_crew(crew));

REVOKE DELETE, TRUNCATE ON calls_crew, calls_position FROM varta_app, PUBLIC;
REVOKE TRUNCATE ON calls_sending FROM varta_app, PUBLIC;
CREATE INDEX calls_sending_of_crew ON calls_sending (crew, assigned_at);
"""

SHORTAGES = f"""
ALTER TABLE calls_shortage ENABLE ROW LEVEL SECURITY;
ALTER TABLE calls_shortage FORCE ROW LEVEL SECURITY;
CREATE POLICY calls_shortage_of_visible_call ON calls_shortage
    USING ({SYSTEM} OR varta_sees_case(call))
    WITH CHECK ((SELECT nullif(current_setting('varta.role', true), '')) IS NOT NULL);
REVOKE TRUNCATE ON calls_shortage FROM varta_app, PUBLIC;
"""

# Of millions of calls a few hundred are open: the board walks these alone.
OPEN_CALLS = """
CREATE INDEX calls_open ON cases_case (opened_at) WHERE closed_at IS NULL AND procedure = 'call';
"""
