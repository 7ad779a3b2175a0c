-- Whose log grew: what is known of them has to be folded further. Written by COPY in the transaction that appends, taken
-- out by whoever folds.
CREATE TABLE touched (
    learner_id bigint NOT NULL,
    noted_us   bigint NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.1, autovacuum_vacuum_threshold = 10000,
        autovacuum_vacuum_insert_threshold = -1, autovacuum_analyze_threshold = 1000000000);

-- What a person's whole log says (form: PersonStateCodec in learning-engine). Up to date if entries is the number of the
-- learner's entries, for the log only grows.
CREATE TABLE person_state (
    learner_id bigint  PRIMARY KEY,
    entries    bigint  NOT NULL,
    epoch      integer NOT NULL,
    state      bytea   NOT NULL
) WITH (fillfactor = 80);
ALTER TABLE person_state ALTER COLUMN state SET STATISTICS 0;
CREATE INDEX person_state_epoch ON person_state (epoch);

-- Achievements that were announced; each is announced once, also if what it rested on is taken back later.
CREATE TABLE achievement (
    learner_id  bigint NOT NULL,
    achievement text   COLLATE "C" NOT NULL,
    unlocked_us bigint NOT NULL,
    PRIMARY KEY (learner_id, achievement)
);

-- Epochs of what people share (see docs/adr/0012): number n is in force for what happened from from_us on. A row is
-- written before its time comes, and never changes.
CREATE TABLE epoch (
    number   integer PRIMARY KEY,
    from_us  bigint  NOT NULL,
    made_us  bigint  NOT NULL,
    learners bigint  NOT NULL,
    answers  bigint  NOT NULL
);

-- Difficulties, from their epoch on until a newer one. kind: 0 everything, 1 a skill, 2 an item.
CREATE TABLE shared_rating (
    kind       smallint NOT NULL,
    id         text     COLLATE "C" NOT NULL,
    epoch      integer  NOT NULL REFERENCES epoch,
    difficulty float8   NOT NULL,
    variance   float8   NOT NULL,
    answers    bigint   NOT NULL,
    -- Of an item of the bank: chance to guess it, and what a good answer takes; null for others.
    guess      float8,
    seconds    integer,
    PRIMARY KEY (kind, id, epoch)
);
CREATE INDEX shared_rating_epoch ON shared_rating (epoch);

CREATE OR REPLACE VIEW review_log AS
SELECT l.sub AS learner, to_timestamp(e.at_us / 1e6) AS at, to_timestamp(e.received_us / 1e6) AS received,
       CASE e.kind WHEN 20 THEN 'points' ELSE
           (ARRAY['answer', 'undo', 'reset', 'reschedule', 'suspend', 'resume', 'settings', 'task-created', 'task-completed', 'note',
                  'unplan', 'deck', 'weights', 'settings-undo'])[e.kind] END AS kind,
       e.item, e.ref, e.grade, e.correct, e.response_ms, e.local_day, e.zone, e.skills, e.quiz, e.difficulty, e.origin,
       e.source, e.event_id, e.detail
FROM entry e JOIN learner l ON l.id = e.learner_id;

COMMENT ON COLUMN entry.kind IS '1 answer, 2 undo, 3 reset, 4 reschedule, 5 suspend, 6 resume, 7 settings, 8 task created, 9 task completed, 10 note, 11 unplan, 12 deck, 13 weights, 14 settings undo, 20 points';

-- Whoever learnt before these tables existed is folded soon.
INSERT INTO touched (learner_id, noted_us) SELECT id, (extract(epoch FROM now()) * 1000000)::bigint FROM learner ORDER BY id;
