package dev.devmentor.pbml.engine.trace;

/**
 * One call.
 *
 * @param function with its class or package, without what compilers and proxies put into names: numbers of lambdas and
 *     anonymous classes, modules, arguments
 * @param file as the trace names it, without the folders that a build was made in; empty if it is not named
 * @param line 0 if it is not named
 * @param origin who wrote it
 */
public record Frame(String function, String file, int line, Origin origin) {

    /** Who wrote a frame's code. */
    public enum Origin {
        /** The people whose trace it is. */
        OWN,
        /** A library or a framework. */
        LIBRARY,
        /** The language's own runtime and standard library. */
        PLATFORM,
        /** Nobody: a proxy, a lambda's class, an accessor. */
        GENERATED
    }

    /** What is the same when the line moves. */
    String identity() {
        return file.isEmpty() || function.indexOf('.') > 0 && file.endsWith(".java") ? function : file + '#' + function;
    }
}
