package dev.devmentor.cli.patterns;

import java.util.function.Consumer;
import sun.misc.Signal;

/**
 * Hands Ctrl-C and its like to the watch, so that it ends in good order and not in the middle of a line. Java has no other
 * door to signals than {@code sun.misc.Signal} of the module jdk.unsupported, which stays until there is one (JEP 260).
 */
@SuppressWarnings("removal")
final class Interrupts {
    private Interrupts() {}

    /** @param then gets the name of the signal: INT, TERM or HUP */
    static void handle(Consumer<String> then) {
        for (String name : new String[] {"INT", "TERM", "HUP"}) {
            on(name, () -> then.accept(name));
        }
    }

    /** The terminal has another size. */
    static void onResize(Runnable then) {
        on("WINCH", then);
    }

    private static void on(String name, Runnable then) {
        try {
            Signal.handle(new Signal(name), signal -> then.run());
        } catch (IllegalArgumentException e) {
            // Not on this system, or kept by the JVM (-Xrs): then it does what it always did.
        }
    }
}
