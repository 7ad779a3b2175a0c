-- What was done, in one chain: the hash of an entry covers the hash of the one before. What an entry says of a person
-- (subject, actor, origin) goes into the hash only as a seal: HMAC-SHA-256 under a random salt. An erasure removes value and
-- salt; seal and chain stay.
CREATE TABLE audit_entry (
    seq                 bigint PRIMARY KEY CHECK (seq > 0),
    at_us               bigint NOT NULL,
    action              text   NOT NULL CHECK (length(action) BETWEEN 1 AND 64),
    subject             text,
    subject_salt        bytea,
    subject_seal        bytea CHECK (octet_length(subject_seal) = 32),
    subject_redacted_by bigint,
    actor               text,
    actor_salt          bytea,
    actor_seal          bytea CHECK (octet_length(actor_seal) = 32),
    actor_redacted_by   bigint,
    origin              text,
    origin_salt         bytea,
    origin_seal         bytea  NOT NULL CHECK (octet_length(origin_seal) = 32),
    origin_redacted_by  bigint,
    hash                bytea  NOT NULL CHECK (octet_length(hash) = 32)
);
CREATE INDEX audit_entry_subject ON audit_entry (subject, seq) WHERE subject IS NOT NULL;
CREATE INDEX audit_entry_actor ON audit_entry (actor, seq) WHERE actor IS NOT NULL;
CREATE INDEX audit_entry_action ON audit_entry (action, seq);
CREATE INDEX audit_entry_at ON audit_entry (at_us);

-- The last entry. The seal is an HMAC under a key that the database does not know: whoever only has the database cannot
-- write a whole chain anew. Writers lock this row, so entries are in one order.
CREATE TABLE audit_head (
    singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    seq       bigint NOT NULL,
    hash      bytea  NOT NULL,
    seal      bytea  NOT NULL
);

CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The one change that is allowed: an erasure takes value and salt of a part, and says which entry tells of it.
    IF TG_OP = 'UPDATE'
        AND (NEW.seq, NEW.at_us, NEW.action, NEW.hash, NEW.origin_seal)
            = (OLD.seq, OLD.at_us, OLD.action, OLD.hash, OLD.origin_seal)
        AND NEW.subject_seal IS NOT DISTINCT FROM OLD.subject_seal
        AND NEW.actor_seal IS NOT DISTINCT FROM OLD.actor_seal
        AND ((NEW.subject, NEW.subject_salt, NEW.subject_redacted_by)
                IS NOT DISTINCT FROM (OLD.subject, OLD.subject_salt, OLD.subject_redacted_by)
            OR NEW.subject IS NULL AND NEW.subject_salt IS NULL AND NEW.subject_redacted_by > OLD.seq
                AND OLD.subject_salt IS NOT NULL)
        AND ((NEW.actor, NEW.actor_salt, NEW.actor_redacted_by)
                IS NOT DISTINCT FROM (OLD.actor, OLD.actor_salt, OLD.actor_redacted_by)
            OR NEW.actor IS NULL AND NEW.actor_salt IS NULL AND NEW.actor_redacted_by > OLD.seq
                AND OLD.actor_salt IS NOT NULL)
        AND ((NEW.origin, NEW.origin_salt, NEW.origin_redacted_by)
                IS NOT DISTINCT FROM (OLD.origin, OLD.origin_salt, OLD.origin_redacted_by)
            OR NEW.origin IS NULL AND NEW.origin_salt IS NULL AND NEW.origin_redacted_by > OLD.seq
                AND OLD.origin_salt IS NOT NULL)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'audit_entry is append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_append_only();
CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only();
