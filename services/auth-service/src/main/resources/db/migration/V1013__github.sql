-- Which GitHub account belongs to whom. The token is kept, encrypted, only where the person has agreed to have repositories read.
CREATE TABLE github_link (
    account_id   text        PRIMARY KEY REFERENCES account ON DELETE CASCADE,
    github_id    bigint      NOT NULL UNIQUE,
    login        text        NOT NULL CHECK (length(login) <= 100),
    scope        text        NOT NULL DEFAULT '' CHECK (length(scope) <= 500),
    sealed_token bytea,
    linked_at    timestamptz NOT NULL
);

-- Ways to GitHub and back that were gone to their end: each is gone once.
CREATE TABLE github_state (
    hash       bytea       PRIMARY KEY,
    expires_at timestamptz NOT NULL
);
CREATE INDEX github_state_expires ON github_state (expires_at);
