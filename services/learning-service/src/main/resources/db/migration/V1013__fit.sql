-- How far a learner's log had grown when weights were last fitted to it, whatever came of it, and how much too low or too
-- high predictions have been since: one number on the scale of log odds (OnlineOffset in learning-engine), which follows
-- from the log and is kept so that nobody has to read the log for it.
CREATE TABLE fit (
    learner_id       bigint PRIMARY KEY,
    entries          bigint NOT NULL DEFAULT 0,
    fitted_us        bigint,
    offset_entries   bigint NOT NULL DEFAULT 0,
    offset_version   integer NOT NULL DEFAULT 0,
    recall_offset    float8 NOT NULL DEFAULT 0
);
