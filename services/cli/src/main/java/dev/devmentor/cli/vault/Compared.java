package dev.devmentor.cli.vault;

import dev.devmentor.cli.terminal.Failed;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether a person has compared a fingerprint: without that the server could give a key of its own. */
final class Compared {
    private Compared() {}

    /**
     * Goes on only with a fingerprint that was compared.
     *
     * @param told what the other person has told, by another way than the server; null to ask
     */
    static void must(VaultAccess access, String who, String fingerprint, @Nullable String told) {
        if (told != null) {
            if (!plain(told).equals(plain(fingerprint))) {
                throw new Failed("the server gave a key of " + who + " with the fingerprint " + fingerprint
                        + ", which is another one: nothing was done");
            }
            return;
        }
        access.hints().accept("The server says that this is the fingerprint of " + who + ":");
        access.hints().accept("  " + fingerprint);
        access.hints()
                .accept(
                        "Compare it with them by telephone or face to face (they see it by: scripts/devmentor vault fingerprint).");
        if (!access.agreed("Is it the same? Type yes: ")) {
            throw new Failed("nothing was done (--fingerprint takes the one that they have told you)");
        }
    }

    private static String plain(String fingerprint) {
        return fingerprint
                .toUpperCase(Locale.ROOT)
                .replaceAll("[\\s-]", "")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
    }
}
