-- What each owner's patterns add to those of a team (scope 2) or of everyone (scope 3, scope_id empty). It follows from the
-- owner's log like the patterns themselves; sums of it do not depend on any order (contract 5).
CREATE TABLE contribution (
    owner_id   bigint   NOT NULL,
    scope      smallint NOT NULL,
    scope_id   text     COLLATE "C" NOT NULL,
    pattern_id text     COLLATE "C" NOT NULL,
    kind       smallint NOT NULL,
    title      text     NOT NULL,
    -- form: Evidence in pbml-engine
    evidence   bytea    NOT NULL,
    support    integer  NOT NULL,
    first_us   bigint   NOT NULL,
    last_us    bigint   NOT NULL,
    detail     text     NOT NULL,
    PRIMARY KEY (scope, scope_id, pattern_id, owner_id)
);
CREATE INDEX contribution_owner ON contribution (owner_id);

-- Sums that are to be made anew in the next epoch.
CREATE TABLE contributed (
    scope      smallint NOT NULL,
    scope_id   text     COLLATE "C" NOT NULL,
    pattern_id text     COLLATE "C" NOT NULL
);

-- Epochs of what is shared: each made by one instance from the contributions as they were then.
CREATE TABLE share_epoch (
    number   integer PRIMARY KEY,
    made_us  bigint  NOT NULL,
    patterns integer NOT NULL
);

-- Patterns of teams and of everyone, as of an epoch: columns as in pattern, and how many people they rest on.
CREATE TABLE shared_pattern (
    scope      smallint NOT NULL,
    scope_id   text     COLLATE "C" NOT NULL,
    pattern_id text     COLLATE "C" NOT NULL,
    kind       smallint NOT NULL,
    state      smallint NOT NULL,
    lower      float8   NOT NULL,
    mean       float8   NOT NULL,
    support    integer  NOT NULL,
    first_us   bigint   NOT NULL,
    last_us    bigint   NOT NULL,
    since_us   bigint   NOT NULL,
    title      text     NOT NULL,
    detail     text     NOT NULL,
    people     integer  NOT NULL,
    epoch      integer  NOT NULL,
    version    integer  NOT NULL,
    PRIMARY KEY (scope, scope_id, pattern_id)
);
CREATE INDEX shared_pattern_rank ON shared_pattern (scope, scope_id, lower DESC, pattern_id);
ALTER TABLE shared_pattern ALTER COLUMN detail SET STATISTICS 0;

-- Which pattern a member (a fingerprint, the lines of an error) belongs to there.
CREATE TABLE shared_member (
    scope      smallint NOT NULL,
    scope_id   text     COLLATE "C" NOT NULL,
    member_key text     COLLATE "C" NOT NULL,
    pattern_id text     COLLATE "C" NOT NULL,
    PRIMARY KEY (scope, scope_id, member_key)
);
