-- Plans: what somebody asked for, what came of it, and whether it was taken back. The moves themselves are entries of the
-- log that name the plan (kind 4, ref).
CREATE TABLE plan (
    learner_id bigint  NOT NULL,
    id         uuid    NOT NULL,
    kind       text    COLLATE "C" NOT NULL,
    -- JSON, with what was added by default
    parameters text    NOT NULL,
    at_us      bigint  NOT NULL,
    moved      integer NOT NULL,
    -- JSON: figures, notes, load by day
    outcome    text    NOT NULL,
    undone_us  bigint,
    PRIMARY KEY (learner_id, id)
);
CREATE INDEX plan_newest ON plan (learner_id, at_us DESC, id DESC);
