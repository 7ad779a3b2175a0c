-- What people keep of where they were: which files were open, on which branch, for which task. That the context was saved is an
-- entry of the log too, behind which a restore leaves out what came; this is what only its person needs.
CREATE TABLE context (
    owner_id     bigint NOT NULL,
    context_id   text   COLLATE "C" NOT NULL,
    saved_us     bigint NOT NULL,
    name         text,
    -- JSON
    data         text   NOT NULL,
    observations bigint NOT NULL,
    PRIMARY KEY (owner_id, context_id)
);
CREATE INDEX context_saved ON context (owner_id, saved_us DESC, context_id);

-- How often content of the owner's log was forgotten: a model in memory that was folded before knows too much, on whatever
-- instance, and is not asked any more.
ALTER TABLE fold ADD COLUMN forgettings integer NOT NULL DEFAULT 0;
