-- Passwords, as Argon2id in PHC form. Somebody who comes by GitHub, or by a zero-knowledge login, has none.
CREATE TABLE password (
    account_id text        PRIMARY KEY REFERENCES account ON DELETE CASCADE,
    phc        text        NOT NULL,
    changed_at timestamptz NOT NULL
);

-- Links that were sent by mail: SHA-256 of what makes them good, once, until they expire. A link that confirms an address
-- brings the password of the registration that it was sent for: nobody's password is good before the owner of the address
-- followed the link of that very registration.
CREATE TABLE mail_token (
    hash       bytea       PRIMARY KEY,
    account_id text        NOT NULL REFERENCES account ON DELETE CASCADE,
    purpose    text        NOT NULL CHECK (purpose IN ('verify', 'reset')),
    phc        text,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX mail_token_account ON mail_token (account_id, purpose, created_at);
CREATE INDEX mail_token_expires ON mail_token (expires_at);
