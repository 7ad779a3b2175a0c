package dev.devmentor.pbml.engine.template;

import java.util.ArrayList;

/**
 * The text of one line without the parts that are variable by their looks; nothing is learnt. For texts that come one at a
 * time and have an identity besides, as the message of an exception.
 */
public final class MessageMask {
    private final LineScanner scanner = new LineScanner(Limits.DEFAULT);

    /** The line with {@code <*>} for each variable part. */
    public String mask(CharSequence line) {
        scanner.scan(line);
        return Group.of(0, scanner).render(false, new ArrayList<>());
    }
}
