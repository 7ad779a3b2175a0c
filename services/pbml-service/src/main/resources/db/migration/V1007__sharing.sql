-- With whom an owner shared when their contributions were written last: another setting changes all of them.
CREATE TABLE sharing (
    owner_id      bigint  PRIMARY KEY,
    with_teams    boolean NOT NULL,
    with_everyone boolean NOT NULL
);

-- People put errors together in different ways, so that a member may be part of several patterns of a team.
ALTER TABLE shared_member DROP CONSTRAINT shared_member_pkey;
ALTER TABLE shared_member ADD PRIMARY KEY (scope, scope_id, member_key, pattern_id);
CREATE INDEX shared_member_pattern ON shared_member (scope, scope_id, pattern_id);

-- What was said of shared patterns, also of those that are no more, so that versions rise. It names nobody.
CREATE TABLE shared_announcement (
    scope      smallint NOT NULL,
    scope_id   text     COLLATE "C" NOT NULL,
    pattern_id text     COLLATE "C" NOT NULL,
    version    integer  NOT NULL,
    -- digest of what was said; 0 once it was taken back
    said       bigint   NOT NULL,
    PRIMARY KEY (scope, scope_id, pattern_id)
);

-- Whoever was folded before this has contributed nothing yet.
INSERT INTO touched (owner_id, noted_us) SELECT id, (extract(epoch FROM now()) * 1000000)::bigint FROM owner;
