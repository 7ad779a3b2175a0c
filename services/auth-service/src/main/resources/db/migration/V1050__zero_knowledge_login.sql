-- What stands in the place of a password for people whose password never comes here (SRP-6a, RFC 5054).
CREATE TABLE srp_credential (
    account_id text        PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    salt       bytea       NOT NULL CHECK (octet_length(salt) = 16),
    iterations integer     NOT NULL CHECK (iterations >= 600000),
    verifier   bytea       NOT NULL CHECK (octet_length(verifier) BETWEEN 1 AND 384),
    changed_at timestamptz NOT NULL
);

-- Of it the answers for addresses without such a login are made, the same in every instance and on every day.
CREATE TABLE srp_secret (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    value    bytea   NOT NULL
);
-- Four times 122 random bits.
INSERT INTO srp_secret (value)
SELECT sha256(convert_to(string_agg(gen_random_uuid()::text, ''), 'UTF8')) FROM generate_series(1, 4);
