"""The database's side of search: what residents are found by, in tables that only functions read.

PostgreSQL may use an index under row-level security only through leak-proof operators, and those of
arrays are not. So what a resident is found by stands in tables of its own, without policies and
without any privilege for the application. Functions of the owner read them, and give back only rows of
the reader's scope.
"""

# One row for a resident and each scope from which a case of theirs is seen. It holds what is compared, so
# that a thousand rows are checked without a look at their cases. Triggers of cases write it (cases/sql.py):
# an insert never changes a row, so two writers do not wait for each other, and two rows alike do no harm.
TABLES = """
CREATE TABLE people_findable (
    person uuid NOT NULL,
    place integer NOT NULL,
    unit integer NOT NULL,
    procedure text NOT NULL,
    areas integer[] NOT NULL,
    names text[] NOT NULL,
    words text[] COLLATE "C" NOT NULL,
    dialled text COLLATE "C" NOT NULL,
    born smallint
);
COMMENT ON COLUMN people_findable.place IS 'preorder number of the place of a case in which the person has a part';
COMMENT ON COLUMN people_findable.unit IS 'preorder number of its unit';
COMMENT ON COLUMN people_findable.areas IS 'the place and those above it, without the country';
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
-- The words, and the first three to six letters of each with *.
CREATE FUNCTION varta_with_beginnings(words text[]) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT one), '{}') FROM unnest(words) word, LATERAL (
        VALUES (word), (left(word, 3) || '*'), (left(word, 4) || '*'), (left(word, 5) || '*'), (left(word, 6) || '*')
    ) ways(one)
$$;
-- These, and the year of birth, which is "=" where nobody knows it.
CREATE FUNCTION varta_found_by(words text[], born smallint) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = public, pg_temp AS $$
    SELECT varta_with_beginnings(words) || ('=' || coalesce(born::text, ''))
$$;
"""

ORDER = """
CREATE INDEX people_findable_person ON people_findable (person, place, unit, procedure);
CREATE INDEX people_word_in_order ON people_word (word);
"""

# Made when the rows are there already, and without stopping writers. The list of waiting insertions
# (fastupdate) would be read through by each search.
INDEXES = (
    "CREATE INDEX CONCURRENTLY people_findable_by_part ON people_findable"
    " USING gin (varta_found_by(words, born), varta_phone_parts(dialled), areas) WITH (fastupdate = off)",
    "CREATE INDEX CONCURRENTLY people_word_by_slip ON people_word"
    " USING gin (varta_word_keys(word)) WITH (fastupdate = off)",
)

# A name or a telephone that is put right is put right where the person is looked for.
CHANGES = """
CREATE FUNCTION varta_learn_words(new text[]) RETURNS void LANGUAGE sql VOLATILE AS $$
    INSERT INTO people_word (word)
    SELECT DISTINCT one.word FROM unnest(new) AS one (word)
    WHERE NOT EXISTS (SELECT FROM people_word w WHERE w.word = one.word)
$$;
CREATE FUNCTION varta_person_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE people_findable f SET (names, words, dialled, born) = ROW(
        ARRAY[NEW.surname, NEW.given, NEW.patronymic], NEW.words, varta_dialled(NEW.phone_digits),
        extract(year FROM NEW.birth_on)
    ) WHERE f.person = NEW.key;
    IF FOUND THEN
        PERFORM varta_learn_words(NEW.words);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER people_person_changed AFTER UPDATE OF surname, given, patronymic, words, phone_digits, birth_on
    ON people_person FOR EACH ROW EXECUTE FUNCTION varta_person_changed();
"""

# Each search is planned anew for its words, and only by a bitmap of the index that knows them: where many rows
# seem to answer, a walk through the whole table looks cheap, and takes half a minute.
PLANNED = "SET enable_seqscan = off SET enable_indexscan = off SET plan_cache_mode = force_custom_plan"

# What the application may ask. Of the words that begin with up to six letters one is enough to know that there
# are any: residents are indexed by these letters, and asked for by them.
ASKING = f"""
CREATE FUNCTION varta_words_near(asked text[], most integer) RETURNS TABLE (sought text, word text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
{PLANNED} AS $$
DECLARE
    start text;
BEGIN
    FOREACH start IN ARRAY asked LOOP
        RETURN QUERY
        (SELECT start, w.word FROM people_word w WHERE w.word >= start AND w.word < start || chr(1114111)
            ORDER BY w.word LIMIT CASE WHEN length(start) > 6 THEN most ELSE 1 END)
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
{PLANNED} AS $$
BEGIN
    RETURN QUERY SELECT w.word FROM people_word w
        WHERE length(part) > 3 AND varta_word_keys(w.word) @> ARRAY(SELECT varta_word_parts(part))
            AND strpos(w.word, part) > 0 LIMIT most;
END $$;
"""

# The scope is that of the policies, from the same settings, asked of the row itself. Without a reader the
# settings are null and no row passes. Who asked reads the persons once more, under the policies.
SCOPE = """
    role text := current_setting('varta.role', true);
    place_from integer := nullif(current_setting('varta.place_from', true), '');
    place_to integer := nullif(current_setting('varta.place_to', true), '');
    unit_from integer := nullif(current_setting('varta.unit_from', true), '');
    unit_to integer := nullif(current_setting('varta.unit_to', true), '');
    procedures text[] := string_to_array(current_setting('varta.procedures', true), ',');
    area integer := (
        SELECT t.pre FROM places_territory t WHERE t.level > 0 AND t.pre = place_from AND t.pre_end = place_to
    );"""
IN_SCOPE = """(role = 'system' OR (
            f.place BETWEEN place_from AND place_to AND f.unit BETWEEN unit_from AND unit_to
            AND f.procedure = ANY (procedures)
        )) AND (area IS NULL OR f.areas && ARRAY[area])"""
SCOPED = f"""
CREATE FUNCTION varta_people_named(one text[], two text[], three text[], year integer, most integer)
RETURNS TABLE (person uuid, names text[], born smallint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
{PLANNED} AS $$
DECLARE{SCOPE}
BEGIN
    RETURN QUERY SELECT f.person, f.names, f.born FROM people_findable f
    WHERE varta_found_by(f.words, f.born) && one AND (two IS NULL OR varta_found_by(f.words, f.born) && two)
        AND (three IS NULL OR varta_found_by(f.words, f.born) && three)
        AND (year IS NULL OR varta_found_by(f.words, f.born) && ARRAY['=', '=' || year]) AND {IN_SCOPE}
    LIMIT most;
END $$;
CREATE FUNCTION varta_people_dialled(parts text[], at_start boolean, most integer)
RETURNS TABLE (person uuid, dialled text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
{PLANNED} AS $$
DECLARE{SCOPE}
    part text;
BEGIN
    FOREACH part IN ARRAY parts LOOP
        RETURN QUERY SELECT f.person, f.dialled FROM people_findable f
        WHERE length(part) > 3 AND varta_phone_parts(f.dialled) @> varta_phone_parts(part)
            AND (CASE WHEN at_start THEN starts_with(f.dialled, part) ELSE strpos(f.dialled, part) > 0 END)
            AND {IN_SCOPE}
        LIMIT most;
    END LOOP;
END $$;
"""
_ASKED = (
    "varta_words_near(text[], integer)",
    "varta_words_holding(text, integer)",
    "varta_people_named(text[], text[], text[], integer, integer)",
    "varta_people_dialled(text[], boolean, integer)",
)
PRIVILEGES = f"""
REVOKE ALL ON FUNCTION varta_learn_words(text[]), varta_person_changed() FROM PUBLIC;
REVOKE ALL ON FUNCTION {", ".join(_ASKED)} FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {", ".join(_ASKED)} TO varta_app;
"""
