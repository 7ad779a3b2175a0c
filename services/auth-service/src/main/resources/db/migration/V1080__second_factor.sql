-- Second factors: a secret that the person's app has too (RFC 6238), sealed with a key that is not in the database.
CREATE TABLE second_factor (
    account_id    text        PRIMARY KEY REFERENCES account ON DELETE CASCADE,
    sealed_secret bytea       NOT NULL,
    -- Null until a code has shown that the app has the secret: before that nobody is asked for one.
    since         timestamptz,
    -- Number of the step whose code was taken last: it and those before it are never taken again.
    last_step     bigint      NOT NULL DEFAULT 0,
    -- When the person was last told that somebody guesses.
    warned_at     timestamptz
);

-- For who has lost the app: each is good once.
CREATE TABLE recovery_code (
    account_id text  NOT NULL REFERENCES account ON DELETE CASCADE,
    salt       bytea NOT NULL,
    -- HMAC-SHA-256 of the code under the salt.
    hash       bytea NOT NULL,
    PRIMARY KEY (account_id, salt)
);

-- What was shown at the beginning of a session, in words of RFC 8176.
ALTER TABLE session ADD COLUMN amr text[] NOT NULL DEFAULT '{}';
UPDATE session SET amr = '{pwd}' WHERE method IN ('password', 'zero-knowledge');
ALTER TABLE device_grant ADD COLUMN amr text[] NOT NULL DEFAULT '{}';
