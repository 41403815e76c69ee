"""The database's side of residents: who sees receipts, reports that wait, and where residents are written to."""

ROLE = "(SELECT NULLIF(current_setting('varta.role', true), ''))"

WALLS = f"""
ALTER TABLE residents_receipt ENABLE ROW LEVEL SECURITY;
ALTER TABLE residents_receipt FORCE ROW LEVEL SECURITY;
CREATE POLICY residents_receipt_system ON residents_receipt USING ({ROLE} = 'system');
CREATE POLICY residents_receipt_of_visible_case ON residents_receipt FOR SELECT USING (varta_sees_case("case"));

ALTER TABLE residents_subscription ENABLE ROW LEVEL SECURITY;
ALTER TABLE residents_subscription FORCE ROW LEVEL SECURITY;
CREATE POLICY residents_subscription_system ON residents_subscription USING ({ROLE} = 'system');

ALTER TABLE residents_waiting ENABLE ROW LEVEL SECURITY;
ALTER TABLE residents_waiting FORCE ROW LEVEL SECURITY;
CREATE POLICY residents_waiting_in_scope ON residents_waiting USING (
    {ROLE} = 'system'
    OR (
        place_pre BETWEEN (SELECT nullif(current_setting('varta.place_from', true), '')::int)
                      AND (SELECT nullif(current_setting('varta.place_to', true), '')::int)
        AND unit_pre BETWEEN (SELECT nullif(current_setting('varta.unit_from', true), '')::int)
                         AND (SELECT nullif(current_setting('varta.unit_to', true), '')::int)
        AND procedure = ANY ((SELECT string_to_array(current_setting('varta.procedures', true), ','))::text[])
    )
);
REVOKE DELETE, TRUNCATE ON residents_receipt, residents_subscription, residents_waiting FROM varta_app, PUBLIC;
"""
