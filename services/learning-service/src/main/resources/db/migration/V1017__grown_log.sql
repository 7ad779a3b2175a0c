-- Whose log has grown since weights or the offset were last fitted to it, and when that was first seen: who fits looks here,
-- and not at everybody.
CREATE TABLE grown_log (
    learner_id bigint PRIMARY KEY,
    noted_us   bigint NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.1, autovacuum_vacuum_threshold = 1000);

INSERT INTO grown_log SELECT learner_id, (extract(epoch FROM now()) * 1000000)::bigint FROM person_state WHERE entries > 0;
