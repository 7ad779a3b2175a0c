package dev.devmentor.pbml.engine.owner;

import java.util.ArrayList;
import java.util.List;

/** Names of source files in a line, without their folders: what tells one compiler's error from the same in another file. */
final class FileNames {
    private static final int MOST = 3;
    private static final int LONGEST_ENDING = 5;

    private FileNames() {}

    static List<String> in(String line) {
        List<String> names = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= line.length() && names.size() < MOST; i++) {
            boolean part = i < line.length() && isPart(line.charAt(i));
            if (part && start < 0) {
                start = i;
            } else if (!part && start >= 0) {
                add(line.substring(start, i), names);
                start = -1;
            }
        }
        return names;
    }

    private static boolean isPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '/' || c == '\\' || c == '-' || c == '$';
    }

    private static void add(String word, List<String> names) {
        String name = word.substring(Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\')) + 1);
        int dot = name.lastIndexOf('.');
        boolean hasFolder = name.length() < word.length();
        String ending = dot < 1 ? "" : name.substring(dot + 1);
        boolean letters = !ending.isEmpty()
                && ending.length() <= LONGEST_ENDING
                && ending.chars().allMatch(c -> c >= 'a' && c <= 'z');
        // Without a folder only one dot is taken for a file: a.b.c is a package.
        if (letters && (hasFolder || name.indexOf('.') == dot) && Character.isLetter(name.charAt(0))) {
            names.add(name);
        }
    }
}
