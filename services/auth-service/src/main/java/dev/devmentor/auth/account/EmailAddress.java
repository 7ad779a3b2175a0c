package dev.devmentor.auth.account;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A mail address, as far as one can tell by its looks: whether it is anybody's is shown by a mail alone.
 *
 * @param typed as it was typed, without blanks around it, in NFKC: so a letter goes to the address that the account is known by, and never
 *     to a look-alike that has another mailbox
 * @param key what two spellings of one address share: NFKC, lower case
 */
public record EmailAddress(String typed, String key) {
    private static final int LONGEST = 254; // RFC 5321 4.5.3.1.3, without the angle brackets
    private static final int LONGEST_LOCAL = 64;
    private static final Pattern FORM =
            Pattern.compile("[^\\s@\"<>(),;:\\\\\\[\\]\\p{Cntrl}]+@[\\p{L}\\p{N}]([\\p{L}\\p{N}.-]*[\\p{L}\\p{N}])?");

    /** The address of a text; empty if it cannot be one. */
    public static Optional<EmailAddress> parse(String text) {
        if (text.length() > 2 * LONGEST) {
            return Optional.empty();
        }
        String typed = Normalizer.normalize(text.strip(), Normalizer.Form.NFKC);
        String key = typed.toLowerCase(Locale.ROOT);
        int at = key.lastIndexOf('@');
        boolean fits = at > 0
                && at <= LONGEST_LOCAL
                && typed.length() <= LONGEST
                && key.length() <= LONGEST
                && !key.contains("..");
        return fits && FORM.matcher(key).matches() ? Optional.of(new EmailAddress(typed, key)) : Optional.empty();
    }
}
