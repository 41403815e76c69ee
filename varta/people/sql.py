"""The database's side of search: what residents are found by, in tables that only functions read.

PostgreSQL may use an index under row-level security only through leak-proof operators, and those of
arrays are not. So what a resident is found by stands in tables of its own, without policies and
without any privilege for the application. Functions of the owner read them, ask for each row whether
the reader sees the person (`varta_sees_person`, in cases/sql.py), and give back no other row.
"""

# One row for a resident and a place of their cases, written when a case names them; never updated
# but for a changed name, so that two writers do not wait for each other. Two rows alike do no harm.
TABLES = """
CREATE TABLE people_findable (
    person uuid NOT NULL,
    place integer NOT NULL,
    areas integer[] NOT NULL,
    names text[] NOT NULL,
    words text[] COLLATE "C" NOT NULL,
    dialled text COLLATE "C" NOT NULL,
    born smallint
);
COMMENT ON COLUMN people_findable.place IS 'preorder number of a place in which the person has a case';
COMMENT ON COLUMN people_findable.areas IS 'that number and those of its hromada, raion and oblast';
COMMENT ON COLUMN people_findable.names IS 'surname, given name and patronymic';
COMMENT ON COLUMN people_findable.words IS 'stems of their words';
COMMENT ON COLUMN people_findable.dialled IS 'the telephone as it is dialled at home, with 0 before the operator';
COMMENT ON COLUMN people_findable.born IS 'year of birth';
CREATE TABLE people_word (word text COLLATE "C" NOT NULL);
COMMENT ON TABLE people_word IS 'each word of residents'' names, from which a word with a slip is guessed';
REVOKE ALL ON people_findable, people_word FROM varta_app, PUBLIC;
"""

# A slip in a word leaves one of these keys to both spellings: the word's beginning without one of its
# letters (symmetric deletes, as SymSpell does). Three letters with ~ are for parts from the middle.
KEYS = """
CREATE FUNCTION varta_without_a_letter(word text) RETURNS SETOF text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT left(word, n - 1) || substr(word, n + 1) FROM generate_series(1, length(word)) n
$$;
CREATE FUNCTION varta_word_parts(word text) RETURNS SETOF text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT '~' || substr(word, n, 3) FROM generate_series(1, length(word) - 2) n
$$;
CREATE FUNCTION varta_word_keys(word text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = public, pg_temp AS $$
    SELECT array_agg(DISTINCT key) FROM (
        SELECT left(word, 8) AS key
        UNION ALL SELECT varta_without_a_letter(left(word, n))
            FROM generate_series(greatest(least(length(word), 5), 4), least(length(word), 8)) n
        UNION ALL SELECT varta_word_parts(word)
    ) keys
$$;
-- Each four digits in a row.
CREATE FUNCTION varta_phone_parts(dialled text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT substr(dialled, n, 4)), '{}') FROM generate_series(1, length(dialled) - 3) n
$$;
CREATE FUNCTION varta_dialled(digits text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN digits ~ '^380[0-9]{9}$' THEN '0' || substr(digits, 4) ELSE digits END
$$;
-- The words, and the first three and four letters of each with *.
CREATE FUNCTION varta_with_beginnings(words text[]) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT one), '{}') FROM unnest(words) word,
        LATERAL (VALUES (word), (left(word, 3) || '*'), (left(word, 4) || '*')) ways(one)
$$;
"""

ORDER = """
CREATE INDEX people_findable_person ON people_findable (person, place);
CREATE INDEX people_word_in_order ON people_word (word);
"""

# Made when the rows are there already, and without stopping writers. The list of waiting insertions
# (fastupdate) would be read through by each search.
INDEXES = (
    "CREATE INDEX CONCURRENTLY people_findable_by_part ON people_findable"
    " USING gin (varta_with_beginnings(words), varta_phone_parts(dialled), areas) WITH (fastupdate = off)",
    "CREATE INDEX CONCURRENTLY people_word_by_slip ON people_word"
    " USING gin (varta_word_keys(word)) WITH (fastupdate = off)",
)

# All at once, for a register that was there before search was; `varta_make_findable` does it for one case.
FILL = """
INSERT INTO people_findable (person, place, areas, names, words, dialled, born)
WITH seen AS MATERIALIZED (
    SELECT DISTINCT i.person, c.place_pre AS place FROM cases_involvement i JOIN cases_case c ON c.key = i.case_key
), spots AS MATERIALIZED (
    SELECT one.place, varta_areas(one.place) AS areas FROM (SELECT DISTINCT place FROM seen) one
)
SELECT p.key, seen.place, spots.areas, ARRAY[p.surname, p.given, p.patronymic], p.words,
    varta_dialled(p.phone_digits), extract(year FROM p.birth_on)
FROM seen JOIN spots USING (place) JOIN people_person p ON p.key = seen.person;
INSERT INTO people_word (word) SELECT DISTINCT one.word FROM people_person p, unnest(p.words) AS one (word);
ANALYZE people_findable, people_word;
"""

# Called by the triggers of involvements. They read as the system, since who writes need not see all that
# a person is found by, and then as who read before; an error takes the setting back with the statement.
MAKING = """
CREATE FUNCTION varta_areas(place integer) RETURNS integer[] LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(DISTINCT above.pre), ARRAY[place]) FROM places_territory t
    JOIN places_territory above ON above.level > 0 AND above.code IN (t.code, t.parent_id, t.hromada, t.raion, t.oblast)
    WHERE t.pre = place
$$;
CREATE FUNCTION varta_make_findable(persons uuid[], places integer[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('varta.role', true), '');
BEGIN
    PERFORM set_config('varta.role', 'system', true);
    INSERT INTO people_findable (person, place, areas, names, words, dialled, born)
    SELECT p.key, new.place, varta_areas(new.place), ARRAY[p.surname, p.given, p.patronymic], p.words,
        varta_dialled(p.phone_digits), extract(year FROM p.birth_on)
    FROM (SELECT DISTINCT * FROM unnest(persons, places)) AS new (person, place)
    JOIN people_person p ON p.key = new.person
    WHERE NOT EXISTS (SELECT FROM people_findable f WHERE f.person = new.person AND f.place = new.place);
    IF FOUND THEN
        INSERT INTO people_word (word)
        SELECT DISTINCT one.word FROM people_person p, unnest(p.words) AS one (word)
        WHERE p.key = ANY (persons) AND NOT EXISTS (SELECT FROM people_word w WHERE w.word = one.word);
    END IF;
    PERFORM set_config('varta.role', before, true);
END $$;
"""

# A name or a telephone that is put right is put right where the person is looked for.
CHANGES = """
CREATE FUNCTION varta_person_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    places integer[];
BEGIN
    WITH gone AS (DELETE FROM people_findable f WHERE f.person = NEW.key RETURNING f.place)
    SELECT array_agg(DISTINCT gone.place) INTO places FROM gone;
    IF places IS NOT NULL THEN
        PERFORM varta_make_findable(array_fill(NEW.key, ARRAY[cardinality(places)]), places);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER people_person_changed AFTER UPDATE OF surname, given, patronymic, words, phone_digits, birth_on
    ON people_person FOR EACH ROW EXECUTE FUNCTION varta_person_changed();
"""

# What the application may ask. Each search is planned anew for its words, and never as a walk through
# the table; `most` bounds the rows that are checked, so that no words can hold the server.
ASKING = """
CREATE FUNCTION varta_words_near(asked text[], most integer) RETURNS TABLE (sought text, word text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
SET enable_seqscan = off SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    start text;
    beyond text;
BEGIN
    FOREACH start IN ARRAY asked LOOP
        beyond := CASE WHEN length(start) > 4 THEN chr(1114111) ELSE chr(1) END;
        RETURN QUERY
        (SELECT start, w.word FROM people_word w WHERE w.word >= start AND w.word < start || beyond LIMIT most)
        UNION
        (SELECT start, w.word FROM people_word w
            WHERE length(start) > 3 AND varta_word_keys(w.word) && varta_asked_keys(start) LIMIT most);
    END LOOP;
END $$;
CREATE FUNCTION varta_asked_keys(asked text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = public, pg_temp AS $$
    SELECT array_agg(DISTINCT key) FROM (
        SELECT left(asked, 8) AS key UNION ALL SELECT varta_without_a_letter(left(asked, 8))
    ) keys
$$;
CREATE FUNCTION varta_words_holding(part text, most integer) RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
SET enable_seqscan = off SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY SELECT w.word FROM people_word w
        WHERE length(part) > 3 AND varta_word_keys(w.word) @> ARRAY(SELECT varta_word_parts(part))
            AND strpos(w.word, part) > 0 LIMIT most;
END $$;
CREATE FUNCTION varta_area_of_reader() RETURNS integer LANGUAGE sql STABLE AS $$
    SELECT t.pre FROM places_territory t
    WHERE t.level > 0 AND t.pre = nullif(current_setting('varta.place_from', true), '')::integer
        AND t.pre_end = nullif(current_setting('varta.place_to', true), '')::integer
$$;
"""

# The scope is asked of each row here as the policies would ask it, from the same settings, but in one
# query: policies ask by functions, and a thousand rows would take a tenth of a second. What comes back
# is read once more under the policies by whoever asked.
_IN_SCOPE = """EXISTS (
            SELECT FROM cases_involvement i JOIN cases_case k ON k.key = i.case_key
            WHERE i.person = c.person AND (
                role = 'system' OR k.place_pre BETWEEN place_from AND place_to
                AND k.unit_pre BETWEEN unit_from AND unit_to AND k.procedure = ANY (procedures)
            ) OFFSET 0
        )"""
_SCOPE = """
    role text := coalesce(current_setting('varta.role', true), '');
    place_from integer := nullif(current_setting('varta.place_from', true), '');
    place_to integer := nullif(current_setting('varta.place_to', true), '');
    unit_from integer := nullif(current_setting('varta.unit_from', true), '');
    unit_to integer := nullif(current_setting('varta.unit_to', true), '');
    procedures text[] := string_to_array(current_setting('varta.procedures', true), ',');
    area integer := varta_area_of_reader();"""
SCOPED = f"""
CREATE FUNCTION varta_people_named(
    one text[], two text[], three text[], year integer, most_checked integer, most integer
) RETURNS TABLE (person uuid, names text[], born smallint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
SET enable_seqscan = off SET plan_cache_mode = force_custom_plan AS $$
DECLARE{_SCOPE}
BEGIN
    PERFORM set_config('varta.role', 'system', true);
    RETURN QUERY SELECT c.person, c.names, c.born FROM (
        SELECT f.person, f.names, f.born FROM people_findable f
        WHERE varta_with_beginnings(f.words) && one AND (two IS NULL OR varta_with_beginnings(f.words) && two)
            AND (three IS NULL OR varta_with_beginnings(f.words) && three)
            AND (area IS NULL OR f.areas && ARRAY[area]) AND (year IS NULL OR f.born IS NULL OR f.born = year)
        LIMIT most_checked
    ) c WHERE {_IN_SCOPE} LIMIT most;
    PERFORM set_config('varta.role', role, true);
END $$;
CREATE FUNCTION varta_people_dialled(parts text[], at_start boolean, most_checked integer, most integer)
RETURNS TABLE (person uuid, dialled text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
SET enable_seqscan = off SET plan_cache_mode = force_custom_plan AS $$
DECLARE{_SCOPE}
    part text;
BEGIN
    PERFORM set_config('varta.role', 'system', true);
    FOREACH part IN ARRAY parts LOOP
        RETURN QUERY SELECT c.person, c.dialled FROM (
            SELECT f.person, f.dialled FROM people_findable f
            WHERE length(part) > 3 AND varta_phone_parts(f.dialled) @> varta_phone_parts(part)
                AND (area IS NULL OR f.areas && ARRAY[area])
                AND (CASE WHEN at_start THEN starts_with(f.dialled, part) ELSE strpos(f.dialled, part) > 0 END)
            LIMIT most_checked
        ) c WHERE {_IN_SCOPE} LIMIT most;
    END LOOP;
    PERFORM set_config('varta.role', role, true);
END $$;
"""
_ASKED = (
    "varta_words_near(text[], integer)",
    "varta_words_holding(text, integer)",
    "varta_people_named(text[], text[], text[], integer, integer, integer)",
    "varta_people_dialled(text[], boolean, integer, integer)",
)
PRIVILEGES = f"""
REVOKE ALL ON FUNCTION varta_make_findable(uuid[], integer[]), varta_person_changed() FROM PUBLIC;
REVOKE ALL ON FUNCTION {", ".join(_ASKED)} FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {", ".join(_ASKED)} TO varta_app;
"""
