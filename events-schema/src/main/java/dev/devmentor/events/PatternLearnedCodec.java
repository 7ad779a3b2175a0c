package dev.devmentor.events;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class PatternLearnedCodec extends Codec<PatternLearned> {
    private static final int MAX_ITEMS = 32;
    private static final int MAX_EVIDENCE = 10;
    private static final int MINUTES_PER_DAY = 1440;
    private static final PatternKind[] KINDS = PatternKind.values();
    private static final PatternScope[] SCOPES = PatternScope.values();
    private static final PatternState[] STATES = PatternState.values();

    @Override
    PatternLearned read(JsonInput in) throws IOException {
        @Nullable String patternId = null;
        @Nullable PatternKind kind = null;
        @Nullable PatternScope scope = null;
        @Nullable String scopeId = null;
        @Nullable PatternState state = null;
        @Nullable Integer version = null;
        @Nullable String title = null;
        @Nullable Double confidence = null;
        @Nullable Integer support = null;
        @Nullable Instant learnedAt = null;
        List<String> skills = List.of();
        List<String> items = List.of();
        List<Integer> hours = List.of();
        @Nullable Integer sessionMinutes = null;
        List<EventReference> evidence = List.of();
        for (String name = in.next(); name != null; name = in.next()) {
            switch (name) {
                case "patternId" -> {
                    in.once(0);
                    patternId = in.string(64);
                }
                case "kind" -> {
                    in.once(1);
                    kind = in.oneOf(KINDS);
                }
                case "scope" -> {
                    in.once(2);
                    scope = in.oneOf(SCOPES);
                }
                case "scopeId" -> {
                    in.once(3);
                    scopeId = in.string(64);
                }
                case "state" -> {
                    in.once(4);
                    state = in.oneOf(STATES);
                }
                case "version" -> {
                    in.once(5);
                    version = in.integer(1, Integer.MAX_VALUE);
                }
                case "title" -> {
                    in.once(6);
                    title = in.string(300);
                }
                case "confidence" -> {
                    in.once(7);
                    confidence = in.number(0, 1);
                }
                case "support" -> {
                    in.once(8);
                    support = in.integer(0, Integer.MAX_VALUE);
                }
                case "learnedAt" -> {
                    in.once(9);
                    learnedAt = in.instant();
                }
                case "skills" -> {
                    in.once(10);
                    skills = in.skills();
                }
                case "items" -> {
                    in.once(11);
                    items = in.strings(MAX_ITEMS, 256);
                }
                case "hours" -> {
                    in.once(12);
                    hours = in.hours();
                }
                case "sessionMinutes" -> {
                    in.once(13);
                    sessionMinutes = in.integer(1, MINUTES_PER_DAY);
                }
                case "evidence" -> {
                    in.once(14);
                    evidence = in.objects(0, MAX_EVIDENCE, PatternLearnedCodec::readReference);
                }
                default -> in.unknown();
            }
        }
        in.checkScope(scope, scopeId);
        return new PatternLearned(
                in.required(patternId, "patternId"),
                in.required(kind, "kind"),
                in.required(scope, "scope"),
                scopeId,
                in.required(state, "state"),
                in.required(version, "version"),
                in.required(title, "title"),
                in.required(confidence, "confidence"),
                in.required(support, "support"),
                in.required(learnedAt, "learnedAt"),
                skills,
                items,
                hours,
                sessionMinutes,
                evidence,
                in.extra());
    }

    @Override
    void write(JsonOutput out, PatternLearned data) {
        out.string("patternId", data.patternId());
        out.wire("kind", data.kind());
        out.wire("scope", data.scope());
        out.string("scopeId", data.scopeId());
        out.wire("state", data.state());
        out.integer("version", data.version());
        out.string("title", data.title());
        out.number("confidence", data.confidence());
        out.integer("support", data.support());
        out.instant("learnedAt", data.learnedAt());
        out.strings("skills", data.skills());
        out.strings("items", data.items());
        out.integers("hours", data.hours());
        out.integer("sessionMinutes", data.sessionMinutes());
        out.objects("evidence", data.evidence(), PatternLearnedCodec::writeReference);
        out.extra(data.extra());
    }

    @Override
    String key(PatternLearned data) {
        String scopeId = data.scopeId();
        return scopeId != null ? scopeId : data.patternId();
    }

    private static EventReference readReference(JsonInput in) throws IOException {
        @Nullable String source = null;
        @Nullable String id = null;
        for (String name = in.next(); name != null; name = in.next()) {
            switch (name) {
                case "source" -> {
                    in.once(0);
                    source = in.eventSource();
                }
                case "id" -> {
                    in.once(1);
                    id = in.eventId();
                }
                default -> in.unknown();
            }
        }
        return new EventReference(in.required(source, "source"), in.required(id, "id"), in.extra());
    }

    private static void writeReference(JsonOutput out, EventReference reference) {
        out.string("source", reference.source());
        out.string("id", reference.id());
        out.extra(reference.extra());
    }
}
