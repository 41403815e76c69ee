"""The database's side of the office of appeals: who sees letters and reminders, what is never changed."""

ROLE = "(SELECT nullif(current_setting('varta.role', true), ''))"
OFFICER = "(SELECT nullif(current_setting('varta.officer', true), '')::bigint)"
OF_OWN_UNITS = """
    EXISTS (SELECT FROM places_unit u WHERE u.code = unit
            AND u.pre BETWEEN (SELECT nullif(current_setting('varta.unit_from', true), '')::int)
                          AND (SELECT nullif(current_setting('varta.unit_to', true), '')::int))
"""
OFFICE = f"{ROLE} = 'system' OR ({ROLE} IN ('duty', 'head') AND {OF_OWN_UNITS})"

# A letter is seen with its case, and written where the case is seen. Numbers of letters name nobody.
LETTERS = f"""
ALTER TABLE appeals_letter ENABLE ROW LEVEL SECURITY;
ALTER TABLE appeals_letter FORCE ROW LEVEL SECURITY;
CREATE POLICY appeals_letter_of_visible_case ON appeals_letter
    USING ({ROLE} = 'system' OR varta_sees_case(case_key))
    WITH CHECK ({ROLE} = 'system' OR (varta_sees_case(case_key) AND officer_id = {OFFICER}));
REVOKE UPDATE, DELETE, TRUNCATE ON appeals_letter FROM varta_app, PUBLIC;
REVOKE DELETE, TRUNCATE ON appeals_outgoing FROM varta_app, PUBLIC;
"""

# Forms of names are words of the language, not people: all officers share them.
FORMS = f"""
ALTER TABLE appeals_nameform ENABLE ROW LEVEL SECURITY;
ALTER TABLE appeals_nameform FORCE ROW LEVEL SECURITY;
CREATE POLICY appeals_nameform_read ON appeals_nameform FOR SELECT USING ({ROLE} IS NOT NULL);
CREATE POLICY appeals_nameform_add ON appeals_nameform FOR INSERT
    WITH CHECK ({ROLE} = 'system' OR officer_id = {OFFICER});
REVOKE UPDATE, DELETE, TRUNCATE ON appeals_nameform FROM varta_app, PUBLIC;
"""

# Letterheads and hours of reception are public; a unit's own office changes them.
OFFICES = f"""
ALTER TABLE appeals_office ENABLE ROW LEVEL SECURITY;
ALTER TABLE appeals_office FORCE ROW LEVEL SECURITY;
CREATE POLICY appeals_office_read ON appeals_office FOR SELECT USING (true);
CREATE POLICY appeals_office_write ON appeals_office USING ({OFFICE}) WITH CHECK ({OFFICE});
ALTER TABLE appeals_receptionhours ENABLE ROW LEVEL SECURITY;
ALTER TABLE appeals_receptionhours FORCE ROW LEVEL SECURITY;
CREATE POLICY appeals_receptionhours_read ON appeals_receptionhours FOR SELECT USING (true);
CREATE POLICY appeals_receptionhours_write ON appeals_receptionhours USING ({OFFICE}) WITH CHECK ({OFFICE});
"""

REMINDERS = f"""
ALTER TABLE appeals_reminder ENABLE ROW LEVEL SECURITY;
ALTER TABLE appeals_reminder FORCE ROW LEVEL SECURITY;
CREATE POLICY appeals_reminder_of_visible_case ON appeals_reminder FOR SELECT
    USING ({ROLE} = 'system' OR varta_sees_case(case_key));
CREATE POLICY appeals_reminder_add ON appeals_reminder FOR INSERT WITH CHECK ({ROLE} = 'system');
REVOKE UPDATE, DELETE, TRUNCATE ON appeals_reminder FROM varta_app, PUBLIC;
"""

# The register of a unit is read among ten million calls.
REGISTER = """
CREATE INDEX appeals_register_by_unit ON cases_case (unit_pre, opened_at) WHERE procedure = 'appeal';
CREATE INDEX appeals_of_executor ON cases_case ((facts->'executor'), opened_at) WHERE procedure = 'appeal';
"""

# A partner's program sees the cases that it sent, and no letter in them: letters bear where people live.
OFFICERS_ONLY = "\n".join(
    f"""
CREATE POLICY {table}_not_for_programs ON {table} AS RESTRICTIVE
    USING (coalesce({ROLE}, '') NOT IN ('exchange', 'shared', 'published'));
"""
    for table in ("appeals_letter", "appeals_reminder", "appeals_nameform")
)
