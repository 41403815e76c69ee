"""The database's side of the journal: partitions, append-only privileges, row-level security, search."""

from varta.people.sql import IN_SCOPE, PLANNED, SCOPE

ENTRY = """
CREATE TABLE cases_entry (
    key uuid NOT NULL,
    case_key uuid NOT NULL,
    position integer NOT NULL CHECK (position >= 1),
    procedure text NOT NULL,
    step text NOT NULL,
    place text NOT NULL,
    unit text NOT NULL,
    officer_id bigint,
    role text NOT NULL,
    at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    data jsonb NOT NULL,
    people jsonb NOT NULL DEFAULT '[]',
    corrects uuid,
    parent uuid,
    number integer,
    year smallint,
    prev_hash bytea,
    hash bytea NOT NULL CONSTRAINT cases_entry_hash_is_sha256 CHECK (length(hash) = 32),
    txid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT cases_entry_pkey PRIMARY KEY (key),
    CONSTRAINT cases_entry_number_opens CHECK ((number IS NULL) = (position > 1)),
    CONSTRAINT cases_entry_chain CHECK ((prev_hash IS NULL) = (position = 1))
) PARTITION BY RANGE (key);
CREATE INDEX cases_entry_of_case ON cases_entry (case_key);
CREATE INDEX cases_entry_by_txid ON cases_entry (txid);
"""

# A partition is made apart and attached, since ATTACH lets readers and writers go on
# where CREATE … PARTITION OF would stop them. The first 48 bits of a UUIDv7 are
# milliseconds since 1970 (RFC 9562), so months are ranges of keys.
PARTITION = """
CREATE FUNCTION varta_entry_partition(month date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    first_day date := date_trunc('month', month)::date;
    name text := 'cases_entry_' || to_char(first_day, 'YYYY_MM');
    low uuid := varta_key_floor(first_day);
    high uuid := varta_key_floor((first_day + interval '1 month')::date);
BEGIN
    IF first_day < '1990-01-01' OR first_day > now() + interval '3 years' THEN
        RAISE EXCEPTION 'no partition of entries for %: outside 1990 to three years ahead', first_day;
    END IF;
    IF EXISTS (SELECT FROM pg_class c WHERE c.relname = name) THEN RETURN; END IF;
    PERFORM pg_advisory_xact_lock(7270001, 1);
    -- Asked of the table and not by to_regclass(), which may still remember that there was none.
    IF EXISTS (SELECT FROM pg_class c WHERE c.relname = name) THEN RETURN; END IF;
    EXECUTE format('CREATE TABLE %I (LIKE cases_entry INCLUDING ALL)', name);
    EXECUTE format('REVOKE ALL ON %I FROM PUBLIC, varta_app', name);
    EXECUTE format('ALTER TABLE cases_entry ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', name, low, high);
END $$;

CREATE FUNCTION varta_key_floor(day date) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT (lpad(to_hex((extract(epoch FROM day::timestamp) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
$$;

REVOKE ALL ON FUNCTION varta_entry_partition(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION varta_entry_partition(date) TO varta_app;
"""

MONTHS = """
SELECT varta_entry_partition((date_trunc('month', now()) + n * interval '1 month')::date)
FROM generate_series(-1, 12) n;
"""

# The second wall. Unset scope compares with NULL, so nothing is seen; the sub-selects make
# PostgreSQL read each setting once a query and not once a row. The OR keeps the scope a filter:
# as an index condition the planner believes it to leave one case in forty thousand, and then
# walks a whole index of places for a key that the primary key would find at once. Queries that
# want the index of places name the places themselves, as `visible_to` does.
POLICIES = """
ALTER TABLE cases_case ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases_case FORCE ROW LEVEL SECURITY;
CREATE POLICY cases_case_in_scope ON cases_case USING (
    (SELECT current_setting('varta.role', true)) = 'system'
    OR (
        place_pre BETWEEN (SELECT nullif(current_setting('varta.place_from', true), '')::int)
                      AND (SELECT nullif(current_setting('varta.place_to', true), '')::int)
        AND unit_pre BETWEEN (SELECT nullif(current_setting('varta.unit_from', true), '')::int)
                         AND (SELECT nullif(current_setting('varta.unit_to', true), '')::int)
        AND procedure = ANY ((SELECT string_to_array(current_setting('varta.procedures', true), ','))::text[])
    )
);

-- Rows of a case are seen with the case. A function and not a sub-select: PostgreSQL would turn
-- `EXISTS` into a hash of every case that the reader may see, for each timeline of three entries.
CREATE FUNCTION varta_sees_case(wanted uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM cases_case c WHERE c.key = wanted);
END $$;

ALTER TABLE cases_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY cases_entry_of_visible_case ON cases_entry FOR SELECT
    USING ((SELECT current_setting('varta.role', true)) = 'system' OR varta_sees_case(case_key));
CREATE POLICY cases_entry_written_in_ones_own_name ON cases_entry FOR INSERT
    WITH CHECK (
        (SELECT current_setting('varta.role', true)) = 'system'
        OR (role = (SELECT current_setting('varta.role', true))
            AND officer_id = (SELECT nullif(current_setting('varta.officer', true), '')::bigint))
    );

ALTER TABLE cases_deadline ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases_deadline FORCE ROW LEVEL SECURITY;
CREATE POLICY cases_deadline_of_visible_case ON cases_deadline
    USING ((SELECT current_setting('varta.role', true)) = 'system' OR varta_sees_case(case_key))
    WITH CHECK ((SELECT nullif(current_setting('varta.role', true), '')) IS NOT NULL);

ALTER TABLE cases_involvement ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases_involvement FORCE ROW LEVEL SECURITY;
CREATE POLICY cases_involvement_of_visible_case ON cases_involvement
    USING ((SELECT current_setting('varta.role', true)) = 'system' OR varta_sees_case(case_key))
    WITH CHECK ((SELECT nullif(current_setting('varta.role', true), '')) IS NOT NULL);
"""

PRIVILEGES = """
REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON cases_entry, cases_seal FROM varta_app, PUBLIC;
REVOKE DELETE, TRUNCATE ON cases_journal FROM varta_app, PUBLIC;
GRANT SELECT, INSERT ON cases_entry, cases_seal TO varta_app;
"""

# What `take` needs of a case before it adds a step: the lock first, then the entries as they
# stand once the lock is held (each statement of a volatile function has a snapshot of its own).
LOCKED_HISTORY = """
CREATE FUNCTION varta_locked_history(wanted uuid, under text) RETURNS SETOF cases_entry
LANGUAGE plpgsql VOLATILE ROWS 5 SET search_path = public, pg_temp AS $$
DECLARE
    held record;
BEGIN
    SELECT c.key_low, c.key_high INTO held FROM cases_case c WHERE c.key = wanted AND c.procedure = under FOR UPDATE;
    IF NOT FOUND THEN RETURN; END IF;
    RETURN QUERY SELECT * FROM cases_entry e
        WHERE e.case_key = wanted AND e.key BETWEEN held.key_low AND held.key_high ORDER BY e.position;
END $$;
"""

# A resident is read through a case that the reader may see.
PERSONS = """
ALTER TABLE cases_involvement ADD CONSTRAINT cases_involvement_person_is_registered
    FOREIGN KEY (person) REFERENCES people_person (key) NOT DEFERRABLE;
CREATE POLICY person_read_through_case ON people_person FOR SELECT
    USING (EXISTS (SELECT FROM cases_involvement i WHERE i.person = people_person.key));
"""

# A resident is read through a function and not a sub-select, for the same reason as a case's rows.
# What residents are looked for by stands in people/sql.py; the triggers keep it as involvements are. They
# read as the system, since who writes need not see all the cases of a person; an error takes the setting
# back with the statement.
_AS_SYSTEM = """
DECLARE
    before text := coalesce(current_setting('varta.role', true), '');
BEGIN
    PERFORM set_config('varta.role', 'system', true);"""
_AS_BEFORE = """
    PERFORM set_config('varta.role', before, true);
    RETURN NULL;
END $$;"""
_DEFINER = "LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp"
FINDABLE = f"""
CREATE FUNCTION varta_sees_person(wanted uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM cases_involvement i WHERE i.person = wanted);
END $$;
ALTER POLICY person_read_through_case ON people_person USING (varta_sees_person(key));

CREATE FUNCTION varta_areas(place integer) RETURNS integer[] LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(DISTINCT above.pre), ARRAY[place]) FROM places_territory t
    JOIN places_territory above ON above.level > 0 AND above.code IN (t.code, t.parent_id, t.hromada, t.raion, t.oblast)
    WHERE t.pre = place
$$;
CREATE FUNCTION varta_make_findable(cases uuid[], persons uuid[]) RETURNS void LANGUAGE sql VOLATILE AS $$
    WITH new AS (
        INSERT INTO people_findable (person, place, unit, procedure, areas, names, words, dialled, born)
        SELECT p.key, c.place_pre, c.unit_pre, c.procedure, varta_areas(c.place_pre),
            ARRAY[p.surname, p.given, p.patronymic], p.words, varta_dialled(p.phone_digits),
            extract(year FROM p.birth_on)
        FROM (
            SELECT DISTINCT part.person, c.place_pre, c.unit_pre, c.procedure
            FROM unnest(cases, persons) AS part (case_key, person) JOIN cases_case c ON c.key = part.case_key
        ) c JOIN people_person p ON p.key = c.person
        WHERE NOT EXISTS (
            SELECT FROM people_findable f WHERE f.person = c.person
            AND (f.place, f.unit, f.procedure) = (c.place_pre, c.unit_pre, c.procedure)
        ) RETURNING words
    )
    SELECT varta_learn_words(words) FROM new
$$;
CREATE FUNCTION varta_forget_findable(persons uuid[]) RETURNS void LANGUAGE sql VOLATILE AS $$
    DELETE FROM people_findable f WHERE f.person = ANY (persons) AND NOT EXISTS (
        SELECT FROM cases_involvement i JOIN cases_case c ON c.key = i.case_key
        WHERE i.person = f.person AND (c.place_pre, c.unit_pre, c.procedure) = (f.place, f.unit, f.procedure)
    )
$$;
REVOKE ALL ON FUNCTION varta_make_findable(uuid[], uuid[]), varta_forget_findable(uuid[]) FROM PUBLIC;

CREATE FUNCTION varta_involved() RETURNS trigger {_DEFINER} AS $${_AS_SYSTEM}
    PERFORM varta_make_findable(array_agg(a.case_key), array_agg(a.person)) FROM added a;{_AS_BEFORE}
CREATE TRIGGER cases_involvement_added AFTER INSERT ON cases_involvement
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION varta_involved();

CREATE FUNCTION varta_involved_no_more() RETURNS trigger {_DEFINER} AS $${_AS_SYSTEM}
    PERFORM varta_forget_findable(array_agg(DISTINCT r.person)) FROM removed r;{_AS_BEFORE}
CREATE TRIGGER cases_involvement_removed AFTER DELETE ON cases_involvement
    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION varta_involved_no_more();

CREATE FUNCTION varta_case_moved() RETURNS trigger {_DEFINER} AS $${_AS_SYSTEM}
    PERFORM varta_make_findable(array_agg(i.case_key), array_agg(i.person)), varta_forget_findable(array_agg(i.person))
        FROM cases_involvement i WHERE i.case_key = NEW.key;{_AS_BEFORE}
CREATE TRIGGER cases_case_moved AFTER UPDATE OF place_pre, unit_pre ON cases_case FOR EACH ROW
    WHEN ((OLD.place_pre, OLD.unit_pre) IS DISTINCT FROM (NEW.place_pre, NEW.unit_pre))
    EXECUTE FUNCTION varta_case_moved();
"""

# All at once, for a register that was there before search was; people of one place side by side.
FILL = """
INSERT INTO people_findable (person, place, unit, procedure, areas, names, words, dialled, born)
WITH seen AS MATERIALIZED (
    SELECT DISTINCT i.person, c.place_pre AS place, c.unit_pre AS unit, c.procedure
    FROM cases_involvement i JOIN cases_case c ON c.key = i.case_key
), spots AS MATERIALIZED (
    SELECT one.place, varta_areas(one.place) AS areas FROM (SELECT DISTINCT place FROM seen) one
)
SELECT p.key, seen.place, seen.unit, seen.procedure, spots.areas, ARRAY[p.surname, p.given, p.patronymic], p.words,
    varta_dialled(p.phone_digits), extract(year FROM p.birth_on)
FROM seen JOIN spots USING (place) JOIN people_person p ON p.key = seen.person ORDER BY seen.place;
INSERT INTO people_word (word) SELECT DISTINCT one.word FROM people_findable f, unnest(f.words) AS one (word);
ANALYZE people_findable, people_word;
"""

# Cases are looked for by the words of their address as residents are by those of their names, in a table of
# the same kind. Its areas hold, as negative numbers, the week too: of a common street the newest are wanted.
LOWER = "абвгджзклмнпрстуфхцчшщюяabcdefghijklmnopqrstuvwxyz"
UPPER = LOWER.upper()
VOWELS, DROPPED = "іїийеєоёыэІЇИЙЕЄОЁЫЭ", "ьъЬЪ''’ʼ`´‘′ʹ\u0301\u0300"
ADDRESSED = f"""
CREATE TABLE cases_addressed (
    case_key uuid NOT NULL,
    place integer NOT NULL,
    unit integer NOT NULL,
    procedure text NOT NULL,
    areas integer[] NOT NULL,
    words text[] COLLATE "C" NOT NULL
);
REVOKE ALL ON cases_addressed FROM varta_app, PUBLIC;
CREATE INDEX cases_addressed_case ON cases_addressed (case_key);

-- The stems of lib/text/folding.py for the words of an address, whose numbers keep their doubled digits.
CREATE FUNCTION varta_address_words(address text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT CASE
        WHEN word ~ '[0-9]' THEN word ELSE replace(regexp_replace(word, '(.)\\1+', '\\1', 'g'), 'шч', 'щ')
    END), '{{}}') FROM regexp_split_to_table(translate(normalize(address),
        '{UPPER}{VOWELS}ґҐ{DROPPED}', '{LOWER}{"і" * len(VOWELS)}гг'), '[^0-9a-zа-яіїєґ]+') word WHERE word <> ''
$$;
CREATE FUNCTION varta_week(at timestamptz) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT floor(extract(epoch FROM at) / 604800)::integer
$$;
CREATE FUNCTION varta_make_addressed(c cases_case) RETURNS void LANGUAGE sql VOLATILE AS $$
    INSERT INTO cases_addressed SELECT c.key, c.place_pre, c.unit_pre, c.procedure,
        varta_areas(c.place_pre) || -varta_week(c.opened_at), varta_address_words(c.facts->>'address')
    WHERE c.facts->>'address' <> ''
$$;
REVOKE ALL ON FUNCTION varta_make_addressed(cases_case) FROM PUBLIC;

CREATE FUNCTION varta_case_addressed() RETURNS trigger {_DEFINER} AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM cases_addressed a WHERE a.case_key = OLD.key;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM varta_make_addressed(NEW);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER cases_case_addressed AFTER INSERT ON cases_case FOR EACH ROW
    WHEN (NEW.facts->>'address' <> '') EXECUTE FUNCTION varta_case_addressed();
CREATE TRIGGER cases_case_addressed_anew AFTER UPDATE OF facts, place_pre, unit_pre ON cases_case FOR EACH ROW
    WHEN ((OLD.facts->>'address', OLD.place_pre, OLD.unit_pre)
        IS DISTINCT FROM (NEW.facts->>'address', NEW.place_pre, NEW.unit_pre))
    EXECUTE FUNCTION varta_case_addressed();
CREATE TRIGGER cases_case_addressed_no_more AFTER DELETE ON cases_case FOR EACH ROW
    EXECUTE FUNCTION varta_case_addressed();

CREATE FUNCTION varta_cases_addressed(one text[], two text[], three text[], week integer, most integer)
RETURNS TABLE (case_key uuid, words text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
{PLANNED} AS $$
DECLARE{SCOPE}
    weeks integer[];
    back integer;
    rows integer;
BEGIN
    FOREACH back IN ARRAY ARRAY[4, 52, NULL] LOOP
        weeks := ARRAY(SELECT -nth FROM generate_series(week - back, week) nth);
        RETURN QUERY SELECT f.case_key, f.words FROM cases_addressed f
        WHERE varta_with_beginnings(f.words) && one AND (two IS NULL OR varta_with_beginnings(f.words) && two)
            AND (three IS NULL OR varta_with_beginnings(f.words) && three)
            AND (back IS NULL OR f.areas && weeks) AND {IN_SCOPE}
        LIMIT most;
        GET DIAGNOSTICS rows = ROW_COUNT;
        EXIT WHEN rows = most;
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION varta_cases_addressed(text[], text[], text[], integer, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION varta_cases_addressed(text[], text[], text[], integer, integer) TO varta_app;
"""
FILL_ADDRESSED = """
INSERT INTO cases_addressed SELECT c.key, c.place_pre, c.unit_pre, c.procedure,
    varta_areas(c.place_pre) || -varta_week(c.opened_at), varta_address_words(c.facts->>'address')
FROM cases_case c WHERE c.facts->>'address' <> '';
ANALYZE cases_addressed;
"""
ADDRESSED_INDEX = (
    "CREATE INDEX CONCURRENTLY cases_addressed_by_part ON cases_addressed"
    " USING gin (varta_with_beginnings(words), areas) WITH (fastupdate = off)"
)
