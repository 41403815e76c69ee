"""The database's side: everybody reads publications, the system alone adds them and reads true counts."""

SYSTEM = "(SELECT current_setting('varta.role', true)) = 'system'"

WALLS = f"""
ALTER TABLE published_publication ENABLE ROW LEVEL SECURITY;
ALTER TABLE published_publication FORCE ROW LEVEL SECURITY;
CREATE POLICY published_publication_read ON published_publication FOR SELECT USING (true);
CREATE POLICY published_publication_add ON published_publication FOR INSERT WITH CHECK ({SYSTEM});
REVOKE UPDATE, DELETE, TRUNCATE ON published_publication FROM varta_app, PUBLIC;

ALTER TABLE published_counts ENABLE ROW LEVEL SECURITY;
ALTER TABLE published_counts FORCE ROW LEVEL SECURITY;
CREATE POLICY published_counts_read ON published_counts FOR SELECT USING ({SYSTEM});
CREATE POLICY published_counts_add ON published_counts FOR INSERT WITH CHECK ({SYSTEM});
REVOKE UPDATE, DELETE, TRUNCATE ON published_counts FROM varta_app, PUBLIC;
"""
