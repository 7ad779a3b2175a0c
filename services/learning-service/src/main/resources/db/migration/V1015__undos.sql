-- Whether an answer was taken back is asked of each answer of a log. Undos are rare; without an index of their own a planner
-- that has no statistics yet, as after a first import, reads all of a learner's log for each entry of it.
CREATE INDEX entry_undo ON entry (learner_id, ref) WHERE kind = 2;
