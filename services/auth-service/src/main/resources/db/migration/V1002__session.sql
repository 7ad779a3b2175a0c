-- A session is a family of refresh tokens that follow one another. Redis holds what changes with every use; this is the truth.
CREATE TABLE session (
    id          text        PRIMARY KEY,
    account_id  text        NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    client_id   text        NOT NULL,
    method      text        NOT NULL,
    scope       text        NOT NULL,
    address     text        NOT NULL,
    user_agent  text        NOT NULL,
    created_at  timestamptz NOT NULL,
    auth_time   timestamptz NOT NULL,
    -- However often it is refreshed.
    expires_at  timestamptz NOT NULL,
    ended_at    timestamptz,
    end_reason  text,
    -- Whether the gateways have been told that it ended.
    announced   boolean     NOT NULL DEFAULT false
);
CREATE INDEX session_of_account ON session (account_id) WHERE ended_at IS NULL;
CREATE INDEX session_to_announce ON session (ended_at) WHERE ended_at IS NOT NULL AND NOT announced;

CREATE TABLE refresh_token (
    hash       bytea       PRIMARY KEY,
    session_id text        NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    issued_at  timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz
);
CREATE INDEX refresh_token_of_session ON refresh_token (session_id);
