package dev.devmentor.learning.engine.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a sentence into words, numbers, code and marks. */
final class Tokens {
    /** In the order in which they are tried at a place. */
    private static final Pattern PIECE = Pattern.compile("`(?<code>[^`\\n]{1,80})`"
            // 3.11.2 and RFC 9110.1: a version is no number.
            + "|(?<version>\\d+(?:\\.\\d+){2,}[\\w.-]*)"
            + "|(?<number>(?<![\\w.])[0-9]{1,3}(?:[,.'\u00A0\u202F][0-9]{3})+(?![0-9])(?:[.,][0-9]+)?|(?<![\\w.])[0-9]+(?:[.,][0-9]+)?(?![\\w])|(?<![\\w.])[0-9]+(?=(?:ms|s|KB|MB|GB|TB|KiB|MiB|GiB|Hz|GHz|MHz|km|kg|m|x)\\b))"
            + "|(?<word>[\\p{L}\\p{N}_](?:[\\p{L}\\p{N}\\p{M}_]|[-'’.](?=[\\p{L}\\p{N}_]))*(?:\\+\\+|#|\\(\\))?)"
            + "|(?<mark>\\S)");

    private Tokens() {}

    static List<Token> of(String sentence) {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = PIECE.matcher(sentence);
        while (matcher.find()) {
            String code = matcher.group("code");
            Token.Kind kind = code != null
                    ? Token.Kind.CODE
                    : matcher.group("number") != null
                            ? Token.Kind.NUMBER
                            : matcher.group("mark") != null ? Token.Kind.MARK : Token.Kind.WORD;
            tokens.add(new Token(kind, code != null ? code : matcher.group(), matcher.start(), matcher.end()));
        }
        return tokens;
    }
}
