-- Programs that act for themselves, and their keys. A key is shown once; what is kept is its hash.
CREATE TABLE service_account (
    id         text        PRIMARY KEY,
    owner_id   text        NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    name       text        NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    scope      text        NOT NULL,
    tier       text        NOT NULL CHECK (tier IN ('free', 'premium')),
    created_at timestamptz NOT NULL,
    UNIQUE (owner_id, name)
);

CREATE TABLE api_key (
    id                 text        PRIMARY KEY,
    service_account_id text        NOT NULL REFERENCES service_account (id) ON DELETE CASCADE,
    hash               bytea       NOT NULL,
    created_at         timestamptz NOT NULL,
    expires_at         timestamptz,
    revoked_at         timestamptz,
    last_used_at       timestamptz,
    per_minute         integer     NOT NULL DEFAULT 0 CHECK (per_minute >= 0),
    per_day            integer     NOT NULL DEFAULT 0 CHECK (per_day >= 0)
);
CREATE INDEX api_key_of_service_account ON api_key (service_account_id);

CREATE TABLE api_key_usage (
    key_id   text        NOT NULL REFERENCES api_key (id) ON DELETE CASCADE,
    hour     timestamptz NOT NULL,
    requests bigint      NOT NULL,
    errors   bigint      NOT NULL,
    PRIMARY KEY (key_id, hour)
);
-- What gateways have told already: a report that comes twice counts once.
CREATE TABLE api_key_report (
    reporter text        NOT NULL,
    key_id   text        NOT NULL REFERENCES api_key (id) ON DELETE CASCADE,
    minute   timestamptz NOT NULL,
    requests bigint      NOT NULL,
    errors   bigint      NOT NULL,
    PRIMARY KEY (reporter, key_id, minute)
);
