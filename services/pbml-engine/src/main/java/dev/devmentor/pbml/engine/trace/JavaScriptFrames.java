package dev.devmentor.pbml.engine.trace;

import org.jspecify.annotations.Nullable;

/** "order (/app/src/shop.js:12:7)", "async Shop.order (file:///…)", "/app/src/shop.js:12:7", "Array.map (&lt;anonymous&gt;)". */
final class JavaScriptFrames {

    private static final String[] LIBRARIES = {"node_modules", "/.yarn/", "webpack/runtime", "webpack/bootstrap"};

    private JavaScriptFrames() {}

    /** Node.js opens a bracket behind the last frame when the error has properties. */
    private static String withoutBracket(String at) {
        String text = at.strip();
        return text.endsWith(" {") ? text.substring(0, text.length() - 2).strip() : text;
    }

    static boolean reads(String at) {
        String text = withoutBracket(at);
        if (text.endsWith(")")) {
            int open = text.lastIndexOf(" (");
            return open > 0 && place(text.substring(open + 2, text.length() - 1));
        }
        return place(text) && text.indexOf(':') > 0;
    }

    private static boolean place(String text) {
        if (text.equals("<anonymous>") || text.equals("native") || text.startsWith("index ")) {
            return true;
        }
        int column = text.lastIndexOf(':');
        return column > 0 && (StackTraces.number(text, column + 1, text.length()) > 0 || text.startsWith("eval at "));
    }

    static @Nullable Frame read(String at, OwnCode own) {
        String text = withoutBracket(at);
        if (!reads(text)) {
            return null;
        }
        String function = "";
        String place = text;
        if (text.endsWith(")")) {
            int open = text.lastIndexOf(" (");
            function = text.substring(0, open);
            place = text.substring(open + 2, text.length() - 1);
        } else if (text.startsWith("async ")) {
            place = text.substring(6);
        }
        int line = 0;
        String file = place;
        int column = place.lastIndexOf(':');
        if (column > 0 && StackTraces.number(place, column + 1, place.length()) > 0) {
            file = place.substring(0, column);
            int colon = file.lastIndexOf(':');
            int number = colon > 0 ? StackTraces.number(file, colon + 1, file.length()) : 0;
            if (number > 0) {
                line = number;
                file = file.substring(0, colon);
            } else {
                line = StackTraces.number(place, column + 1, place.length());
            }
        }
        Frame.Origin origin = origin(file, own);
        String shown = origin == Frame.Origin.PLATFORM ? file : StackTraces.withoutBuildPath(file);
        return new Frame(function(function), shown, line, origin);
    }

    /** Without async, without what a call was made under, without the receiver that every module has. */
    private static String function(String name) {
        String function = name;
        if (function.startsWith("async ")) {
            function = function.substring(6);
        }
        int as = function.indexOf(" [as ");
        if (as > 0) {
            function = function.substring(0, as);
        }
        for (String receiver : new String[] {"Object.", "Module.", "exports.", "Function.", "global."}) {
            if (function.startsWith(receiver)) {
                function = function.substring(receiver.length());
            }
        }
        return function.isEmpty() ? "<anonymous>" : function;
    }

    private static String path(String file) {
        String path = file.replace('\\', '/');
        return path.startsWith("file://") ? path.substring(7) : path;
    }

    private static Frame.Origin origin(String file, OwnCode own) {
        if (file.startsWith("node:")
                || file.startsWith("internal/")
                || file.equals("<anonymous>")
                || file.equals("native")
                || file.startsWith("index ")) {
            return Frame.Origin.PLATFORM;
        }
        String path = path(file);
        int library = -1;
        for (String folder : LIBRARIES) {
            int at = path.lastIndexOf(folder);
            library = Math.max(library, at < 0 ? -1 : at + folder.length());
        }
        return library > own.ofPath(path) ? Frame.Origin.LIBRARY : Frame.Origin.OWN;
    }
}
