-- A learner, and the settings that the settings entries of the log add up to. The row is the lock under which
-- everything of one learner changes.
CREATE TABLE learner (
    id                    bigint   GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sub                   text     COLLATE "C" NOT NULL UNIQUE,
    scheduler             text     COLLATE "C" NOT NULL,
    desired_retention     float8   NOT NULL,
    zone                  text     COLLATE "C" NOT NULL,
    rollover_hour         smallint NOT NULL,
    again_delay_minutes   integer  NOT NULL,
    maximum_interval_days integer  NOT NULL,
    -- Time of the newest settings entry; null as long as the defaults hold.
    settings_at_us        bigint
) WITH (fillfactor = 80);

-- The review log: append-only, typed entries, the only truth. Times are microseconds since 1970-01-01T00:00Z. The keys
-- are the first 128 bits of SHA-256 over source and id of the event, and over the id of the answer.
CREATE TABLE entry (
    learner_id     bigint   NOT NULL,
    event_key      uuid     NOT NULL,
    answer_key     uuid,
    kind           smallint NOT NULL,
    at_us          bigint   NOT NULL,
    received_us    bigint   NOT NULL,
    source         text     COLLATE "C" NOT NULL,
    event_id       text     COLLATE "C" NOT NULL,
    item           text     COLLATE "C",
    ref            text     COLLATE "C",
    local_day      integer,
    zone           text     COLLATE "C",
    grade          smallint,
    correct        boolean,
    response_ms    integer,
    due_us         bigint,
    skills         text[],
    quiz           text,
    bloom          smallint,
    difficulty     float8,
    origin         text,
    detail         text
) PARTITION BY HASH (learner_id);

-- The state of a card: a fold over the log, kept so that nobody has to read the log for it. No index but the key, and
-- room in every page, so that an answer rewrites the row within its page (see docs/adr/0004).
CREATE TABLE card (
    learner_id          bigint   NOT NULL,
    item                text     COLLATE "C" NOT NULL,
    -- 0 new, 1 learning, 2 review, 3 relearning
    phase               smallint NOT NULL,
    suspended           boolean  NOT NULL,
    due_us              bigint   NOT NULL,
    due_moved           boolean  NOT NULL,
    scheduled_days      integer  NOT NULL,
    -- 0 SM-2, 1 FSRS-6
    scheduled_by        smallint,
    scheduled_retention float8   NOT NULL,
    sm2_ease            float8   NOT NULL,
    sm2_interval        integer  NOT NULL,
    sm2_repetitions     integer  NOT NULL,
    fsrs6_stability     float8,
    fsrs6_difficulty    float8,
    answers             integer  NOT NULL,
    lapses              integer  NOT NULL,
    last_grade          smallint NOT NULL,
    last_us             bigint   NOT NULL,
    last_day            integer  NOT NULL,
    last_zone           text     COLLATE "C" NOT NULL,
    negative_gaps       integer  NOT NULL,
    open_undos          integer  NOT NULL,
    folded_us           bigint   NOT NULL,
    folded_source       text     COLLATE "C" NOT NULL,
    folded_id           text     COLLATE "C" NOT NULL,
    skills              text[]   NOT NULL,
    PRIMARY KEY (learner_id, item)
) PARTITION BY HASH (learner_id);

-- Of the log nothing is ever dead, and updates of cards clean up after themselves within their page: small tables need
-- no frequent visits of autovacuum. Statistics are only kept of what queries compare; everybody asks by learner, so a
-- small sample of that is enough.
DO $$
DECLARE
    c record;
BEGIN
    FOR i IN 0..15 LOOP
        EXECUTE format('CREATE TABLE entry_%s PARTITION OF entry FOR VALUES WITH (MODULUS 16, REMAINDER %s)
                        WITH (autovacuum_vacuum_insert_threshold = 100000, autovacuum_analyze_threshold = 10000)', to_char(i, 'FM00'), i);
        EXECUTE format('CREATE TABLE card_%s PARTITION OF card FOR VALUES WITH (MODULUS 16, REMAINDER %s)
                        WITH (fillfactor = 60, autovacuum_vacuum_threshold = 10000, autovacuum_vacuum_scale_factor = 0.2,
                              autovacuum_vacuum_insert_threshold = 100000, autovacuum_analyze_threshold = 10000)', to_char(i, 'FM00'), i);
    END LOOP;
    FOR c IN SELECT attrelid::regclass AS owner, attname FROM pg_attribute
             WHERE attrelid IN ('entry'::regclass, 'card'::regclass) AND attnum > 0 LOOP
        EXECUTE format('ALTER TABLE %s ALTER COLUMN %I SET STATISTICS %s', c.owner, c.attname,
                       CASE WHEN c.attname IN ('learner_id', 'item', 'kind', 'due_us') THEN 20 ELSE 0 END);
    END LOOP;
END $$;

CREATE UNIQUE INDEX entry_event ON entry (learner_id, event_key);
CREATE UNIQUE INDEX entry_answer ON entry (learner_id, answer_key);
CREATE INDEX entry_settings ON entry (learner_id) WHERE kind = 7;

COMMENT ON COLUMN entry.kind IS '1 answer, 2 undo, 3 reset, 4 reschedule, 5 suspend, 6 resume, 7 settings, 8 task created, 9 task completed, 10 note';
COMMENT ON COLUMN entry.ref IS 'answer id of an answer or undo, task id, memory id';
COMMENT ON COLUMN entry.local_day IS 'day since 1970-01-01 at the learner, computed at ingestion; later zone data does not change it';
COMMENT ON COLUMN entry.detail IS 'JSON: fields that this version does not know, and what only some kinds have';

-- For people who look with SQL.
CREATE VIEW review_log AS
SELECT l.sub AS learner, to_timestamp(e.at_us / 1e6) AS at, to_timestamp(e.received_us / 1e6) AS received,
       (ARRAY['answer', 'undo', 'reset', 'reschedule', 'suspend', 'resume', 'settings', 'task-created', 'task-completed', 'note'])[e.kind] AS kind,
       e.item, e.ref, e.grade, e.correct, e.response_ms, e.local_day, e.zone, e.skills, e.quiz, e.difficulty, e.origin,
       e.source, e.event_id, e.detail
FROM entry e JOIN learner l ON l.id = e.learner_id;

-- Skills that an unfinished task needs: what of them is weak comes up for review before the work starts.
CREATE TABLE focus (
    learner_id bigint NOT NULL,
    task_id    text   COLLATE "C" NOT NULL,
    title      text,
    skills     text[] NOT NULL,
    since_us   bigint NOT NULL,
    PRIMARY KEY (learner_id, task_id)
);

-- Notes, as far as they are or were offered as cards. The highest version wins, in whatever order they came. A note is
-- an offer as long as its item has no card.
CREATE TABLE note (
    learner_id bigint  NOT NULL,
    memory_id  text    COLLATE "C" NOT NULL,
    item       text    COLLATE "C" NOT NULL,
    title      text    NOT NULL,
    skills     text[]  NOT NULL,
    version    bigint  NOT NULL,
    updated_us bigint  NOT NULL,
    offered    boolean NOT NULL,
    PRIMARY KEY (learner_id, memory_id)
);

-- Erasure requests that were answered, by hash of the event's identity.
CREATE TABLE erasure (
    event_key uuid PRIMARY KEY
);

-- Erased people, by a keyed hash: whatever still arrives for them is counted and does nothing.
CREATE TABLE erased (
    learner_hash bytea       PRIMARY KEY,
    erased_at    timestamptz NOT NULL,
    ignored      bigint      NOT NULL DEFAULT 0
);
