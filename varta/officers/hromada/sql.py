"""The database's side of reports to hromadas: what anybody reads, who writes, what is never changed."""

from varta.officers.sql import ROLE, SYSTEM

WRITES = f"{SYSTEM} OR ({ROLE} IN ('hromada_officer', 'head') AND varta_sees_case(\"case\"))"

# What was published is read by everybody, strangers too. A row is written once; the system alone takes one away,
# to compute it anew.
REPORTS = f"""
ALTER TABLE officers_hromadareport ENABLE ROW LEVEL SECURITY;
ALTER TABLE officers_hromadareport FORCE ROW LEVEL SECURITY;
CREATE POLICY officers_hromadareport_read ON officers_hromadareport FOR SELECT USING (true);
CREATE POLICY officers_hromadareport_add ON officers_hromadareport FOR INSERT WITH CHECK ({WRITES});
CREATE POLICY officers_hromadareport_remove ON officers_hromadareport FOR DELETE USING ({SYSTEM});
REVOKE UPDATE, TRUNCATE ON officers_hromadareport FROM varta_app, PUBLIC;

ALTER TABLE officers_hromadaopinion ENABLE ROW LEVEL SECURITY;
ALTER TABLE officers_hromadaopinion FORCE ROW LEVEL SECURITY;
CREATE POLICY officers_hromadaopinion_read ON officers_hromadaopinion FOR SELECT USING (true);
CREATE POLICY officers_hromadaopinion_add ON officers_hromadaopinion FOR INSERT WITH CHECK ({WRITES});
CREATE POLICY officers_hromadaopinion_remove ON officers_hromadaopinion FOR DELETE USING ({WRITES});
REVOKE UPDATE, TRUNCATE ON officers_hromadaopinion FROM varta_app, PUBLIC;

ALTER TABLE officers_reportdraft ENABLE ROW LEVEL SECURITY;
ALTER TABLE officers_reportdraft FORCE ROW LEVEL SECURITY;
CREATE POLICY officers_reportdraft_of_visible_case ON officers_reportdraft USING ({WRITES}) WITH CHECK ({WRITES});
REVOKE TRUNCATE ON officers_reportdraft FROM varta_app, PUBLIC;
"""
