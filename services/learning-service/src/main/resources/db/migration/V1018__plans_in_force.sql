-- Until which day a break or an exam may move cards that are answered after it was planned. Answers look at their learner's row
-- anyway; the plans themselves are read only where this says so.
ALTER TABLE learner ADD COLUMN plans_until_day integer;

UPDATE learner l SET plans_until_day = p.until_day
FROM (
    SELECT learner_id,
        max(CASE kind
            WHEN 'vacation' THEN (parameters::json ->> 'to')::date - DATE '1970-01-01'
            WHEN 'exam' THEN (parameters::json ->> 'date')::date - DATE '1970-01-01'
        END) AS until_day
    FROM plan WHERE undone_us IS NULL AND kind IN ('vacation', 'exam')
    GROUP BY learner_id
) p
WHERE p.learner_id = l.id;
