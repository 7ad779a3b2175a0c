-- What was learned of how a person learns, by pattern, as the log adds up to it: the highest version wins, in whatever order
-- they came. The detail is the event's own; the columns beside it are those that are looked for.
CREATE TABLE hint (
    learner_id bigint  NOT NULL,
    pattern_id text    COLLATE "C" NOT NULL,
    version    bigint  NOT NULL,
    learned_us bigint  NOT NULL,
    state      text    COLLATE "C" NOT NULL,
    confidence float8  NOT NULL,
    source     text    COLLATE "C" NOT NULL,
    event_id   text    COLLATE "C" NOT NULL,
    detail     text    NOT NULL,
    PRIMARY KEY (learner_id, pattern_id)
);

CREATE VIEW hint_of_log AS
SELECT DISTINCT ON (h.learner_id, h.ref)
       h.learner_id, h.ref AS pattern_id, (h.detail::json ->> 'version')::bigint AS version, h.at_us AS learned_us,
       h.detail::json ->> 'state' AS state, (h.detail::json ->> 'confidence')::float8 AS confidence,
       h.source, h.event_id, h.detail
FROM entry h
WHERE h.kind = 21
ORDER BY h.learner_id, h.ref, (h.detail::json ->> 'version')::bigint DESC, h.at_us DESC, h.source DESC, h.event_id DESC;

CREATE OR REPLACE VIEW review_log AS
SELECT l.sub AS learner, to_timestamp(e.at_us / 1e6) AS at, to_timestamp(e.received_us / 1e6) AS received,
       CASE e.kind WHEN 20 THEN 'points' WHEN 21 THEN 'hint' ELSE
           (ARRAY['answer', 'undo', 'reset', 'reschedule', 'suspend', 'resume', 'settings', 'task-created', 'task-completed', 'note',
                  'unplan', 'deck', 'weights', 'settings-undo'])[e.kind] END AS kind,
       e.item, e.ref, e.grade, e.correct, e.response_ms, e.local_day, e.zone, e.skills, e.quiz, e.difficulty, e.origin,
       e.source, e.event_id, e.detail
FROM entry e JOIN learner l ON l.id = e.learner_id;

COMMENT ON COLUMN entry.kind IS '1 answer, 2 undo, 3 reset, 4 reschedule, 5 suspend, 6 resume, 7 settings, 8 task created, 9 task completed, 10 note, 11 unplan, 12 deck, 13 weights, 14 settings undo, 20 points, 21 hint';
