package dev.devmentor.pbml.engine.trace;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A fault and where it happened.
 *
 * @param type of the exception; for Go {@code runtime error}, {@code fatal error} or {@code panic}
 * @param message its first line, with {@code <*>} for each part that is variable by its looks
 * @param frames the innermost call first
 * @param links faults that belong to it
 */
public record Trace(Language language, String type, String message, List<Frame> frames, List<Link> links) {

    /** Own frames of which the loose fingerprint is made. */
    private static final int TOP = 2;

    public Trace {
        frames = List.copyOf(frames);
        links = List.copyOf(links);
    }

    /** How two faults belong together. */
    public enum Relation {
        /** It was thrown because of that one. */
        CAUSE,
        /** It was thrown while that one was being handled. */
        CONTEXT,
        /** That one came up while this one was on its way. */
        SUPPRESSED
    }

    /** A fault that belongs to another. */
    public record Link(Relation relation, Trace trace) {}

    /** The fault at the end of the causes; this one, if there are none. */
    public Trace root() {
        Trace at = this;
        for (boolean deeper = true; deeper; ) {
            deeper = false;
            for (Link link : at.links) {
                if (link.relation() != Relation.SUPPRESSED) {
                    at = link.trace();
                    deeper = true;
                    break;
                }
            }
        }
        return at;
    }

    /**
     * Frames that tell faults apart: own ones; if there are none, the libraries'; if there are none either, all but generated
     * ones. Calls that repeat are one, so that the depth of a recursion doesn't count.
     */
    public List<Frame> telling() {
        for (Frame.Origin upTo : new Frame.Origin[] {Frame.Origin.OWN, Frame.Origin.LIBRARY, Frame.Origin.PLATFORM}) {
            List<Frame> telling = new ArrayList<>();
            for (Frame frame : frames) {
                if (frame.origin().compareTo(upTo) <= 0
                        && (telling.isEmpty() || !telling.getLast().identity().equals(frame.identity()))) {
                    telling.add(frame);
                }
            }
            if (!telling.isEmpty()) {
                return telling;
            }
        }
        return List.of();
    }

    /** What stays the same when the fault does. */
    public Fingerprint fingerprint() {
        Hash exact = new Hash(language);
        addTo(exact);
        Trace root = root();
        return new Fingerprint(
                exact.text(),
                new Hash(language).add(type).add(telling(), TOP).text(),
                new Hash(language).add(root.type).add(root.telling(), TOP).text());
    }

    private void addTo(Hash hash) {
        hash.add(type).add(telling(), Integer.MAX_VALUE);
        for (Link link : links) {
            hash.add(link.relation().name());
            link.trace().addTo(hash);
        }
        hash.add("end");
    }

    /** FNV-1a with 64 bits, mixed at the end. */
    private static final class Hash {
        private long value = 0xcbf29ce484222325L;

        Hash(Language language) {
            add(language.name());
        }

        Hash add(String text) {
            for (int i = 0; i < text.length(); i++) {
                value = (value ^ text.charAt(i)) * 0x100000001b3L;
            }
            value = (value ^ 0x10000) * 0x100000001b3L;
            return this;
        }

        Hash add(List<Frame> frames, int most) {
            for (int i = 0; i < Math.min(most, frames.size()); i++) {
                add(frames.get(i).identity());
            }
            return this;
        }

        String text() {
            long mixed = (value ^ value >>> 32) * 0xd6e8feb86659fd93L;
            mixed ^= mixed >>> 32;
            return HexFormat.of().toHexDigits(mixed);
        }
    }
}
