-- Letters that are on their way, written in the transaction of what they tell of and gone once they are sent. To whom and what
-- they say is sealed: links in them are as good as a password.
CREATE TABLE mail (
    id         uuid        PRIMARY KEY,
    account_id text        REFERENCES account ON DELETE CASCADE,
    kind       text        NOT NULL,
    sealed     bytea       NOT NULL,
    attempts   integer     NOT NULL DEFAULT 0,
    next_at    timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX mail_next ON mail (next_at);
CREATE INDEX mail_account ON mail (account_id) WHERE account_id IS NOT NULL;
