package dev.devmentor.bench;

/** A benchmark has no figure to print: a wrong result, or something missing. The message is for people. */
public class BenchmarkFailed extends Exception {

    private static final long serialVersionUID = 1L;

    public BenchmarkFailed(String message) {
        super(message);
    }
}
