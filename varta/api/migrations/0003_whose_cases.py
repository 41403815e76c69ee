"""A partner's message may name a new case, or one that the partner sent before: no other becomes visible by it."""

from django.db import migrations

ROLE = "(SELECT NULLIF(current_setting('varta.role', true), ''))"
OFFICER = "(SELECT NULLIF(current_setting('varta.officer', true), '')::bigint)"

# Keys of cases are no secret: they stand in addresses and in what is told as CAP. Without this a partner could
# write down that the case of another is its own, and then the wall would show it.
FORWARD = f"""
CREATE FUNCTION varta_case_is_new(wanted uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SET search_path = public, pg_temp AS $$
DECLARE
    reader text := coalesce(current_setting('varta.role', true), '');
    is_new boolean;
BEGIN
    PERFORM set_config('varta.role', 'system', true);  -- the wall would hide just the cases that matter here
    is_new := NOT EXISTS (SELECT FROM cases_case c WHERE c.key = wanted);
    PERFORM set_config('varta.role', reader, true);
    RETURN is_new;
END $$;
CREATE FUNCTION varta_partner_sent(wanted uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM api_message m WHERE m.case_key = wanted);
END $$;
DROP POLICY message_add ON api_message;
CREATE POLICY message_add ON api_message FOR INSERT WITH CHECK (
    {ROLE} = 'exchange' AND partner_id = {OFFICER}
    AND (varta_case_is_new(case_key) OR varta_partner_sent(case_key))
);
"""
BACK = f"""
DROP POLICY message_add ON api_message;
CREATE POLICY message_add ON api_message FOR INSERT
    WITH CHECK ({ROLE} = 'exchange' AND partner_id = {OFFICER});
DROP FUNCTION varta_case_is_new(uuid);
DROP FUNCTION varta_partner_sent(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [("api", "0002_walls")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
