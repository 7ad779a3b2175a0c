-- How far an owner's log is folded: what the tables below say is as of there. observations counts all rows of the log up to
-- that place, also those that teach nothing.
CREATE TABLE fold (
    owner_id     bigint PRIMARY KEY,
    observations bigint NOT NULL,
    at_us        bigint,
    source       text   COLLATE "C",
    event_id     text   COLLATE "C",
    -- when the answers of a sitting that may still go on are to be looked through
    look_us      bigint
) WITH (fillfactor = 70);

-- What an owner's log says, as a whole (form: OwnerState in pbml-engine, compressed). Never ahead of the log, and behind it
-- by what was observed since; so a restart reads one row per owner that is asked about, and the rest from the log.
CREATE TABLE model (
    owner_id     bigint   PRIMARY KEY,
    version      smallint NOT NULL,
    observations bigint   NOT NULL,
    saved_us     bigint   NOT NULL,
    bytes        integer  NOT NULL,
    state        bytea    NOT NULL
);
-- It is compressed already.
ALTER TABLE model ALTER COLUMN state SET STORAGE EXTERNAL;
ALTER TABLE model ALTER COLUMN state SET STATISTICS 0;

-- Patterns as lists show them. Nothing is decided from these rows: they follow from the log.
CREATE TABLE pattern (
    owner_id   bigint   NOT NULL,
    pattern_id text     COLLATE "C" NOT NULL,
    -- 0 template, 1 error, 2 sequence, 3 related files, 4 mistake, 5 confusion, 6 rhythm
    kind       smallint NOT NULL,
    -- 0 candidate, 1 active, 2 stale, 3 retired
    state      smallint NOT NULL,
    lower      float8   NOT NULL,
    mean       float8   NOT NULL,
    support    integer  NOT NULL,
    first_us   bigint   NOT NULL,
    last_us    bigint   NOT NULL,
    since_us   bigint   NOT NULL,
    title      text     NOT NULL,
    detail     text     NOT NULL,
    PRIMARY KEY (owner_id, pattern_id)
) WITH (fillfactor = 80);
CREATE INDEX pattern_rank ON pattern (owner_id, lower DESC, pattern_id);
ALTER TABLE pattern ALTER COLUMN detail SET STATISTICS 0;

-- What was said of a pattern to others, so that nothing is said twice and versions rise.
CREATE TABLE announcement (
    owner_id   bigint  NOT NULL,
    pattern_id text    COLLATE "C" NOT NULL,
    version    integer NOT NULL,
    said       bigint  NOT NULL,
    PRIMARY KEY (owner_id, pattern_id)
);
