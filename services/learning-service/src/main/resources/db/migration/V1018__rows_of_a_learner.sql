-- A learner has many entries. The planner must not believe that it is one, as it does of a log that it has not looked at yet, and of
-- one in which most people have answered once: then an answer's key and another index's first column cost the same to it, and it
-- may read all of a learner's log for each answer of a batch. 50 rows a learner, whatever ANALYZE counts:
DO $$
BEGIN
    FOR i IN 0..7 LOOP
        EXECUTE format('ALTER TABLE entry_%s ALTER COLUMN learner_id SET (n_distinct = -0.02)', to_char(i, 'FM00'));
        -- and until ANALYZE has looked for the first time, which takes 10 000 entries.
        IF current_setting('server_version_num')::integer >= 180000 THEN
            PERFORM pg_restore_attribute_stats(
                'schemaname', current_schema()::text, 'relname', 'entry_' || to_char(i, 'FM00'), 'attname', 'learner_id'::text,
                'inherited', false, 'null_frac', 0::real, 'avg_width', 8::integer, 'n_distinct', (-0.02)::real);
        END IF;
    END LOOP;
END $$;
