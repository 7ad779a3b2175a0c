package dev.devmentor.gateway.wire;

/** What came over the wire is no proper HTTP, or more of it than is allowed. Has no stack: it is an answer, not a bug. */
public final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * @param status that a client is told, such as 400
     * @param detail for the client; says nothing that it did not send
     */
    public Malformed(int status, String detail) {
        super(detail, null, false, false);
        this.status = status;
    }

    static Malformed bad(String detail) {
        return new Malformed(400, detail);
    }

    /** 400, 405, 408, 413, 414, 417, 431, 501 or 505. */
    public int status() {
        return status;
    }

    /** For the client. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
