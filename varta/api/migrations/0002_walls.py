"""What the programs of partners see and write, in the database too."""

from django.db import migrations

ROLE = "(SELECT NULLIF(current_setting('varta.role', true), ''))"
NAMED = "(SELECT coalesce(current_setting('varta.role', true), ''))"
OFFICER = "(SELECT NULLIF(current_setting('varta.officer', true), '')::bigint)"
PROGRAMS = "('exchange', 'shared', 'published')"

# A name and a scope are no secret of the service; keys are found by the system alone, before anybody is known.
PARTNERS = f"""
ALTER TABLE api_partner ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_partner FORCE ROW LEVEL SECURITY;
CREATE POLICY partner_read ON api_partner FOR SELECT USING ({ROLE} IS NOT NULL);
CREATE POLICY partner_add ON api_partner FOR INSERT WITH CHECK ({ROLE} = 'system');
CREATE POLICY partner_change ON api_partner FOR UPDATE USING ({ROLE} = 'system');
REVOKE DELETE, TRUNCATE ON api_partner FROM varta_app;

ALTER TABLE api_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_key FORCE ROW LEVEL SECURITY;
CREATE POLICY key_for_the_system ON api_key USING ({ROLE} = 'system');
REVOKE DELETE, TRUNCATE ON api_key FROM varta_app;

ALTER TABLE api_message ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_message FORCE ROW LEVEL SECURITY;
CREATE POLICY message_read ON api_message FOR SELECT USING (
    {ROLE} = 'system'
    OR ({ROLE} = 'exchange' AND partner_id = {OFFICER})
    OR ({ROLE} = 'published' AND door = 'open311')
);
CREATE POLICY message_add ON api_message FOR INSERT
    WITH CHECK ({ROLE} = 'exchange' AND partner_id = {OFFICER});
REVOKE UPDATE, DELETE, TRUNCATE ON api_message FROM varta_app;

ALTER TABLE api_use ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_use FORCE ROW LEVEL SECURITY;
CREATE POLICY use_read ON api_use FOR SELECT USING ({ROLE} IS NOT NULL);
CREATE POLICY use_add ON api_use FOR INSERT
    WITH CHECK ({ROLE} IN ('exchange', 'shared') AND partner_id = {OFFICER});
CREATE POLICY use_change ON api_use FOR UPDATE
    USING ({ROLE} IN ('exchange', 'shared') AND partner_id = {OFFICER});
CREATE POLICY use_clear ON api_use FOR DELETE USING ({ROLE} = 'system');
"""

# A partner's place and unit say where it may write; what it may see is narrower. Restrictive policies are
# asked besides those of cases. The function is dear only to programs: the role is compared first. Its cost
# is told to be small, for the planner adds up both sides of an OR and would shun good plans for officers.
CASES = f"""
CREATE FUNCTION varta_program_sees(wanted uuid, closed_at timestamptz, facts jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE COST 1 SET search_path = public, pg_temp AS $$
BEGIN
    IF current_setting('varta.role', true) = 'shared' THEN
        RETURN closed_at IS NULL AND facts->>'category' IN ('alpha', 'beta');
    END IF;
    RETURN EXISTS (SELECT FROM api_message m WHERE m.case_key = wanted);
END $$;

CREATE POLICY cases_case_of_programs ON cases_case AS RESTRICTIVE
    USING ({NAMED} NOT IN {PROGRAMS} OR varta_program_sees(key, closed_at, facts))
    WITH CHECK (
        {NAMED} NOT IN {PROGRAMS} OR ({NAMED} = 'exchange' AND varta_program_sees(key, closed_at, facts))
    );
CREATE POLICY cases_entry_of_programs ON cases_entry AS RESTRICTIVE FOR SELECT
    USING ({NAMED} <> 'published');
CREATE POLICY cases_entry_by_programs ON cases_entry AS RESTRICTIVE FOR INSERT
    WITH CHECK ({NAMED} NOT IN ('shared', 'published'));
CREATE POLICY cases_involvement_of_programs ON cases_involvement AS RESTRICTIVE FOR SELECT
    USING ({NAMED} NOT IN {PROGRAMS});
"""

# The caller whom a partner names is written and never read back by it.
PEOPLE = f"""
CREATE POLICY person_add_by_exchange ON people_person FOR INSERT WITH CHECK ({ROLE} = 'exchange');
CREATE POLICY person_of_programs ON people_person AS RESTRICTIVE FOR SELECT
    USING ({NAMED} NOT IN {PROGRAMS});
"""


class Migration(migrations.Migration):
    dependencies = [
        ("api", "0001_partners"),
        ("cases", "0002_journal_and_walls"),
        ("people", "0002_policies"),
    ]

    operations = [migrations.RunSQL(statements) for statements in (PARTNERS, CASES, PEOPLE)]
