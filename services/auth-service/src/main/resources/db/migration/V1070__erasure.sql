-- Requests to forget a person everywhere. While one is open it names the account, for services that are silent are asked again;
-- what stays as a proof afterwards names nobody.
CREATE TABLE erasure_request (
    -- also the id of the event, but for the round
    id           text        PRIMARY KEY,
    account_id   text        CHECK (length(account_id) BETWEEN 1 AND 64),
    -- null if it was the person
    operator_id  text,
    -- SHA-256 of what the person shows to see the state; null if an operator began it
    receipt_hash bytea,
    requested_at timestamptz NOT NULL,
    state        text        NOT NULL CHECK (state IN ('requested', 'waiting', 'completed')),
    -- An operator may ask services anew that think they have answered; then the event has another id.
    round        integer     NOT NULL DEFAULT 0,
    asked        integer     NOT NULL,
    asked_at     timestamptz NOT NULL,
    ask_at       timestamptz NOT NULL,
    completed_at timestamptz,
    CHECK ((state = 'completed') = (completed_at IS NOT NULL)),
    CHECK ((state = 'completed') = (account_id IS NULL))
);
CREATE UNIQUE INDEX erasure_request_open ON erasure_request (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX erasure_request_due ON erasure_request (ask_at) WHERE state <> 'completed';
CREATE INDEX erasure_request_newest ON erasure_request (requested_at DESC, id DESC);

-- Who has to answer, and what they said. One who answers and was not expected is kept too.
CREATE TABLE erasure_service (
    erasure_id  text        NOT NULL REFERENCES erasure_request (id) ON DELETE CASCADE,
    service     text        NOT NULL CHECK (length(service) <= 64),
    expected    boolean     NOT NULL,
    answered_at timestamptz,
    -- JSON: how many things of each kind there were
    counts      text,
    repeats     integer     NOT NULL DEFAULT 0,
    PRIMARY KEY (erasure_id, service)
);
