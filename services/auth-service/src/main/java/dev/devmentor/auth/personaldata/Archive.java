package dev.devmentor.auth.personaldata;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packs parts into one ZIP archive: README.txt for people, manifest.json for programs, a file for each service that answered. */
final class Archive {
    private static final String README = """
            What DevMentor holds of you
            ===========================

            This archive has everything that the services of DevMentor held of the account %s, each as of
            the moment that its file names.

            manifest.json         which services were asked, what each gave: file, size, SHA-256, number of rows
            NAME.ndjson           what the service NAME holds: a JSON value on each line. The first line lists the
                                  sections, and what was left out for which reason. The lines after it are your data.
                                  The last line says that it is complete, and how many rows there are.

            auth-service          your account: address, sessions, teams, keys, vault (encrypted; only you can read it), audit
            learning-service      answers, cards, quizzes, plans, points, notes, settings
            pbml-service          what was observed of your work, and the patterns in it

            Passwords, keys and tokens are not in it, nor anything by which they could be tried.
            Times are in UTC. What these words mean, and what remains after you ask to be forgotten, stands in docs/privacy.md.
            %s""";
    private static final String MISSING = """

            NOT COMPLETE: these services gave nothing or not everything: %s. Ask for a new export later.
            """;

    private Archive() {}

    /**
     * Writes the archive.
     *
     * @return bytes and digest of it
     * @throws PartFile.TooLarge if it has more bytes than it may
     */
    static Packed pack(
            Path file,
            long most,
            String person,
            Instant requestedAt,
            Instant now,
            Collection<ExportPart> parts,
            Path from)
            throws IOException {
        try (PartFile target = new PartFile(file, most)) {
            try (ZipOutputStream zip = new ZipOutputStream(target, StandardCharsets.UTF_8)) {
                entry(zip, "README.txt", now);
                zip.write(readme(person, parts).getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
                entry(zip, "manifest.json", now);
                manifest(zip, person, requestedAt, now, parts);
                zip.closeEntry();
                for (ExportPart part : parts) {
                    if (part.isDone() && part.file() != null) {
                        entry(zip, part.file(), now);
                        Files.copy(from.resolve(part.file()), zip);
                        zip.closeEntry();
                    }
                }
            }
            return new Packed(target.bytes(), target.sha256());
        }
    }

    record Packed(long bytes, String sha256) {}

    private static void entry(ZipOutputStream zip, String name, Instant now) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(now.toEpochMilli());
        zip.putNextEntry(entry);
    }

    private static String readme(String person, Collection<ExportPart> parts) {
        String missing = String.join(
                ", ",
                parts.stream()
                        .filter(part -> !part.isDone())
                        .map(part -> part.service() + " (" + part.reason() + ")")
                        .toList());
        return README.formatted(person, missing.isEmpty() ? "" : MISSING.formatted(missing));
    }

    private static void manifest(
            ZipOutputStream zip, String person, Instant requestedAt, Instant now, Collection<ExportPart> parts)
            throws IOException {
        try (JsonGenerator out = new JsonFactory().createGenerator(zip)) {
            out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            out.useDefaultPrettyPrinter();
            out.writeStartObject();
            out.writeStringField("format", "devmentor-personal-data");
            out.writeNumberField("version", 1);
            out.writeStringField("person", person);
            out.writeStringField("requestedAt", requestedAt.toString());
            out.writeStringField("generatedAt", now.toString());
            out.writeBooleanField("complete", parts.stream().allMatch(ExportPart::isDone));
            out.writeArrayFieldStart("services");
            for (ExportPart part : parts) {
                service(out, part);
            }
            out.writeEndArray();
            out.writeEndObject();
        }
    }

    private static void service(JsonGenerator out, ExportPart part) throws IOException {
        out.writeStartObject();
        out.writeStringField("service", part.service());
        out.writeStringField("state", part.state());
        if (part.reason() != null) {
            out.writeStringField("reason", part.reason());
        }
        if (part.file() != null && part.bytes() != null && part.sha256() != null && part.counts() != null) {
            out.writeStringField("file", part.file());
            out.writeNumberField("bytes", part.bytes());
            out.writeStringField("sha256", part.sha256());
            out.writeObjectFieldStart("counts");
            for (Map.Entry<String, Long> count : part.counts().entrySet()) {
                out.writeNumberField(count.getKey(), count.getValue());
            }
            out.writeEndObject();
        }
        out.writeEndObject();
    }
}
