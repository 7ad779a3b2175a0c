package dev.devmentor.pbml.engine.study;

import dev.devmentor.deterministic.ByteReader;
import dev.devmentor.deterministic.ByteWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one person's answers show of how they learn.
 *
 * <p>Answers are observed in the order of their time. Of each it is noted what was expected of it beforehand ({@link
 * Expectation}), and a bounded number is kept. Patterns are looked for when they are asked for, in what is kept of the last
 * 180 days, the newer counting more; so a pattern is never more than its evidence, and goes with it. The same answers in the
 * same order give the same bytes. Not safe for use by several threads at once.
 */
public final class StudyPatterns {

    private static final int VERSION = 1;
    private static final long PAUSE_MICROS = 30 * 60 * 1_000_000L;
    private static final long MINUTE_MICROS = 60 * 1_000_000L;

    /** What is answered faster was not read: rapid guessing (Wise and Kong 2005). */
    private static final int LEAST_RESPONSE_MS = 300;

    /** Further skills of a question are not looked at. */
    private static final int MOST_SKILLS_OF_ITEM = 8;

    private final StudyLimits limits;
    private final Expectation expectation;
    private final ArrayDeque<JudgedAnswer> answers = new ArrayDeque<>();
    private long characters;
    private long sitting;
    private long sittingSince;
    private long lastAt = Long.MIN_VALUE;

    public StudyPatterns() {
        this(StudyLimits.DEFAULT);
    }

    public StudyPatterns(StudyLimits limits) {
        this(limits, new Expectation(limits.items()));
    }

    private StudyPatterns(StudyLimits limits, Expectation expectation) {
        this.limits = limits;
        this.expectation = expectation;
    }

    /**
     * Learns from the next answer.
     *
     * @throws IllegalArgumentException if it was given before the last one that was observed; nothing is learned from it
     */
    public void observe(Answer answer) {
        if (answer.atMicros() < lastAt) {
            throw new IllegalArgumentException("an answer at " + answer.atMicros() + " after one at " + lastAt);
        }
        if (lastAt == Long.MIN_VALUE || answer.atMicros() - lastAt >= PAUSE_MICROS) {
            sitting++;
            sittingSince = answer.atMicros();
        }
        lastAt = answer.atMicros();
        boolean guess = answer.responseMs() >= 0 && answer.responseMs() < LEAST_RESPONSE_MS;
        Expectation.Expected expected = guess
                ? new Expectation.Expected(answer.item(), 0, false, false)
                : expectation.observe(answer.item(), answer.atMicros(), sitting, !answer.correct());
        keep(new JudgedAnswer(
                expected.item(),
                answer.skills().stream().distinct().limit(MOST_SKILLS_OF_ITEM).toList(),
                answer.atMicros(),
                answer.localMinuteOfDay() / 60,
                !answer.correct(),
                answer.event(),
                sitting,
                (int) Math.min(Integer.MAX_VALUE, (answer.atMicros() - sittingSince) / MINUTE_MICROS),
                expected.missLogit(),
                expected.known() && !expected.again()));
    }

    private void keep(JudgedAnswer answer) {
        answers.addLast(answer);
        characters += answer.characters();
        while (answers.size() > limits.answers() || characters > limits.characters()) {
            characters -= answers.removeFirst().characters();
        }
    }

    /** Answers that are kept. */
    public int answers() {
        return answers.size();
    }

    /** Items whose ease is known. */
    public int items() {
        return expectation.items();
    }

    /** The patterns as of the last answer. With a full window it takes some tenths of a second. */
    public List<StudyPattern> patterns() {
        return answers.isEmpty() ? List.of() : patterns(lastAt);
    }

    /**
     * The patterns as of a time, the surest first.
     *
     * @param atMicros microseconds since 1970, not before the last answer
     */
    public List<StudyPattern> patterns(long atMicros) {
        if (atMicros < lastAt) {
            throw new IllegalArgumentException("patterns at " + atMicros + " after an answer at " + lastAt);
        }
        Past past = Past.of(answers, atMicros);
        List<StudyPattern> found = new ArrayList<>();
        found.addAll(Mistakes.find(past, limits));
        found.addAll(Confusions.find(past));
        found.addAll(Rhythm.find(past));
        found.sort(
                Comparator.comparingDouble(StudyPattern::confidence).reversed().thenComparing(StudyPattern::id));
        return found;
    }

    /** The whole state. */
    public byte[] snapshot() {
        ByteWriter out = new ByteWriter();
        out.int1(VERSION);
        out.varint(sitting);
        out.varint(sittingSince);
        out.int8(lastAt);
        expectation.write(out);
        Map<String, Integer> texts = new LinkedHashMap<>();
        for (JudgedAnswer answer : answers) {
            number(texts, answer.item());
            number(texts, answer.event().source());
            answer.skills().forEach(skill -> number(texts, skill));
        }
        out.int4(texts.size());
        texts.keySet().forEach(out::text);
        out.int4(answers.size());
        for (JudgedAnswer answer : answers) {
            out.varint(number(texts, answer.item()));
            out.int1(answer.skills().size());
            answer.skills().forEach(skill -> out.varint(number(texts, skill)));
            out.varint(answer.atMicros());
            out.int1(answer.hour());
            out.bool(answer.missed());
            out.varint(number(texts, answer.event().source()));
            out.text(answer.event().id());
            out.varint(answer.sitting());
            out.varint(answer.minutesIn());
            out.float8(answer.missLogit());
            out.bool(answer.judged());
        }
        return out.toBytes();
    }

    private static int number(Map<String, Integer> texts, String text) {
        Integer known = texts.putIfAbsent(text, texts.size());
        return known == null ? texts.size() - 1 : known;
    }

    /**
     * Goes on where a snapshot ended, bit by bit.
     *
     * @param limits those of the instance that wrote it
     * @throws IllegalArgumentException if the snapshot is of another version or exceeds the limits
     */
    public static StudyPatterns restore(byte[] snapshot, StudyLimits limits) {
        return ByteReader.whole(snapshot, in -> read(in, limits));
    }

    private static StudyPatterns read(ByteReader in, StudyLimits limits) {
        if (in.int1() != VERSION) {
            throw new IllegalArgumentException("no snapshot of this version");
        }
        long sitting = in.varint();
        long sittingSince = in.varint();
        long lastAt = in.int8();
        StudyPatterns restored = new StudyPatterns(limits, Expectation.read(in, limits.items()));
        restored.sitting = sitting;
        restored.sittingSince = sittingSince;
        restored.lastAt = lastAt;
        int texts = in.count4(2);
        List<String> text = new ArrayList<>();
        for (int i = 0; i < texts; i++) {
            text.add(in.text());
        }
        int size = in.int4();
        if (size < 0 || size > limits.answers()) {
            throw new IllegalArgumentException(size + " answers");
        }
        for (int i = 0; i < size; i++) {
            String item = text.get(Math.toIntExact(in.varint()));
            List<String> skills = new ArrayList<>();
            for (int left = in.int1(); left > 0; left--) {
                skills.add(text.get(Math.toIntExact(in.varint())));
            }
            restored.keep(new JudgedAnswer(
                    item,
                    List.copyOf(skills),
                    in.varint(),
                    hour(in),
                    in.bool(),
                    new EventReference(text.get(Math.toIntExact(in.varint())), in.text()),
                    in.varint(),
                    Math.toIntExact(in.varint()),
                    in.finite8(),
                    in.bool()));
        }
        return restored;
    }

    private static int hour(ByteReader in) {
        int hour = in.int1();
        if (hour > 23) {
            throw new IllegalArgumentException("hour " + hour);
        }
        return hour;
    }

    public static StudyPatterns restore(byte[] snapshot) {
        return restore(snapshot, StudyLimits.DEFAULT);
    }
}
