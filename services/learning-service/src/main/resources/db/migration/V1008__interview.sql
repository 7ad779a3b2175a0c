-- Preparations for interviews: what was found in a CV and a job description, and the plan that follows. The documents
-- themselves are never stored. Days are counted from 1970-01-01, times in microseconds.
CREATE TABLE interview (
    learner_id      bigint   NOT NULL,
    id              uuid     NOT NULL,
    created_us      bigint   NOT NULL,
    planned_us      bigint   NOT NULL,
    title           text     NOT NULL,
    interview_day   integer  NOT NULL,
    minutes_per_day smallint NOT NULL,
    -- Whether lines of the documents are kept as evidence.
    evidence        boolean  NOT NULL,
    -- Form of the two JSON values below.
    format          smallint NOT NULL,
    findings        text     NOT NULL,
    plan            text     NOT NULL,
    PRIMARY KEY (learner_id, id)
);
