-- Notes of one group are siblings; a deck is where a person put them. Both come with memory.updated.
ALTER TABLE note ADD COLUMN deck text, ADD COLUMN sibling_group text;

DROP VIEW note_of_log;
CREATE VIEW note_of_log AS
SELECT DISTINCT ON (n.learner_id, n.ref)
       n.learner_id, n.ref AS memory_id, 'note:' || n.ref AS item, n.detail::json ->> 'title' AS title,
       coalesce(n.skills, '{}') AS skills, (n.detail::json ->> 'version')::bigint AS version, n.at_us AS updated_us,
       coalesce((n.detail::json ->> 'review')::boolean, false)
           AND NOT coalesce((n.detail::json ->> 'deleted')::boolean, false) AS offered,
       n.source, n.event_id, n.detail::json ->> 'deck' AS deck, n.detail::json ->> 'group' AS sibling_group
FROM entry n
WHERE n.kind = 10
ORDER BY n.learner_id, n.ref, (n.detail::json ->> 'version')::bigint DESC, n.at_us DESC, n.source DESC, n.event_id DESC;

-- What was said of deck and group before they had a meaning was kept in the log.
UPDATE note n SET deck = v.deck, sibling_group = v.sibling_group
FROM note_of_log v
WHERE v.learner_id = n.learner_id AND v.memory_id = n.memory_id AND (v.deck IS NOT NULL OR v.sibling_group IS NOT NULL);

-- Imports that a person started: how far each is, and what it found. The file itself is never kept.
CREATE TABLE import_job (
    id             uuid    PRIMARY KEY,
    learner_id     bigint  NOT NULL,
    dry_run        boolean NOT NULL,
    state          text    COLLATE "C" NOT NULL,
    cancel         boolean NOT NULL DEFAULT false,
    started_us     bigint  NOT NULL,
    -- Last sign of life of whoever runs it.
    beat_us        bigint  NOT NULL,
    -- JSON: how far it is; what the file has.
    counts         text    NOT NULL,
    found          text,
    -- What a repeat has to be moved by as well, so that it says the same under the same ids.
    collection_key text    COLLATE "C",
    shift_days     integer
);
CREATE INDEX import_job_learner ON import_job (learner_id, started_us);
