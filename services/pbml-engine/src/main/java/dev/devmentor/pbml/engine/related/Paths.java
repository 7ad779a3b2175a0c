package dev.devmentor.pbml.engine.related;

/** Which paths can be learnt at all. */
final class Paths {

    private Paths() {}

    /** Whether every surrogate has its other half: others would not survive being written as UTF-8. */
    static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}
