-- Batches of events that people sent to be learned from, and how far they are.
CREATE TABLE learn_job (
    id         uuid    PRIMARY KEY,
    owner_id   bigint  NOT NULL,
    -- queued, recording, folding; done, failed, cancelled
    state      text    NOT NULL,
    cancel     boolean NOT NULL DEFAULT false,
    started_us bigint  NOT NULL,
    -- when its instance last said that it is at it
    beat_us    bigint  NOT NULL,
    lines      bigint  NOT NULL DEFAULT 0,
    added      bigint  NOT NULL DEFAULT 0,
    repeated   bigint  NOT NULL DEFAULT 0,
    refused    bigint  NOT NULL DEFAULT 0,
    -- JSON: the first lines that were refused
    reasons    text    NOT NULL DEFAULT '[]',
    folded     bigint  NOT NULL DEFAULT 0,
    created    bigint  NOT NULL DEFAULT 0,
    updated    bigint  NOT NULL DEFAULT 0,
    error      text
) WITH (fillfactor = 70);
-- One at a time for each owner.
CREATE UNIQUE INDEX learn_job_running ON learn_job (owner_id) WHERE state IN ('queued', 'recording', 'folding');
CREATE INDEX learn_job_owner ON learn_job (owner_id, started_us);
