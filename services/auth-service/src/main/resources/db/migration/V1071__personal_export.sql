-- Exports of everything that the platform holds of a person. The file lies here, so that any instance can give it; it goes after a day.
CREATE TABLE personal_export (
    id           uuid        PRIMARY KEY,
    account_id   text        NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    state        text        NOT NULL CHECK (state IN ('running', 'done', 'incomplete', 'cancelled', 'failed')),
    cancel       boolean     NOT NULL DEFAULT false,
    requested_at timestamptz NOT NULL,
    -- last sign of life of the instance that makes it
    beat_at      timestamptz NOT NULL,
    finished_at  timestamptz,
    expires_at   timestamptz,
    bytes        bigint,
    sha256       text,
    -- JSON: see ExportPart
    parts        text        NOT NULL,
    error        text
);
CREATE UNIQUE INDEX personal_export_running ON personal_export (account_id) WHERE state = 'running';
CREATE INDEX personal_export_of_account ON personal_export (account_id, requested_at);
CREATE INDEX personal_export_expiry ON personal_export (expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE personal_export_chunk (
    export_id uuid    NOT NULL REFERENCES personal_export (id) ON DELETE CASCADE,
    number    integer NOT NULL,
    body      bytea   NOT NULL,
    PRIMARY KEY (export_id, number)
);
-- It is compressed already.
ALTER TABLE personal_export_chunk ALTER COLUMN body SET STORAGE EXTERNAL;
