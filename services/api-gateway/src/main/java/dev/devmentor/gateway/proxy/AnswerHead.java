package dev.devmentor.gateway.proxy;

import io.netty.util.AsciiString;

/** The head of an instance's answer. It holds only while it is handed over. */
interface AnswerHead {
    int status();

    int count();

    /** In lower case; a usual name is always the same object. */
    AsciiString name(int field);

    CharSequence value(int field);

    /** Whether {@code Connection} names this field or option. */
    boolean connectionNames(AsciiString option);

    /** Whether there is a field {@code Connection}. */
    boolean hasConnection();

    /** -1 if it was not sent. */
    long contentLength();
}
