-- Who may use the platform. How they show who they are stands in tables of the features that check it.
CREATE TABLE account (
    id             text        PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 64),
    email          text        NOT NULL CHECK (length(email) <= 254),
    -- Spellings that are one address for us are one account.
    email_key      text        NOT NULL UNIQUE CHECK (length(email_key) <= 254),
    email_verified boolean     NOT NULL DEFAULT false,
    name           text        NOT NULL DEFAULT '' CHECK (length(name) <= 100),
    roles          text[]      NOT NULL DEFAULT '{learner}',
    tier           text        NOT NULL DEFAULT 'free' CHECK (tier IN ('free', 'premium')),
    state          text        NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'suspended', 'erasing')),
    created_at     timestamptz NOT NULL
);

-- Tombstones of the kit: whoever was erased stays erased.
CREATE TABLE erased (
    person_hash bytea       PRIMARY KEY,
    erased_at   timestamptz NOT NULL,
    ignored     bigint      NOT NULL DEFAULT 0
);
CREATE TABLE erasure (
    event_key uuid PRIMARY KEY
);
