package dev.devmentor.auth.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the mails that this service itself sends (RFC 5322, 2045, 2046, 2047): text, HTML, or both as alternatives. What it does
 * not understand it leaves as it is; nothing that a mail says makes it fail.
 */
final class MimeReader {
    private static final int DEEPEST = 5;
    private static final Pattern ENCODED_WORD = Pattern.compile("=\\?([^?\\s]+)\\?([bBqQ])\\?([^?]*)\\?=");
    private static final Pattern BOUNDARY =
            Pattern.compile("boundary=(?:\"([^\"]{1,70})\"|([^;\\s]{1,70}))", Pattern.CASE_INSENSITIVE);
    private static final Pattern CHARSET =
            Pattern.compile("charset=\"?([A-Za-z0-9_.:-]{1,40})\"?", Pattern.CASE_INSENSITIVE);

    private String subject = "";
    private String text = "";
    private String html = "";

    private MimeReader() {}

    static MimeReader read(byte[] message) {
        MimeReader reader = new MimeReader();
        String raw = new String(message, StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
        reader.subject = words(headers(raw).getOrDefault("subject", ""));
        reader.part(raw, 0);
        return reader;
    }

    String subject() {
        return subject;
    }

    String text() {
        return text;
    }

    String html() {
        return html;
    }

    private void part(String raw, int depth) {
        Map<String, String> headers = headers(raw);
        int blank = raw.startsWith("\n") ? 0 : raw.indexOf("\n\n");
        String body = blank < 0 ? "" : raw.substring(raw.startsWith("\n") ? 1 : blank + 2);
        String type = headers.getOrDefault("content-type", "text/plain");
        Matcher boundary = BOUNDARY.matcher(type);
        if (type.toLowerCase(Locale.ROOT).startsWith("multipart/") && boundary.find() && depth < DEEPEST) {
            String mark = "--" + (boundary.group(1) == null ? boundary.group(2) : boundary.group(1));
            String[] parts = ("\n" + body).split(Pattern.quote("\n" + mark), 20);
            for (int i = 1; i < parts.length && !parts[i].startsWith("--"); i++) {
                int line = parts[i].indexOf('\n');
                part(line < 0 ? "" : parts[i].substring(line + 1), depth + 1);
            }
            return;
        }
        byte[] bytes = decode(body, headers.getOrDefault("content-transfer-encoding", "7bit"));
        String content = new String(bytes, charset(type));
        if (type.toLowerCase(Locale.ROOT).startsWith("text/html")) {
            html = html.isEmpty() ? content : html;
        } else if (type.toLowerCase(Locale.ROOT).startsWith("text/")) {
            text = text.isEmpty() ? content : text;
        }
    }

    private static Map<String, String> headers(String raw) {
        Map<String, String> headers = new HashMap<>();
        int end = raw.startsWith("\n") ? 0 : raw.indexOf("\n\n");
        String block = (end < 0 ? raw : raw.substring(0, end)).replaceAll("\n[ \t]+", " ");
        for (String line : block.split("\n")) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.putIfAbsent(
                        line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    private static Charset charset(String type) {
        Matcher name = CHARSET.matcher(type);
        try {
            return name.find() ? Charset.forName(name.group(1)) : StandardCharsets.UTF_8;
        } catch (IllegalArgumentException unknown) {
            return StandardCharsets.ISO_8859_1;
        }
    }

    private static byte[] decode(String body, String encoding) {
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "base64" -> base64(body);
            case "quoted-printable" -> quotedPrintable(body, false);
            default -> body.getBytes(StandardCharsets.ISO_8859_1);
        };
    }

    private static byte[] base64(String body) {
        try {
            return Base64.getMimeDecoder().decode(body);
        } catch (IllegalArgumentException broken) {
            return body.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    private static byte[] quotedPrintable(String body, boolean inHeader) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length());
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            if (c == '=' && i + 1 < body.length() && body.charAt(i + 1) == '\n') {
                i++;
            } else if (c == '=' && i + 2 < body.length() && isHex(body.charAt(i + 1)) && isHex(body.charAt(i + 2))) {
                bytes.write(Integer.parseInt(body, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(inHeader && c == '_' ? ' ' : c);
            }
        }
        return bytes.toByteArray();
    }

    private static boolean isHex(char c) {
        return Character.digit(c, 16) >= 0;
    }

    /** Encoded words (RFC 2047) of a header as what they mean. */
    private static String words(String header) {
        Matcher word = ENCODED_WORD.matcher(header.replaceAll("\\?=\\s+=\\?", "?==?"));
        return word.replaceAll(found -> {
            byte[] bytes = found.group(2).equalsIgnoreCase("b")
                    ? base64(found.group(3))
                    : quotedPrintable(found.group(3), true);
            return Matcher.quoteReplacement(new String(bytes, charset("charset=" + found.group(1))));
        });
    }
}
