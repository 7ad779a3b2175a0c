package dev.devmentor.fuzz;

import java.util.List;

/** A parser and what is promised of it for any bytes. Each input stands for itself: the same bytes have the same outcome. */
interface Target {

    /** Name for the command line. */
    String name();

    /** Inputs to start from, of each kind that the parser knows. */
    List<byte[]> seeds();

    /**
     * Gives the parser the bytes.
     *
     * @throws AssertionError if a promise is broken
     */
    void accept(byte[] input);
}
