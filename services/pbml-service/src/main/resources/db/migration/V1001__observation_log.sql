-- Whose observations are kept: a person's, or those of a repository that nobody's run was seen in. The row is the lock under
-- which everything of one owner changes.
CREATE TABLE owner (
    id           bigint   GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- 1 person, 2 repository
    kind         smallint NOT NULL,
    name         text     COLLATE "C" NOT NULL,
    -- number of the owner's rows in the log, exact at every commit
    observations bigint   NOT NULL DEFAULT 0,
    UNIQUE (kind, name)
) WITH (fillfactor = 80);

-- The log: append-only, the only truth. Times are microseconds since 1970-01-01T00:00Z. The keys are the first 128 bits of
-- SHA-256 over source and id of the event, and over the id of the answer.
CREATE TABLE observation (
    owner_id    bigint   NOT NULL,
    event_key   uuid     NOT NULL,
    answer_key  uuid,
    kind        smallint NOT NULL,
    at_us       bigint   NOT NULL,
    received_us bigint   NOT NULL,
    source      text     COLLATE "C" NOT NULL,
    event_id    text     COLLATE "C" NOT NULL,
    data        text     NOT NULL
) PARTITION BY HASH (owner_id);

-- Of the log nothing is ever dead: small partitions need no frequent visits of autovacuum. Statistics are only kept of what
-- queries compare; everybody asks by owner, so a small sample of that is enough. Eight partitions, so that a batch of some
-- thousand rows adds more than eight pages to each, which PostgreSQL then asks the file system for at once.
DO $$
DECLARE
    c record;
BEGIN
    FOR i IN 0..7 LOOP
        EXECUTE format('CREATE TABLE observation_%s PARTITION OF observation FOR VALUES WITH (MODULUS 8, REMAINDER %s)
                        WITH (autovacuum_vacuum_insert_threshold = 100000, autovacuum_analyze_threshold = 10000)', to_char(i, 'FM00'), i);
    END LOOP;
    FOR c IN SELECT attrelid::regclass AS owner, attname FROM pg_attribute
             WHERE attnum > 0 AND (attrelid = 'observation'::regclass
                OR attrelid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = 'observation'::regclass)) LOOP
        EXECUTE format('ALTER TABLE %s ALTER COLUMN %I SET STATISTICS %s', c.owner, c.attname,
                       CASE WHEN c.attname IN ('owner_id', 'at_us', 'kind') THEN 20 ELSE 0 END);
    END LOOP;
END $$;

CREATE UNIQUE INDEX observation_event ON observation (owner_id, event_key);
CREATE UNIQUE INDEX observation_answer ON observation (owner_id, answer_key) WHERE answer_key IS NOT NULL;
CREATE INDEX observation_time ON observation (owner_id, at_us);
-- What people do with patterns is little among what they are made of; who asks for it finds it without reading the rest.
CREATE INDEX observation_control ON observation (owner_id, at_us) WHERE kind >= 10;

COMMENT ON COLUMN observation.kind IS '1 task created, 2 task completed, 3 answer, 4 memory, 5 code, 6 error, 10 rename, 11 merge, 12 split, 13 retire, 14 revive, 15 feedback, 16 settings, 17 context saved, 18 context restored';
COMMENT ON COLUMN observation.data IS 'data of the event as JSON, also fields that this version does not know; empty once its content was forgotten';

-- For people who look with SQL.
CREATE VIEW observation_log AS
SELECT (ARRAY['person', 'repository'])[w.kind] AS owner_kind, w.name AS owner,
       to_timestamp(o.at_us / 1e6) AS at, to_timestamp(o.received_us / 1e6) AS received,
       (ARRAY['task-created', 'task-completed', 'answer', 'memory', 'code', 'error', NULL, NULL, NULL, 'rename', 'merge', 'split',
              'retire', 'revive', 'feedback', 'settings', 'context-saved', 'context-restored'])[o.kind] AS kind,
       o.source, o.event_id, o.data
FROM observation o JOIN owner w ON w.id = o.owner_id;

-- Whose log grew: what is known of them has to be folded further. Written in the transaction that appends, taken out by
-- whoever folds.
CREATE TABLE touched (
    owner_id bigint NOT NULL,
    noted_us bigint NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.1, autovacuum_vacuum_threshold = 10000,
        autovacuum_vacuum_insert_threshold = -1, autovacuum_analyze_threshold = 1000000000);

-- Erasure requests that were answered, by hash of the event's identity.
CREATE TABLE erasure (
    event_key uuid PRIMARY KEY
);

-- Erased people, by a keyed hash: whatever still arrives for them is counted and does nothing.
CREATE TABLE erased (
    person_hash bytea       PRIMARY KEY,
    erased_at   timestamptz NOT NULL,
    ignored     bigint      NOT NULL DEFAULT 0
);
