-- Whose log has grown since weights or the offset were last fitted to it, and to how many entries: who fits looks here, and not at
-- everybody.
CREATE TABLE grown_log (
    learner_id bigint PRIMARY KEY,
    entries    bigint NOT NULL
) WITH (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.1, autovacuum_vacuum_threshold = 1000);

INSERT INTO grown_log SELECT learner_id, entries FROM person_state WHERE entries > 0;
