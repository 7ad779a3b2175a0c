package dev.devmentor.events;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Why a record goes to the dead letters. The codes are part of the contract and never change. */
public enum Reason {
    /** The value is longer than the limit. */
    OVERSIZED("oversized"),
    /** There is no value, or an envelope without data. */
    EMPTY("empty"),
    /** The value is not well-formed UTF-8. */
    NOT_UTF8("not-utf8"),
    /** The value is not one JSON text. */
    NOT_JSON("not-json"),
    /** A required CloudEvents attribute is missing, or an attribute is malformed. */
    NOT_A_CLOUDEVENT("not-a-cloudevent"),
    /** No event has this type. */
    UNKNOWN_TYPE("unknown-type"),
    /** The type exists, but belongs on another topic. */
    WRONG_TYPE_FOR_TOPIC("wrong-type-for-topic"),
    /** The {@code dataschema} is not one that this reader knows for the type. */
    UNKNOWN_VERSION("unknown-version"),
    /** The data breaks the schema, or a rule that stands beside it. */
    SCHEMA_VIOLATION("schema-violation"),
    /** The grade says the opposite of {@code correct}. */
    CONTRADICTING_GRADE("contradicting-grade"),
    /** The event lies further ahead of its receipt than clocks may differ. Decided by the service that receives it. */
    TIME_IN_FUTURE("time-in-future"),
    /** The identity is taken by an event that says something else. Decided by the service that receives it. */
    CONFLICTING_DUPLICATE("conflicting-duplicate"),
    /** The event is well formed, but handling it fails again and again. Decided by the service that receives it. */
    PROCESSING_FAILED("processing-failed");

    private static final Map<String, Reason> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Reason::code, Function.identity()));

    private final String code;

    Reason(String code) {
        this.code = code;
    }

    /** The stable name on the wire. */
    public String code() {
        return code;
    }

    public static @Nullable Reason byCode(String code) {
        return BY_CODE.get(code);
    }
}
