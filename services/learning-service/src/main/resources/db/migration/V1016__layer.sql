-- What practice, pauses and streaks count for (Layer in learning-engine), from its epoch on until a newer one.
-- precisions: the lower triangle of the matrix by rows. Like difficulties, a row never changes.
CREATE TABLE shared_layer (
    epoch      integer  PRIMARY KEY REFERENCES epoch,
    weights    float8[] NOT NULL,
    precisions float8[] NOT NULL
);

-- States of people are of a new form, and are folded again soon.
INSERT INTO touched (learner_id, noted_us) SELECT id, (extract(epoch FROM now()) * 1000000)::bigint FROM learner ORDER BY id;
