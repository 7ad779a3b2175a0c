-- Paths that people have asked for. What is planned is kept beside the goal, because a plan that is made again keeps its
-- order where the evidence doesn't touch it.
CREATE TABLE path (
    learner_id     bigint   NOT NULL,
    id             uuid     NOT NULL,
    title          text     NOT NULL,
    goal           text     COLLATE "C",
    wanted         text     NOT NULL,
    hours_per_week float8   NOT NULL,
    until_day      integer,
    created_us     bigint   NOT NULL,
    planned_us     bigint   NOT NULL,
    planned_order  text[]   NOT NULL,
    planned_met    text[]   NOT NULL,
    PRIMARY KEY (learner_id, id)
);

COMMENT ON COLUMN path.goal IS 'id of the ready-made goal; null for a skill, an area or a text';
COMMENT ON COLUMN path.wanted IS 'JSON: skills with level, reason and the lines that ask for them, the most wanted first';
COMMENT ON COLUMN path.until_day IS 'day since 1970-01-01 at the learner';
