-- The name that the shared reader and writer of this table knows: it serves more than learners.
ALTER TABLE erased RENAME COLUMN learner_hash TO person_hash;
