"""Row-level security, privileges and the constraint that Django cannot say."""

from django.db import migrations

ROLE = "(SELECT NULLIF(current_setting('varta.role', true), ''))"
OFFICER = "(SELECT NULLIF(current_setting('varta.officer', true), '')::bigint)"
UNIT_FROM = "(SELECT NULLIF(current_setting('varta.unit_from', true), '')::int)"
UNIT_TO = "(SELECT NULLIF(current_setting('varta.unit_to', true), '')::int)"
REGISTERS = (
    "'duty','hromada_officer','juvenile_officer','criminal_block','head','coordinator','partner','system'"
)

# Officers are the service's directory: every signature beside an entry names one, and sign-in
# must find the account before anybody is known. Writing is what needs a wall.
OFFICERS = f"""
ALTER TABLE people_officer ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_officer FORCE ROW LEVEL SECURITY;
CREATE POLICY officer_read ON people_officer FOR SELECT USING (true);
CREATE POLICY officer_add ON people_officer FOR INSERT
    WITH CHECK ({ROLE} IN ('administrator','system'));
CREATE POLICY officer_change ON people_officer FOR UPDATE
    USING ({ROLE} IN ('administrator','system') OR id = {OFFICER});
REVOKE DELETE, TRUNCATE ON people_officer FROM varta_app;

ALTER TABLE people_appointment ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_appointment FORCE ROW LEVEL SECURITY;
CREATE POLICY appointment_read ON people_appointment FOR SELECT USING (true);
CREATE POLICY appointment_add ON people_appointment FOR INSERT
    WITH CHECK ({ROLE} IN ('administrator','system') AND officer_id IS DISTINCT FROM {OFFICER});
CREATE POLICY appointment_change ON people_appointment FOR UPDATE
    USING ({ROLE} IN ('administrator','system') AND officer_id IS DISTINCT FROM {OFFICER});
REVOKE DELETE, TRUNCATE ON people_appointment FROM varta_app;
"""

# The same role over the same place and unit is not given twice for one day. The text is folded
# into a number because the core has no GiST operators for text.
NOT_DOUBLED = """
ALTER TABLE people_appointment ADD CONSTRAINT people_appointment_is_not_doubled EXCLUDE USING gist (
    int8range(officer_id, officer_id, '[]') WITH &&,
    int8range(hashtextextended(role || '/' || place_id || '/' || unit_id, 0), hashtextextended(role || '/' || place_id || '/' || unit_id, 0), '[]') WITH &&,
    daterange(since, until, '[]') WITH &&
);
"""

# A person is read through a case; the policy for that stands where involvements do, in cases.
PERSONS = f"""
ALTER TABLE people_person ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_person FORCE ROW LEVEL SECURITY;
CREATE POLICY person_read_system ON people_person FOR SELECT USING ({ROLE} = 'system');
CREATE POLICY person_add ON people_person FOR INSERT WITH CHECK ({ROLE} IN ({REGISTERS}));
CREATE POLICY person_change ON people_person FOR UPDATE USING ({ROLE} IN ({REGISTERS}));
REVOKE DELETE, TRUNCATE ON people_person FROM varta_app;
"""

# Auditors read the log, a head reads what the unit looked at, each officer reads his or her own.
LOOKS = f"""
ALTER TABLE people_look ADD COLUMN txid xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX people_look_by_txid ON people_look (txid);
ALTER TABLE people_look ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_look FORCE ROW LEVEL SECURITY;
CREATE POLICY look_read ON people_look FOR SELECT USING (
    {ROLE} = 'system'
    OR officer_id = {OFFICER}
    OR ({ROLE} IN ('auditor','head') AND unit_pre BETWEEN {UNIT_FROM} AND {UNIT_TO})
    OR ({ROLE} = 'auditor' AND unit_pre IS NULL)
);
CREATE POLICY look_add ON people_look FOR INSERT
    WITH CHECK ({ROLE} = 'system' OR officer_id IS NOT DISTINCT FROM {OFFICER});
REVOKE UPDATE, DELETE, TRUNCATE ON people_look FROM varta_app;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [migrations.RunSQL(sql) for sql in (OFFICERS, NOT_DOUBLED, PERSONS, LOOKS)]
