package dev.devmentor.auth.github;

/** The way by GitHub does not lead to its end. */
final class GitHubException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why, in the words of the page that shows it. */
    enum Reason {
        /** The browser did not begin here, was too slow, or has been here before. */
        STATE,
        /** The person did not agree. */
        DENIED,
        /** GitHub does not take the code. */
        REFUSED,
        /** GitHub does not answer, or not as documented. */
        UNAVAILABLE,
        /** GitHub knows no verified address of the person. */
        EMAIL,
        /** The GitHub account belongs to another account here. */
        LINKED_ELSEWHERE,
        /** The account is out of use. */
        ACCOUNT
    }

    private final Reason reason;

    GitHubException(Reason reason) {
        super(reason.name(), null, false, false);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
