-- Vaults. The server can read none of what these columns hold but ids, versions, sizes, times and public keys.
CREATE TABLE vault (
    account_id  text        PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    format      integer     NOT NULL,
    -- Of the keys: rises with every new wrapping.
    version     integer     NOT NULL,
    public_key  bytea       NOT NULL CHECK (octet_length(public_key) = 65),
    private_key bytea       NOT NULL CHECK (octet_length(private_key) = 60),
    entries     integer     NOT NULL DEFAULT 0 CHECK (entries >= 0),
    bytes       bigint      NOT NULL DEFAULT 0 CHECK (bytes >= 0),
    created_at  timestamptz NOT NULL,
    changed_at  timestamptz NOT NULL
);

-- The vault key, wrapped once for each way in.
CREATE TABLE vault_slot (
    account_id text    NOT NULL REFERENCES vault (account_id) ON DELETE CASCADE,
    kind       text    NOT NULL CHECK (kind IN ('password', 'recovery')),
    salt       bytea,
    iterations integer,
    wrapped    bytea   NOT NULL CHECK (octet_length(wrapped) = 60),
    PRIMARY KEY (account_id, kind),
    CHECK ((kind = 'password') = (salt IS NOT NULL AND iterations IS NOT NULL))
);

CREATE TABLE vault_entry (
    account_id  text        NOT NULL REFERENCES vault (account_id) ON DELETE CASCADE,
    id          uuid        NOT NULL,
    version     integer     NOT NULL CHECK (version >= 1),
    key_version integer     NOT NULL CHECK (key_version >= 1),
    data_key    bytea       NOT NULL CHECK (octet_length(data_key) = 60),
    ciphertext  bytea       NOT NULL CHECK (octet_length(ciphertext) BETWEEN 29 AND 65536),
    updated_at  timestamptz NOT NULL,
    PRIMARY KEY (account_id, id)
);
-- What is encrypted does not become smaller.
ALTER TABLE vault_entry ALTER COLUMN ciphertext SET STORAGE EXTERNAL;

-- The data key of an entry for somebody else.
CREATE TABLE vault_share (
    id            uuid        PRIMARY KEY,
    owner_id      text        NOT NULL,
    entry_id      uuid        NOT NULL,
    recipient_id  text        NOT NULL REFERENCES vault (account_id) ON DELETE CASCADE,
    recipient_key bytea       NOT NULL,
    key_version   integer     NOT NULL,
    ephemeral     bytea       NOT NULL CHECK (octet_length(ephemeral) = 65),
    wrapped       bytea       NOT NULL CHECK (octet_length(wrapped) = 60),
    -- Notes of the two that the keys they have compared are these; MACs under keys that the server does not have.
    approval      bytea       NOT NULL CHECK (octet_length(approval) = 32),
    owner_approval bytea      CHECK (octet_length(owner_approval) = 32),
    accepted      boolean     NOT NULL DEFAULT false,
    created_at    timestamptz NOT NULL,
    UNIQUE (owner_id, entry_id, recipient_id),
    FOREIGN KEY (owner_id, entry_id) REFERENCES vault_entry (account_id, id) ON DELETE CASCADE,
    CHECK (owner_id <> recipient_id)
);
CREATE INDEX vault_share_of_recipient ON vault_share (recipient_id, id);

-- How often somebody has asked for other people's public keys within the hour.
CREATE TABLE vault_lookup (
    account_id text        PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    since      timestamptz NOT NULL,
    lookups    integer     NOT NULL
);
