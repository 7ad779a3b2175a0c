package dev.devmentor.pbml.engine.trace;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Which code is one's own, where {@link StackTraces} would take it for a library's: a team at Apache works on
 * {@code org.apache.kafka}, which is a library to others. It is told by prefixes:
 *
 * <ul>
 *   <li>of Java packages, {@code org.apache.kafka};
 *   <li>of Go import paths, {@code github.com/acme/shop};
 *   <li>of the paths of JavaScript, Python and Go files: from the top, {@code /srv/app}, or from any folder,
 *       {@code node_modules/@acme}.
 * </ul>
 *
 * A prefix ends where a name does: {@code org.acme} is not the beginning of {@code org.acmeshop}. The longest prefix wins, of one's own
 * and those that are known, and among folders the innermost: {@code node_modules/@acme/node_modules/express} is a library of
 * {@code node_modules/@acme}. What a compiler or a proxy made stays generated.
 *
 * <p>Another set of prefixes gives other fingerprints: those that are compared have to be made with the same one.
 */
public final class OwnCode {

    /** Prefixes that one may give. */
    public static final int MOST = 32;

    /** Characters of a prefix. */
    public static final int LONGEST = 128;

    /** What is known, and nothing besides. */
    public static final OwnCode KNOWN = new OwnCode(List.of());

    /** Without a dot or slash at the end. */
    private final List<String> prefixes;

    private OwnCode(List<String> prefixes) {
        this.prefixes = prefixes;
    }

    /**
     * Own code besides what is known. A dot, slash or star at the end of a prefix says nothing, and backslashes are slashes.
     *
     * @throws IllegalArgumentException if there are more than {@value #MOST}, or one is empty or longer than {@value #LONGEST}
     *     characters
     */
    public static OwnCode of(Collection<String> prefixes) {
        TreeSet<String> distinct = new TreeSet<>();
        for (String given : prefixes) {
            String prefix = given.strip().replace('\\', '/');
            int end = prefix.length();
            while (end > 0 && "./*".indexOf(prefix.charAt(end - 1)) >= 0) {
                end--;
            }
            if (end == 0 || end > LONGEST) {
                throw new IllegalArgumentException(
                        "a prefix of own code has 1 to " + LONGEST + " characters, not " + end);
            }
            distinct.add(prefix.substring(0, end));
            if (distinct.size() > MOST) {
                throw new IllegalArgumentException("more than " + MOST + " prefixes of own code");
            }
        }
        return new OwnCode(List.copyOf(distinct));
    }

    /** The prefixes, sorted. */
    public List<String> prefixes() {
        return prefixes;
    }

    /**
     * How many characters of a package's or a type's name a prefix covers, the dot behind it with them; 0 if none does.
     *
     * @param name with dots or, for Go, slashes
     */
    int ofName(String name) {
        int longest = 0;
        for (String prefix : prefixes) {
            if (name.startsWith(prefix) && endsAt(name, prefix.length())) {
                longest = Math.max(longest, prefix.length() + 1);
            }
        }
        return longest;
    }

    /**
     * Where in a path the part ends that is known to be one's own, the slash behind it with it; 0 if there is none.
     *
     * @param path with slashes
     */
    int ofPath(String path) {
        int furthest = 0;
        for (String prefix : prefixes) {
            if (path.startsWith(prefix) && endsAt(path, prefix.length())) {
                furthest = Math.max(furthest, prefix.length() + 1);
            }
            if (prefix.charAt(0) == '/') {
                continue; // from the top only
            }
            for (int slash = path.lastIndexOf('/'); slash >= 0; slash = path.lastIndexOf('/', slash - 1)) {
                int end = slash + 1 + prefix.length();
                if (end + 1 <= furthest) {
                    break;
                }
                if (path.startsWith(prefix, slash + 1) && endsAt(path, end)) {
                    furthest = end + 1;
                    break;
                }
            }
        }
        return furthest;
    }

    private static boolean endsAt(String name, int end) {
        if (end == name.length()) {
            return true;
        }
        char next = name.charAt(end);
        return next == '.' || next == '/' || next == '$';
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OwnCode that && that.prefixes.equals(prefixes);
    }

    @Override
    public int hashCode() {
        return prefixes.hashCode();
    }

    @Override
    public String toString() {
        return "OwnCode" + prefixes;
    }
}
