-- Keys that sign tokens. The private half is encrypted under a key that is not in this database.
CREATE TABLE signing_key (
    kid             text        PRIMARY KEY,
    private_key     bytea       NOT NULL,
    public_jwk      text        NOT NULL,
    created_at      timestamptz NOT NULL,
    -- Published before it signs, so that whoever caches the keys knows it by then; published until its last token has ended.
    signs_from      timestamptz NOT NULL,
    signs_until     timestamptz,
    published_until timestamptz
);
