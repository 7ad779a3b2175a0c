-- Settings grew: they are one value now, the detail of the newest settings entry, and so are the learner's own weights.
ALTER TABLE learner ADD COLUMN settings text COLLATE "C", ADD COLUMN weights text COLLATE "C";

-- FSRS-7 decides where nothing was chosen. Who learnt before that goes on with FSRS-6, which was what they had.
INSERT INTO entry (learner_id, event_key, kind, at_us, received_us, source, event_id, detail)
SELECT id,
       encode(substring(sha256(convert_to('/devmentor/learning-service', 'UTF8') || '\x00'::bytea
                               || convert_to('settings-before-fsrs7', 'UTF8')) FROM 1 FOR 16), 'hex')::uuid,
       7, 0, (extract(epoch FROM now()) * 1000000)::bigint, '/devmentor/learning-service', 'settings-before-fsrs7',
       '{"scheduler":"fsrs6","desiredRetention":0.9,"zone":"UTC","rolloverHour":4,"againDelayMinutes":10,"maximumIntervalDays":36500,"reschedule":false}'
FROM learner
ORDER BY id
ON CONFLICT DO NOTHING;

UPDATE learner SET settings_at_us = 0, scheduler = 'fsrs6', desired_retention = 0.9, zone = 'UTC', rollover_hour = 4,
    again_delay_minutes = 10, maximum_interval_days = 36500
WHERE settings_at_us IS NULL;

UPDATE learner SET settings = json_build_object('scheduler', scheduler, 'desiredRetention', desired_retention, 'zone', zone,
    'rolloverHour', rollover_hour, 'againDelayMinutes', again_delay_minutes, 'maximumIntervalDays', maximum_interval_days)::text;

ALTER TABLE learner DROP COLUMN scheduler, DROP COLUMN desired_retention, DROP COLUMN zone, DROP COLUMN rollover_hour,
    DROP COLUMN again_delay_minutes, DROP COLUMN maximum_interval_days;

COMMENT ON COLUMN learner.settings IS 'detail of the newest settings entry; null while the defaults hold';
COMMENT ON COLUMN learner.weights IS 'detail of the newest weights entry; null while the default weights hold';
COMMENT ON COLUMN entry.due_us IS 'of a reschedule the due time; of an answer the interval in days that was chosen for its load';
COMMENT ON COLUMN entry.ref IS 'answer id of an answer or undo, plan id of a reschedule or of what takes a plan back, task id, memory id, deck';
