-- Programs without a browser that wait for a person to let them in (RFC 8628).
CREATE TABLE device_grant (
    device_code_hash bytea       PRIMARY KEY,
    user_code        text        NOT NULL UNIQUE,
    client_id        text        NOT NULL,
    scope            text        NOT NULL,
    address          text        NOT NULL,
    user_agent       text        NOT NULL,
    created_at       timestamptz NOT NULL,
    expires_at       timestamptz NOT NULL,
    state            text        NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'approved', 'denied', 'used')),
    account_id       text        REFERENCES account (id) ON DELETE CASCADE,
    -- When and how the person who approved had shown who they are.
    auth_time        timestamptz,
    polled_at        timestamptz,
    interval_seconds integer     NOT NULL
);
CREATE INDEX device_grant_of_account ON device_grant (account_id);
