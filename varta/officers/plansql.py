"""The database's side of plans: who counts sees the plans of the own area, who keeps the programme makes them."""

from varta.officers.sql import COUNTING, KEEPING, PLACE, ROLE, SYSTEM, UNIT

PLANS = f"""
ALTER TABLE officers_plan ENABLE ROW LEVEL SECURITY;
ALTER TABLE officers_plan FORCE ROW LEVEL SECURITY;
CREATE POLICY officers_plan_read ON officers_plan FOR SELECT
    USING ({SYSTEM} OR ({ROLE} IN {COUNTING} AND {PLACE} AND {UNIT}));
CREATE POLICY officers_plan_add ON officers_plan FOR INSERT
    WITH CHECK ({SYSTEM} OR ({ROLE} IN {KEEPING} AND {PLACE} AND {UNIT}));
CREATE POLICY officers_plan_change ON officers_plan FOR UPDATE
    USING ({SYSTEM} OR ({ROLE} IN {KEEPING} AND {PLACE} AND {UNIT}));
REVOKE DELETE, TRUNCATE ON officers_plan FROM varta_app, PUBLIC;

ALTER TABLE officers_proposal ENABLE ROW LEVEL SECURITY;
ALTER TABLE officers_proposal FORCE ROW LEVEL SECURITY;
CREATE POLICY officers_proposal_read ON officers_proposal FOR SELECT
    USING ({SYSTEM} OR ({ROLE} IN {COUNTING} AND {PLACE}));
CREATE POLICY officers_proposal_add ON officers_proposal FOR INSERT
    WITH CHECK ({SYSTEM} OR ({ROLE} IN {KEEPING} AND {PLACE}));
CREATE POLICY officers_proposal_change ON officers_proposal FOR UPDATE
    USING ({SYSTEM} OR ({ROLE} IN {KEEPING} AND {PLACE}));
REVOKE DELETE, TRUNCATE ON officers_proposal FROM varta_app, PUBLIC;
"""
