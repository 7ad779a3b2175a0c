package dev.devmentor.documents;

/** Ends the reading of a document. It has no message, no cause and no trace: those could quote the document. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Refusal reason;

    public RefusedException(Refusal reason) {
        super(reason.sentence(), null, false, false);
        this.reason = reason;
    }

    public Refusal reason() {
        return reason;
    }
}
