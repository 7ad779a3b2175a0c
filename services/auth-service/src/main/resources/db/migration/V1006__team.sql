-- Teams and who is in them. What a team sees of its members is decided by the services.
CREATE TABLE team (
    id         text        PRIMARY KEY,
    name       text        NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    created_at timestamptz NOT NULL
);

CREATE TABLE team_member (
    team_id    text        NOT NULL REFERENCES team (id) ON DELETE CASCADE,
    account_id text        NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    role       text        NOT NULL CHECK (role IN ('owner', 'member')),
    state      text        NOT NULL CHECK (state IN ('invited', 'member')),
    since      timestamptz NOT NULL,
    PRIMARY KEY (team_id, account_id)
);
CREATE INDEX team_member_of_account ON team_member (account_id);
