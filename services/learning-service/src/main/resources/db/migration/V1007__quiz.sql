-- Quizzes: the questions as they were asked, whole, so that they are graded as they were asked, and what the answers got.
-- Not a fold over the log: what a quiz adds to the log are its answers. Times are microseconds since 1970-01-01T00:00Z.
CREATE TABLE quiz (
    learner_id bigint  NOT NULL,
    id         uuid    NOT NULL,
    title      text    NOT NULL,
    -- 'bank' or 'text', the learner's own
    made_from  text    COLLATE "C" NOT NULL,
    -- decides the order in which options are shown
    seed       bigint  NOT NULL,
    created_us bigint  NOT NULL,
    expires_us bigint  NOT NULL,
    note       text,
    -- JSON; see AskedQuestion and GradedAnswer
    questions  text    NOT NULL,
    answers    text    NOT NULL,
    asked      integer NOT NULL,
    answered   integer NOT NULL,
    correct    integer NOT NULL,
    PRIMARY KEY (learner_id, id)
);

CREATE INDEX quiz_newest ON quiz (learner_id, created_us DESC, id);

-- Questions made of a learner's own texts. Only once one was answered it is a card, and comes up when it is due.
CREATE TABLE own_question (
    learner_id bigint NOT NULL,
    item       text   COLLATE "C" NOT NULL,
    -- JSON; see Question of the question bank
    question   text   NOT NULL,
    created_us bigint NOT NULL,
    PRIMARY KEY (learner_id, item)
);
