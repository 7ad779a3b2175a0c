package dev.devmentor.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes AOT caches: the program runs once for a moment with the flag that makes it write one when it ends. Takes a core
 * for about twenty seconds, so it is done in the background and only once per build.
 */
public final class AotTraining {
    private static final Pattern OURS =
            Pattern.compile("(?<program>.+?)(-[0-9a-f]+)?\\.aot(\\.(?<trainer>\\d+)\\.new(\\.config)?)?");
    private static final int KEPT = 3;
    private static final Duration WRITING_LIMIT = Duration.ofMinutes(3);

    private AotTraining() {}

    /** Trains the Kafka broker in a scratch directory, unless it is trained already. */
    public static void kafka(PartsDirectory parts, Path scratch) {
        PartPlace place = PartPlace.in(scratch, "kafka-training");
        LocalKafka broker = new LocalKafka(parts, place, Ports.free());
        Path cache = broker.aotCache();
        if (Files.exists(cache)) {
            return;
        }
        train(cache, output -> {
            broker.prepare();
            broker.launchTraining(output);
            broker.createTopics(EventTopics.of("training", List.of("event"), List.of()));
            ManagedProcess.attach(place.record(), place.log()).ifPresent(running -> running.stop(WRITING_LIMIT));
        });
        PrivateFiles.deleteTree(scratch);
    }

    /** A run that ends with the cache written to {@code output}. */
    public interface Run {
        void writing(Path output);
    }

    /** Runs, and gives the cache its name only when it is whole. */
    public static void train(Path cache, Run run) {
        Path output = cache.resolveSibling(
                cache.getFileName() + "." + ProcessHandle.current().pid() + ".new");
        try {
            Files.createDirectories(cache.resolveSibling(""));
            clear(cache);
            run.writing(output);
            if (Files.exists(output)) {
                CrashPoints.reached("aot.written");
                Files.move(output, cache, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                CrashPoints.reached("aot.renamed");
            }
        } catch (IOException e) {
            throw new PartFailed("cannot keep " + cache + ": " + e.getMessage(), e);
        } finally {
            deleteQuietly(output);
        }
    }

    /** Deletes what trainings that were killed left half done, and all but the newest caches of other builds. */
    private static void clear(Path cache) throws IOException {
        String program = cache.getFileName().toString().replaceFirst("(-[0-9a-f]+)?\\.aot$", "");
        List<Path> others = new ArrayList<>();
        try (Stream<Path> files = Files.list(cache.resolveSibling(""))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Matcher name = OURS.matcher(file.getFileName().toString());
                if (!name.matches() || !name.group("program").equals(program)) {
                    continue;
                }
                String trainer = name.group("trainer");
                if (trainer == null) {
                    others.add(file);
                } else if (!Processes.isAlive(Long.parseLong(trainer))) {
                    Files.deleteIfExists(file);
                }
            }
        }
        others.sort(Comparator.comparingLong((Path file) -> file.toFile().lastModified())
                .reversed());
        for (Path old : others.subList(Math.min(KEPT, others.size()), others.size())) {
            Files.deleteIfExists(old);
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + ".config"));
        } catch (IOException e) {
            // Half a cache that stays behind costs disk space and is never used.
        }
    }
}
