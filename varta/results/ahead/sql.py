"""The database's side of targets and forecasts: who answers for all of a row's places and units sees it."""

from varta.people.scope import SETTING, no_programs

ROLE = SETTING["role"]
SYSTEM = f"{ROLE} = 'system'"
COVERED = " AND ".join(
    f"{column} {sign} {SETTING[column]}"
    for column, sign in (("place_from", ">="), ("place_to", "<="), ("unit_from", ">="), ("unit_to", "<="))
)
COUNTING = """('duty', 'hromada_officer', 'juvenile_officer', 'criminal_block', 'head', 'coordinator', 'analyst',
    'editor', 'auditor')"""
SETTING_TARGETS = "('head', 'coordinator')"
ASKING = "('head', 'coordinator', 'analyst')"


def _walls(table: str, read: str, add: str) -> str:
    return f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY {table}_read ON {table} FOR SELECT USING ({SYSTEM} OR ({read}));
CREATE POLICY {table}_add ON {table} FOR INSERT WITH CHECK ({SYSTEM} OR ({add}));
REVOKE DELETE, TRUNCATE ON {table} FROM varta_app, PUBLIC;
"""


COUNTS = f"{ROLE} IN {COUNTING}"
WALLS = (
    _walls("ahead_target", f"{COUNTS} AND {COVERED}", f"{ROLE} IN {SETTING_TARGETS} AND {COVERED}")
    + "REVOKE UPDATE ON ahead_target FROM varta_app, PUBLIC;"
    + _walls("ahead_prospect", COUNTS, f"{ROLE} IN {ASKING}")
    + f"CREATE POLICY ahead_prospect_change ON ahead_prospect FOR UPDATE USING ({SYSTEM});"
    + _walls("ahead_prospectrow", f"{COUNTS} AND {COVERED}", "false")
    + "REVOKE UPDATE ON ahead_prospectrow FROM varta_app, PUBLIC;"
    + _walls("ahead_prospectofreport", COUNTS, "false")
    + "REVOKE UPDATE ON ahead_prospectofreport FROM varta_app, PUBLIC;"
    + _walls("ahead_earliermonth", "false", "false")
    + f"CREATE POLICY ahead_earliermonth_change ON ahead_earliermonth FOR UPDATE USING ({SYSTEM});"
    + no_programs("ahead_target", "ahead_prospectrow")
)
