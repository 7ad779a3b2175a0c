package dev.devmentor.events;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class MemoryUpdatedCodec extends Codec<MemoryUpdated> {
    private static final MemoryKind[] KINDS = MemoryKind.values();

    @Override
    MemoryUpdated read(JsonInput in) throws IOException {
        @Nullable String memoryId = null;
        @Nullable String learner = null;
        @Nullable Integer version = null;
        @Nullable MemoryKind kind = null;
        @Nullable String title = null;
        @Nullable String text = null;
        @Nullable List<String> skills = null;
        @Nullable Boolean review = null;
        @Nullable Instant updatedAt = null;
        boolean deleted = false;
        @Nullable String deck = null;
        @Nullable String group = null;
        for (String name = in.next(); name != null; name = in.next()) {
            switch (name) {
                case "memoryId" -> {
                    in.once(0);
                    memoryId = in.string(128);
                }
                case "learner" -> {
                    in.once(1);
                    learner = in.string(64);
                }
                case "version" -> {
                    in.once(2);
                    version = in.integer(1, Integer.MAX_VALUE);
                }
                case "kind" -> {
                    in.once(3);
                    kind = in.oneOf(KINDS);
                }
                case "title" -> {
                    in.once(4);
                    title = in.string(300);
                }
                case "text" -> {
                    in.once(5);
                    text = in.string(16_384);
                }
                case "skills" -> {
                    in.once(6);
                    skills = in.skills();
                }
                case "review" -> {
                    in.once(7);
                    review = in.bool();
                }
                case "updatedAt" -> {
                    in.once(8);
                    updatedAt = in.instant();
                }
                case "deleted" -> {
                    in.once(9);
                    deleted = in.bool();
                }
                case "deck" -> {
                    in.once(10);
                    deck = in.sharedString(128);
                }
                case "group" -> {
                    in.once(11);
                    group = in.string(128);
                }
                default -> in.unknown();
            }
        }
        return new MemoryUpdated(
                in.required(memoryId, "memoryId"),
                in.required(learner, "learner"),
                in.required(version, "version"),
                in.required(kind, "kind"),
                in.required(title, "title"),
                text,
                in.required(skills, "skills"),
                in.required(review, "review"),
                in.required(updatedAt, "updatedAt"),
                deleted,
                deck,
                group,
                in.extra());
    }

    @Override
    void write(JsonOutput out, MemoryUpdated data) {
        out.string("memoryId", data.memoryId());
        out.string("learner", data.learner());
        out.integer("version", data.version());
        out.wire("kind", data.kind());
        out.string("title", data.title());
        out.string("text", data.text());
        out.requiredStrings("skills", data.skills());
        out.bool("review", data.review());
        out.instant("updatedAt", data.updatedAt());
        if (data.deleted()) {
            out.bool("deleted", true);
        }
        out.string("deck", data.deck());
        out.string("group", data.group());
        out.extra(data.extra());
    }

    @Override
    String key(MemoryUpdated data) {
        return data.learner();
    }
}
