package dev.devmentor.auth.token;

import dev.devmentor.kit.identity.PlatformScopes;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Names of scopes, with blanks between (RFC 6749 3.3). */
public final class Scopes {
    /** What a person's own programs may do. */
    public static final String PERSON = String.join(
            " ",
            PlatformScopes.LEARNING_READ,
            PlatformScopes.LEARNING_WRITE,
            PlatformScopes.PATTERNS_READ,
            PlatformScopes.PATTERNS_WRITE,
            PlatformScopes.ACCOUNT);
    /** What an operator's programs may do beside that. */
    public static final String OPERATOR = PlatformScopes.OPERATE;

    private static final int LONGEST = 1_000;

    private Scopes() {}

    /** Scopes of a person with these roles. */
    public static String of(List<String> roles) {
        return roles.contains("operator") ? PERSON + " " + OPERATOR : PERSON;
    }

    /** The same without what operators may do beside others. */
    public static String withoutOperator(String scope) {
        return Arrays.stream(scope.split(" "))
                .filter(name -> !name.equals(OPERATOR))
                .collect(Collectors.joining(" "));
    }

    /** All that a person can give to a program, whatever their roles. */
    public static String ofPeople() {
        return PERSON + " " + OPERATOR;
    }

    /** What is in both. */
    public static String both(String one, String other) {
        Set<String> names = new LinkedHashSet<>(List.of(one.split(" ")));
        names.retainAll(Set.of(other.split(" ")));
        return String.join(" ", names);
    }

    /** What a person of these roles may let a service account do. */
    public static Set<String> ofServiceAccounts(List<String> roles) {
        return roles.contains("operator")
                ? Set.of(PlatformScopes.READ, PlatformScopes.WRITE, PlatformScopes.SERVICE)
                : Set.of(PlatformScopes.READ, PlatformScopes.WRITE);
    }

    /**
     * Those of the wanted ones that are allowed.
     *
     * @param wanted null for all that are allowed
     * @return null if one is wanted that is not allowed
     */
    public static @Nullable String narrow(@Nullable String wanted, String allowed) {
        if (wanted == null || wanted.isBlank()) {
            return allowed;
        }
        if (wanted.length() > LONGEST) {
            return null;
        }
        Set<String> known = Set.of(allowed.split(" "));
        Set<String> names = new LinkedHashSet<>(List.of(wanted.strip().split(" +")));
        return known.containsAll(names) ? String.join(" ", names) : null;
    }
}
