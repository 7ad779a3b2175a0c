-- Two events about one task or note may name the same time. Then source and id decide, as everywhere, so that the state
-- does not depend on which of them came first.
ALTER TABLE focus ADD COLUMN source   text COLLATE "C" NOT NULL DEFAULT '',
                  ADD COLUMN event_id text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE note  ADD COLUMN source   text COLLATE "C" NOT NULL DEFAULT '',
                  ADD COLUMN event_id text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE focus ALTER COLUMN source DROP DEFAULT, ALTER COLUMN event_id DROP DEFAULT;
ALTER TABLE note  ALTER COLUMN source DROP DEFAULT, ALTER COLUMN event_id DROP DEFAULT;

-- Settings, tasks and notes are few among the answers; who asks for them finds them without reading the answers.
CREATE INDEX entry_beside_cards ON entry (learner_id, ref) WHERE kind >= 7;
DROP INDEX entry_settings;

-- What the log says of open tasks and of notes. The tables are kept so that nobody has to ask these views for a list;
-- verify compares them.
CREATE VIEW focus_of_log AS
SELECT DISTINCT ON (c.learner_id, c.ref)
       c.learner_id, c.ref AS task_id, c.detail::json ->> 'title' AS title, c.skills, c.at_us AS since_us, c.source, c.event_id
FROM entry c
WHERE c.kind = 8 AND c.skills IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM entry d WHERE d.learner_id = c.learner_id AND d.kind = 9 AND d.ref = c.ref)
ORDER BY c.learner_id, c.ref, c.at_us DESC, c.source DESC, c.event_id DESC;

CREATE VIEW note_of_log AS
SELECT DISTINCT ON (n.learner_id, n.ref)
       n.learner_id, n.ref AS memory_id, 'note:' || n.ref AS item, n.detail::json ->> 'title' AS title,
       coalesce(n.skills, '{}') AS skills, (n.detail::json ->> 'version')::bigint AS version, n.at_us AS updated_us,
       coalesce((n.detail::json ->> 'review')::boolean, false)
           AND NOT coalesce((n.detail::json ->> 'deleted')::boolean, false) AS offered,
       n.source, n.event_id
FROM entry n
WHERE n.kind = 10
ORDER BY n.learner_id, n.ref, (n.detail::json ->> 'version')::bigint DESC, n.at_us DESC, n.source DESC, n.event_id DESC;

DELETE FROM focus;
INSERT INTO focus (learner_id, task_id, title, skills, since_us, source, event_id)
SELECT learner_id, task_id, title, skills, since_us, source, event_id FROM focus_of_log;
DELETE FROM note;
INSERT INTO note (learner_id, memory_id, item, title, skills, version, updated_us, offered, source, event_id)
SELECT learner_id, memory_id, item, title, skills, version, updated_us, offered, source, event_id FROM note_of_log;
