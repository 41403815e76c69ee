"""The database's side of statements: who reads them, who may add, and that nobody changes them."""

from varta.people.scope import SETTING, no_programs

WITHIN = f"""
    place_from >= {SETTING["place_from"]} AND place_to <= {SETTING["place_to"]}
    AND unit_from >= {SETTING["unit_from"]} AND unit_to <= {SETTING["unit_to"]}
"""
WRITES = f"{SETTING['role']} IN ('system', 'editor')"
WALLS = "\n".join(
    f"""
REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM varta_app, PUBLIC;
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY {table}_read ON {table} FOR SELECT USING ({WITHIN});
CREATE POLICY {table}_add ON {table} FOR INSERT WITH CHECK ({WRITES} AND {WITHIN});
"""
    for table in ("press_template", "press_published")
)
WALLS += no_programs("press_template")
DOWN = "\n".join(
    f"DROP POLICY {table}_read ON {table}; DROP POLICY {table}_add ON {table};"
    for table in ("press_template", "press_published")
)
DOWN += "DROP POLICY press_template_not_for_programs ON press_template;"
# What was published is read by everybody, as the report itself is.
OPEN = """
DROP POLICY press_published_read ON press_published;
CREATE POLICY press_published_read ON press_published FOR SELECT USING (true);
"""
SHUT = f"""
DROP POLICY press_published_read ON press_published;
CREATE POLICY press_published_read ON press_published FOR SELECT USING ({WITHIN});
"""
