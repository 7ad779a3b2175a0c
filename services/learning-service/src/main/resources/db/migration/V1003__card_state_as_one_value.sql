-- A card's state is one value now (form: CardStateCodec in learning-engine); as columns of their own there are only those
-- that queries compare. Reading and writing 23 columns per card cost more than folding it.
ALTER TABLE card RENAME TO card_before;

CREATE TABLE card (
    learner_id bigint  NOT NULL,
    due_us     bigint  NOT NULL,
    suspended  boolean NOT NULL,
    item       text    COLLATE "C" NOT NULL,
    skills     text[]  NOT NULL,
    state      bytea   NOT NULL
) PARTITION BY HASH (learner_id);

DO $$
BEGIN
    FOR i IN 0..15 LOOP
        EXECUTE format('ALTER TABLE card_%s RENAME TO card_before_%1$s', to_char(i, 'FM00'));
        EXECUTE format('CREATE TABLE card_%s PARTITION OF card FOR VALUES WITH (MODULUS 16, REMAINDER %s)
                        WITH (fillfactor = 60, autovacuum_vacuum_threshold = 10000, autovacuum_vacuum_scale_factor = 0.2,
                              autovacuum_vacuum_insert_threshold = 100000, autovacuum_analyze_threshold = 10000)', to_char(i, 'FM00'), i);
        EXECUTE format('ALTER TABLE card_%s ALTER COLUMN state SET STORAGE PLAIN, ALTER COLUMN state SET STATISTICS 0,
                        ALTER COLUMN skills SET STATISTICS 0, ALTER COLUMN suspended SET STATISTICS 0,
                        ALTER COLUMN learner_id SET STATISTICS 20, ALTER COLUMN item SET STATISTICS 20,
                        ALTER COLUMN due_us SET STATISTICS 20', to_char(i, 'FM00'));
    END LOOP;
END $$;

INSERT INTO card (learner_id, due_us, suspended, item, skills, state)
SELECT learner_id, due_us, suspended, item, skills,
       '\x01'::bytea
       || substring(int2send(phase) FROM 2)
       || substring(int2send((suspended::int + 2 * due_moved::int + 4 * (fsrs6_stability IS NOT NULL)::int)::int2) FROM 2)
       || substring(int2send(coalesce(scheduled_by, -1::int2)) FROM 2)
       || substring(int2send(last_grade) FROM 2)
       || int4send(scheduled_days) || int4send(answers) || int4send(lapses) || int4send(negative_gaps)
       || int4send(open_undos) || int4send(last_day)
       || int8send(last_us) || int8send(due_us) || int8send(folded_us)
       || float8send(scheduled_retention)
       || float8send(sm2_ease) || int4send(sm2_interval) || int4send(sm2_repetitions)
       || float8send(coalesce(fsrs6_stability, 0)) || float8send(coalesce(fsrs6_difficulty, 0))
       || int2send(octet_length(last_zone)::int2) || convert_to(last_zone, 'UTF8')
       || int2send(octet_length(folded_source)::int2) || convert_to(folded_source, 'UTF8')
       || int2send(octet_length(folded_id)::int2) || convert_to(folded_id, 'UTF8')
FROM card_before;

DROP TABLE card_before;
ALTER TABLE card ADD CONSTRAINT card_pkey PRIMARY KEY (learner_id, item);
