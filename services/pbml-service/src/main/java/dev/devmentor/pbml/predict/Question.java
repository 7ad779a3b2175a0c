package dev.devmentor.pbml.predict;

import java.util.List;

/** Something to predict. */
sealed interface Question {
    /** The model that answers it. */
    String model();

    /** How many answers at most. */
    int limit();

    /**
     * What the person does next.
     *
     * @param actions the last ones, the latest last; none for those of the running session
     */
    record NextAction(List<String> actions, int limit) implements Question {
        @Override
        public String model() {
            return "next-action";
        }
    }

    /** Files that go with others. */
    record RelatedFiles(String repository, List<String> files, int limit) implements Question {
        @Override
        public String model() {
            return "related-files";
        }
    }

    /**
     * Errors that may come soon.
     *
     * @param files that are being changed; none for those of the running session
     */
    record LikelyError(String repository, List<String> files, int limit) implements Question {
        @Override
        public String model() {
            return "likely-error";
        }
    }

    /** What ended the error of a pattern. */
    record FixOfPattern(String pattern, int limit) implements Question {
        @Override
        public String model() {
            return "likely-fix";
        }
    }

    /** What ended the error that a text shows. */
    record FixOfText(String text, int limit) implements Question {
        @Override
        public String model() {
            return "likely-fix";
        }
    }
}
