package dev.devmentor.systest;

import dev.devmentor.events.QuizAnswered;
import dev.devmentor.learning.engine.card.CardFold;
import dev.devmentor.learning.engine.card.Entry;
import dev.devmentor.learning.engine.card.EntryKey;
import dev.devmentor.learning.engine.card.LearnerSettings;
import dev.devmentor.learning.engine.card.LocalDays;
import dev.devmentor.learning.engine.schedule.Grade;
import dev.devmentor.parts.EventTopics;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Answers made from a seed, the order in which they are delivered, and the cards that they must add up to.
 *
 * @param answers every answer once
 * @param delivery what is sent, in this order; may hold an answer more than once
 */
record Load(List<Answer> answers, List<ProducerRecord<byte[], byte[]>> delivery) {
    private static final long MINUTE = 60_000_000L;
    private static final long DAY = 1_440 * MINUTE;
    private static final long START = 1_700_000_000_000_000L; // 2023-11-14
    private static final String[] ZONES = {
        "UTC",
        "Europe/Berlin",
        "America/St_Johns",
        "Pacific/Apia",
        "Asia/Kolkata",
        "Australia/Lord_Howe",
        "Asia/Kathmandu"
    };
    private static final String[] SOURCES = {"/app", "/import", "urn:other:producer", "/~z"};
    private static final String[] SKILLS = {"java", "java.streams", "sql.joins", "http.caching"};

    /** An answer and when it is delivered, in any unit. */
    private record Delivered(Answer answer, double at) {}

    /**
     * Histories of cards, each delivered nearly in order with some of it delayed, or in no order at all; some answers
     * come twice, and all of it is mixed and goes to any partition.
     */
    static Load histories(long seed, int histories) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Answer> answers = new ArrayList<>();
        List<Delivered> delivery = new ArrayList<>();
        int learner = 0;
        int cardsLeft = 0;
        for (int i = 0; i < histories; i++) {
            if (cardsLeft-- == 0) {
                learner++;
                cardsLeft = random.nextInt(8);
            }
            int length = random.nextInt(1, random.nextInt(10) == 0 ? 120 : 30);
            List<Answer> history = history(random, "learner-" + learner, "item-" + i, length);
            answers.addAll(history);
            boolean inNoOrder = random.nextBoolean();
            double begin = random.nextDouble();
            for (int k = 0; k < history.size(); k++) {
                double at = inNoOrder ? random.nextDouble() * 2 : begin + (double) k / history.size();
                double delay = random.nextInt(8) == 0 ? random.nextDouble() : 0;
                delivery.add(new Delivered(history.get(k), at + delay));
                if (random.nextInt(4) == 0) {
                    delivery.add(new Delivered(history.get(k), at + random.nextDouble()));
                }
            }
        }
        return new Load(answers, records(delivery, random));
    }

    /** Answers of so many learners with so many cards each, nearly in the order of their time, one in twenty twice. */
    static Load steady(long seed, int events, int learners, int cardsPerLearner) {
        return steady(seed, events, learners, cardsPerLearner, 0);
    }

    /** As above, and {@code ofBusy} in a hundred answers belong to the first learner. */
    static Load steady(long seed, int events, int learners, int cardsPerLearner, int ofBusy) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Answer> answers = new ArrayList<>(events);
        List<Delivered> delivery = new ArrayList<>(events);
        for (int i = 0; i < events; i++) {
            int learner = random.nextInt(100) < ofBusy ? 0 : random.nextInt(learners);
            String item = "item-" + random.nextInt(cardsPerLearner);
            long at = START + i * (400 * DAY / events) + random.nextLong(MINUTE);
            Answer answer = answer(random, "learner-" + seed + "-" + learner, item, at, "s" + seed + "-" + i);
            answers.add(answer);
            double delay = random.nextInt(10) == 0 ? random.nextInt(events / 10 + 1) : random.nextInt(20);
            delivery.add(new Delivered(answer, i + delay));
            if (random.nextInt(20) == 0) {
                delivery.add(new Delivered(answer, i + delay + random.nextInt(events / 5 + 1)));
            }
        }
        return new Load(answers, records(delivery, random));
    }

    /** One card, its newest answer first. */
    static Load reversedCard(long seed, int events) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Answer> answers = new ArrayList<>(events);
        for (int i = 0; i < events; i++) {
            long at = START + i * (700 * DAY / events) + random.nextLong(MINUTE / 60);
            answers.add(answer(random, "reverse", "item", at, "r" + seed + "-" + i));
        }
        List<ProducerRecord<byte[], byte[]>> delivery = new ArrayList<>(events);
        for (int i = events - 1; i >= 0; i--) {
            delivery.add(answers.get(i).toRecord(i % EventTopics.EVENT_PARTITIONS));
        }
        return new Load(answers, delivery);
    }

    private static List<Answer> history(SplittableRandom random, String learner, String item, int length) {
        List<Answer> history = new ArrayList<>(length);
        long at = START + random.nextLong(100 * DAY);
        for (int i = 0; i < length; i++) {
            at += gap(random);
            history.add(answer(random, learner, item, at, item + "-" + i));
        }
        return history;
    }

    private static Answer answer(SplittableRandom random, String learner, String item, long at, String name) {
        int dice = random.nextInt(100);
        int grade = dice < 18 ? 1 : dice < 33 ? 2 : dice < 88 ? 3 : 4;
        @Nullable Integer given = grade == 2 || grade == 4 || random.nextBoolean() ? Integer.valueOf(grade) : null;
        QuizAnswered data = new QuizAnswered(
                "a-" + name,
                learner,
                item,
                Instant.ofEpochSecond(at / 1_000_000, at % 1_000_000 * 1_000),
                grade > 1,
                given,
                random.nextInt(4) == 0 ? List.of(pick(random, SKILLS)) : List.of(),
                null,
                random.nextInt(3) == 0 ? null : ZoneId.of(pick(random, ZONES)),
                random.nextInt(3) == 0 ? null : random.nextInt(60_000),
                null,
                random.nextInt(5) == 0 ? random.nextDouble() : null,
                random.nextInt(5) == 0 ? "quiz" : null,
                null);
        return new Answer(pick(random, SOURCES), "e-" + name, data);
    }

    /** The same microsecond, the same minutes, the next days, or much later. */
    private static long gap(SplittableRandom random) {
        return switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1, 2 -> random.nextLong(20 * MINUTE);
            case 3 -> random.nextLong(20 * DAY);
            default -> random.nextLong(4 * DAY);
        };
    }

    private static List<ProducerRecord<byte[], byte[]>> records(List<Delivered> delivery, SplittableRandom random) {
        delivery.sort(Comparator.comparingDouble(Delivered::at));
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(delivery.size());
        for (Delivered delivered : delivery) {
            records.add(delivered.answer().toRecord(random.nextInt(EventTopics.EVENT_PARTITIONS)));
        }
        return records;
    }

    private static String pick(SplittableRandom random, String[] of) {
        return of[random.nextInt(of.length)];
    }

    /** The cards after all answers, folded one after the other, each in the order of its keys. */
    Map<CardName, Card> folded() {
        return fold(answers);
    }

    /** The cards after some answers of learners who keep the default settings. */
    static Map<CardName, Card> fold(Collection<Answer> answers) {
        Map<CardName, List<Answer>> byCard = new HashMap<>();
        for (Answer answer : answers) {
            byCard.computeIfAbsent(answer.card(), _ -> new ArrayList<>()).add(answer);
        }
        CardFold fold = new CardFold(List.of());
        Map<CardName, Card> cards = HashMap.newHashMap(byCard.size());
        byCard.forEach((name, log) -> {
            log.sort(Comparator.comparing(Load::key));
            List<String> skills = List.of();
            for (Answer answer : log) {
                if (!answer.data().skills().isEmpty()) {
                    skills = answer.data().skills();
                }
            }
            cards.put(name, new Card(fold.replay(log.stream().map(Load::entry).toList()), skills));
        });
        return cards;
    }

    private static EntryKey key(Answer answer) {
        return new EntryKey(micros(answer.data().answeredAt()), answer.source(), answer.id());
    }

    private static Entry.Answer entry(Answer answer) {
        QuizAnswered data = answer.data();
        ZoneId zone = data.zone() == null ? ZoneId.of(LearnerSettings.DEFAULT.zone()) : data.zone();
        EntryKey key = key(answer);
        return new Entry.Answer(
                key,
                data.answerId(),
                LocalDays.localDay(key.atMicros(), zone, LearnerSettings.DEFAULT.rolloverHour()),
                zone.getId(),
                Grade.of(data.effectiveGrade()),
                data.responseTimeMs() == null ? -1 : data.responseTimeMs());
    }

    static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }

    /** Both, one after the other. */
    Load and(Load other) {
        List<Answer> allAnswers = new ArrayList<>(answers);
        allAnswers.addAll(other.answers);
        List<ProducerRecord<byte[], byte[]>> both = new ArrayList<>(delivery);
        both.addAll(other.delivery);
        return new Load(allAnswers, both);
    }

    /** Slice i of n of what is delivered. */
    List<ProducerRecord<byte[], byte[]>> slice(int i, int n) {
        return delivery.subList((int) ((long) delivery.size() * i / n), (int) ((long) delivery.size() * (i + 1) / n));
    }
}
