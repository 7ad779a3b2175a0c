package dev.devmentor.pbml.engine.template;

/** What a variable part of a line looks like. The order is the order of the bytes in a snapshot: new ones go to the end. */
public enum PartType {
    /** A whole or decimal number, signed or not. */
    NUMBER,
    /** 0x1f, or at least six hexadecimal digits with a letter among them. */
    HEX,
    /** 8-4-4-4-12 hexadecimal digits. */
    UUID,
    /** An IP or hardware address, a host or domain name. */
    ADDRESS,
    /** A file of either kind of path, absolute or with folders. */
    PATH,
    /** Host and path behind {@code scheme://}. */
    URL,
    /** A number with a unit of time. */
    DURATION,
    /** A number with a unit of bytes. */
    SIZE,
    /** A date, a time of day, or both. */
    TIME,
    /** name@host. */
    EMAIL,
    /** A name with a number in it: blk_17, attempt_3_r_02, node17b. */
    ID,
    /** v1.2, 1.2.3-4. */
    VERSION,
    /** true or false. */
    BOOLEAN,
    /** The name of an account. */
    USER,
    /** Nothing, where other lines have something: (). */
    EMPTY,
    /** Anything else: a word that changes, a quoted text, what is behind the limits. */
    TEXT;

    static final PartType[] ALL = values();
}
