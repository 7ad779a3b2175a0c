package dev.devmentor.auth.session;

import java.util.List;
import java.util.stream.Stream;

/** How somebody has shown who they are, in the words of RFC 8176. It has none for who comes by another site. */
final class Amr {
    static final String OTP = "otp";

    private static final String PWD = "pwd";
    private static final String MFA = "mfa";

    private Amr() {}

    /** @param method of the session, such as {@code password} */
    static List<String> of(String method, boolean secondFactor) {
        List<String> first = switch (method) {
            case "password", "zero-knowledge" -> List.of(PWD);
            default -> List.of();
        };
        return secondFactor ? and(first) : first;
    }

    /** The same with a second factor. */
    static List<String> and(List<String> first) {
        return Stream.concat(first.stream(), Stream.of(OTP, MFA)).distinct().toList();
    }
}
