package dev.devmentor.gateway.proxy;

import dev.devmentor.gateway.filter.AnswerHeaders;
import dev.devmentor.gateway.wire.FieldNames;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import java.util.Set;

/** Which fields of an instance's answer go on to the client. */
final class AnswerFields {
    private static final AsciiString ACCESS_CONTROL = AsciiString.cached("access-control-");

    /** For one hop only (RFC 9110 section 7.6.1), or telling what a service is made of. */
    private static final Set<AsciiString> DROPPED = Set.of(
            FieldNames.CONNECTION,
            FieldNames.TRANSFER_ENCODING,
            FieldNames.UPGRADE,
            FieldNames.SERVER,
            FieldNames.of("keep-alive"),
            FieldNames.of("proxy-connection"),
            FieldNames.of("proxy-authenticate"),
            FieldNames.of("te"),
            FieldNames.of("trailer"),
            FieldNames.of("x-powered-by"));

    private AnswerFields() {}

    /** @param own what the gateway puts on this answer: it counts before what the instance sent */
    static void copy(AnswerHead head, AnswerHeaders own, MultiMap to, boolean withoutLength) {
        int count = head.count();
        for (int i = 0; i < count; i++) {
            AsciiString name = head.name(i);
            if (pass(head, name, own) && !(withoutLength && name == FieldNames.CONTENT_LENGTH)) {
                to.add(name, head.value(i));
            }
        }
    }

    static boolean pass(AnswerHead head, AsciiString name, AnswerHeaders own) {
        return !DROPPED.contains(name)
                && !own.replaces(name)
                && !name.startsWith(ACCESS_CONTROL)
                && !(head.hasConnection() && head.connectionNames(name));
    }
}
