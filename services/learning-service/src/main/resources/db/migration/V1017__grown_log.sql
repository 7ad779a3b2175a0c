-- Whose log has grown since weights or the offset were last fitted to it, and to how many entries: who fits looks here, and not at
-- everybody.
CREATE TABLE grown_log (
    learner_id bigint PRIMARY KEY,
    entries    bigint NOT NULL
) WITH (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.1, autovacuum_vacuum_threshold = 1000);

-- Whoever has fewer is noted when their log grows.
INSERT INTO grown_log
SELECT p.learner_id, p.entries FROM person_state p LEFT JOIN fit f ON f.learner_id = p.learner_id
WHERE p.entries >= 200 AND p.entries > coalesce(f.offset_entries, 0);
