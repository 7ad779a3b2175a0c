-- Outgoing messages, written in the transaction of the change they tell of. One row holds all messages of one
-- transaction, packed and compressed, because a row per message would cost more than the message.
CREATE TABLE outbox (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    messages   integer     NOT NULL CHECK (messages > 0),
    body       bytea       NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);
-- The body is compressed already.
ALTER TABLE outbox ALTER COLUMN body SET STORAGE EXTERNAL;
