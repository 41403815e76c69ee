"""The database's side of the programme: one place for a person at a time, and who sees whom."""

SYSTEM = "(SELECT current_setting('varta.role', true)) = 'system'"
ROLE = "(SELECT nullif(current_setting('varta.role', true), ''))"
PLACE = """place_pre BETWEEN (SELECT nullif(current_setting('varta.place_from', true), '')::int)
                      AND (SELECT nullif(current_setting('varta.place_to', true), '')::int)"""
UNIT = """unit_pre BETWEEN (SELECT nullif(current_setting('varta.unit_from', true), '')::int)
                     AND (SELECT nullif(current_setting('varta.unit_to', true), '')::int)"""
COUNTING = "('coordinator', 'head', 'analyst', 'auditor')"  # who counts: rows of stays name nobody
KEEPING = "('coordinator', 'head')"  # who takes the steps from which the rows follow

# The text of a key is folded into a number because the core has no GiST operators for uuid.
ONE_AT_A_TIME = """
ALTER TABLE officers_stay ADD CONSTRAINT officers_stay_is_one_at_a_time EXCLUDE USING gist (
    int8range(uuid_hash_extended(person, 0), uuid_hash_extended(person, 0), '[]') WITH &&,
    daterange(began, ended, '[)') WITH &&
) WHERE (stage <> 'left');
CREATE UNIQUE INDEX officers_memorandum_is_one ON officers_memorandum (hromada) WHERE ended_on IS NULL;
"""

# Who sees a case sees all its stays, those of an earlier oblast too: they are written anew with each step.
WALLS = f"""
ALTER TABLE officers_cohort ENABLE ROW LEVEL SECURITY;
ALTER TABLE officers_cohort FORCE ROW LEVEL SECURITY;
CREATE POLICY officers_cohort_read ON officers_cohort FOR SELECT
    USING ({SYSTEM} OR {ROLE} IN {COUNTING} OR {ROLE} = 'hromada_officer');
CREATE POLICY officers_cohort_add ON officers_cohort FOR INSERT
    WITH CHECK ({SYSTEM} OR {ROLE} = 'coordinator');
CREATE POLICY officers_cohort_change ON officers_cohort FOR UPDATE USING ({SYSTEM} OR {ROLE} = 'coordinator');
REVOKE DELETE, TRUNCATE ON officers_cohort FROM varta_app, PUBLIC;

ALTER TABLE officers_stay ENABLE ROW LEVEL SECURITY;
ALTER TABLE officers_stay FORCE ROW LEVEL SECURITY;
CREATE POLICY officers_stay_read ON officers_stay FOR SELECT USING (
    {SYSTEM}
    OR ({ROLE} IN {COUNTING} AND {PLACE} AND {UNIT})
    OR ({ROLE} = 'hromada_officer' AND stage IN ('serving', 'leave') AND {PLACE})
    OR ({ROLE} IN {KEEPING} AND varta_sees_case("case"))
);
CREATE POLICY officers_stay_add ON officers_stay FOR INSERT WITH CHECK (
    {SYSTEM} OR ({ROLE} IN {KEEPING} AND (({PLACE} AND {UNIT}) OR varta_sees_case("case")))
);
CREATE POLICY officers_stay_remove ON officers_stay FOR DELETE USING (
    {SYSTEM} OR ({ROLE} IN {KEEPING} AND varta_sees_case("case"))
);
REVOKE UPDATE, TRUNCATE ON officers_stay FROM varta_app, PUBLIC;

ALTER TABLE officers_memorandum ENABLE ROW LEVEL SECURITY;
ALTER TABLE officers_memorandum FORCE ROW LEVEL SECURITY;
CREATE POLICY officers_memorandum_read ON officers_memorandum FOR SELECT USING (
    {SYSTEM}
    OR ({ROLE} IN {COUNTING} AND {PLACE} AND {UNIT})
    OR ({ROLE} = 'hromada_officer' AND {PLACE})
    OR varta_sees_case(key)
);
CREATE POLICY officers_memorandum_add ON officers_memorandum FOR INSERT
    WITH CHECK ({SYSTEM} OR ({ROLE} IN {KEEPING} AND {PLACE} AND {UNIT}));
CREATE POLICY officers_memorandum_change ON officers_memorandum FOR UPDATE
    USING ({SYSTEM} OR ({ROLE} IN {KEEPING} AND varta_sees_case(key)));
REVOKE DELETE, TRUNCATE ON officers_memorandum FROM varta_app, PUBLIC;

CREATE FUNCTION varta_sees_memorandum(sought uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM officers_memorandum m WHERE m.key = sought);
END $$;
"""

OF_MEMORANDA = "\n".join(
    f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY {table}_read ON {table} FOR SELECT USING ({SYSTEM} OR varta_sees_memorandum(memorandum));
CREATE POLICY {table}_add ON {table} FOR INSERT
    WITH CHECK ({SYSTEM} OR ({ROLE} IN {KEEPING} AND varta_sees_memorandum(memorandum)));
CREATE POLICY {table}_remove ON {table} FOR DELETE
    USING ({SYSTEM} OR ({ROLE} IN {KEEPING} AND varta_sees_memorandum(memorandum)));
REVOKE UPDATE, TRUNCATE ON {table} FROM varta_app, PUBLIC;
"""
    for table in ("officers_duty", "officers_station", "officers_asset")
)

# A cohort is shared by oblasts: how full it is, is asked of all of them, and one enrolment at a time.
ENROLLED = """
CREATE FUNCTION varta_enrolled(wanted text, without uuid) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('varta.role', true), '');
    many integer;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('cohort ' || wanted, 0));
    PERFORM set_config('varta.role', 'system', true);
    SELECT count(*) INTO many FROM officers_stay s
        WHERE s.cohort = wanted AND s.stage = 'training' AND s."case" IS DISTINCT FROM without;
    PERFORM set_config('varta.role', before, true);
    RETURN many;
END $$;
REVOKE ALL ON FUNCTION varta_enrolled(text, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION varta_enrolled(text, uuid) TO varta_app;
"""

# What was published is no secret; only a loader of files writes it, and nobody changes it.
EDITIONS = f"""
ALTER TABLE officers_seriesedition ENABLE ROW LEVEL SECURITY;
ALTER TABLE officers_seriesedition FORCE ROW LEVEL SECURITY;
CREATE POLICY officers_seriesedition_read ON officers_seriesedition FOR SELECT USING (true);
CREATE POLICY officers_seriesedition_add ON officers_seriesedition FOR INSERT WITH CHECK ({SYSTEM});
REVOKE UPDATE, DELETE, TRUNCATE ON officers_seriesedition FROM varta_app, PUBLIC;
"""
