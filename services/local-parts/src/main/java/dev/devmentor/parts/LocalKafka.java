package dev.devmentor.parts;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * One Kafka node (KRaft: broker and controller in one) on 127.0.0.1 in a JVM of its own, so that the broker's classes
 * never meet ours. Every replication factor is 1.
 */
public final class LocalKafka extends ProcessPart {
    private static final Duration CALL_LIMIT = Duration.ofSeconds(30);

    private final PartsDirectory parts;
    private final Path storage;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private int heapMiB = 192;
    private boolean fullCompiler;

    public LocalKafka(PartsDirectory parts, PartPlace place, int port) {
        super("kafka", place, port);
        this.parts = parts;
        this.storage = place.data().resolve("storage");
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("inter.broker.listener.name", "PLAINTEXT");
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("auto.create.topics.enable", "false");
        settings.put("default.replication.factor", "1");
        settings.put("min.insync.replicas", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "4");
        // Longer than anything that is read by offsets is kept, so that no position is forgotten before its records.
        settings.put(
                "offsets.retention.minutes", String.valueOf(Duration.ofDays(60).toMinutes()));
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
        // The default of 128 MiB alone would fill the heap.
        settings.put("log.cleaner.dedupe.buffer.size", "8388608");
        settings.put("log.segment.bytes", "134217728");
        // One node has no replica to fall back on: a power cut may cost a second of records, not a page cache of them.
        settings.put("log.flush.interval.ms", "1000");
        settings.put("log.flush.scheduler.interval.ms", "500");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("num.recovery.threads.per.data.dir", "2");
        // After a kill the controller takes a new start for a stranger until the old one's session is over: 9 s,
        // usually.
        settings.put("broker.heartbeat.interval.ms", "500");
        settings.put("broker.session.timeout.ms", "3000");
    }

    /** Overrides a setting of server.properties; call before {@link #start()}. */
    public LocalKafka with(String setting, String value) {
        settings.put(setting, value);
        return this;
    }

    /** Heap of the broker; 192 MiB carries a laptop. */
    public LocalKafka withHeapMiB(int mebibytes) {
        heapMiB = mebibytes;
        return this;
    }

    /** Uses both compilers of the JVM: slower to start, faster under load (benchmarks). */
    public LocalKafka forThroughput() {
        fullCompiler = true;
        return this;
    }

    @Override
    public void start() {
        prepare();
        Path configuration = place().data().resolve("server.properties");
        launch(
                new ManagedProcess.Plan(
                        name(),
                        command(aotFlags(aotCache()), "kafka.Kafka", configuration.toString()),
                        environment(),
                        place().data(),
                        place().log(),
                        place().record()),
                this::answers);
    }

    @Override
    protected void stop(ManagedProcess running) {
        running.stop(Duration.ofSeconds(20));
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port();
    }

    /** An admin client; the caller closes it. */
    public Admin admin() {
        return admin(bootstrapServers());
    }

    /** An admin client for any broker; the caller closes it. */
    public static Admin admin(String bootstrapServers) {
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                10_000,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) CALL_LIMIT.toMillis(),
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                200));
    }

    /** Creates what is missing, adds partitions and changes retention where they differ; never takes anything away. */
    public void createTopics(Collection<TopicDefinition> topics) {
        try (Admin admin = admin()) {
            createTopics(admin, topics);
        }
    }

    public static void createTopics(Admin admin, Collection<TopicDefinition> topics) {
        Set<String> known = await(admin.listTopics().names().toCompletionStage().toCompletableFuture());
        List<TopicDefinition> missing =
                topics.stream().filter(t -> !known.contains(t.name())).toList();
        List<TopicDefinition> existing =
                topics.stream().filter(t -> known.contains(t.name())).toList();
        if (!missing.isEmpty()) {
            createMissing(admin, missing);
            CrashPoints.reached("kafka.topics-created");
        }
        if (!existing.isEmpty()) {
            adjust(admin, existing);
        }
        awaitLeaders(admin, topics);
        CrashPoints.reached("kafka.topics-led");
    }

    /**
     * A topic exists before its partitions have a leader that takes records. An idempotent producer that comes in between
     * can have its first batch refused and later ones taken, and never gets its order back.
     */
    private static void awaitLeaders(Admin admin, Collection<TopicDefinition> topics) {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (TopicDefinition topic : topics) {
            for (int i = 0; i < topic.partitions(); i++) {
                ends.put(new TopicPartition(topic.name(), i), OffsetSpec.latest());
            }
        }
        boolean led = Waiting.until(CALL_LIMIT, () -> allLed(admin, ends));
        if (!led) {
            throw new PartFailed("new topics had no leader within " + CALL_LIMIT.toSeconds() + " s");
        }
    }

    private static boolean allLed(Admin admin, Map<TopicPartition, OffsetSpec> ends) {
        try {
            // Only a leader answers this.
            await(admin.listOffsets(ends).all().toCompletionStage().toCompletableFuture());
            return true;
        } catch (PartFailed notYet) {
            if (notYet.getCause() instanceof RetriableException) {
                return false;
            }
            throw notYet;
        }
    }

    /** Deletes all topics but Kafka's own, and waits until they are gone. For tests. */
    public static void deleteAllTopics(Admin admin) {
        Set<String> names = await(admin.listTopics().names().toCompletionStage().toCompletableFuture());
        if (names.isEmpty()) {
            return;
        }
        await(admin.deleteTopics(names).all().toCompletionStage().toCompletableFuture());
        boolean gone = Waiting.until(CALL_LIMIT, () -> {
            Set<String> left =
                    await(admin.listTopics().names().toCompletionStage().toCompletableFuture());
            return left.stream().noneMatch(names::contains);
        });
        if (!gone) {
            throw new PartFailed("topics were not deleted within " + CALL_LIMIT.toSeconds() + " s");
        }
    }

    private static void createMissing(Admin admin, List<TopicDefinition> missing) {
        List<NewTopic> wanted = missing.stream()
                .map(topic -> new NewTopic(topic.name(), topic.partitions(), (short) 1)
                        .configs(Map.of(
                                "retention.ms", String.valueOf(topic.retention().toMillis()))))
                .toList();
        long end = System.nanoTime() + CALL_LIMIT.toNanos();
        while (true) {
            try {
                await(admin.createTopics(wanted).all().toCompletionStage().toCompletableFuture());
                return;
            } catch (PartFailed e) {
                boolean raced = e.getCause() instanceof TopicExistsException;
                if (raced) {
                    return;
                }
                // A broker that has just started may not be registered with its controller yet.
                if (System.nanoTime() > end || !(e.getCause() instanceof KafkaException)) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }

    private static void adjust(Admin admin, List<TopicDefinition> existing) {
        List<String> names = existing.stream().map(TopicDefinition::name).toList();
        Map<String, TopicDescription> described = await(
                admin.describeTopics(names).allTopicNames().toCompletionStage().toCompletableFuture());
        Map<ConfigResource, Config> configured = await(admin.describeConfigs(
                        names.stream().map(LocalKafka::topicResource).toList())
                .all()
                .toCompletionStage()
                .toCompletableFuture());
        Map<String, NewPartitions> more = new HashMap<>();
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        for (TopicDefinition topic : existing) {
            TopicDescription description = described.get(topic.name());
            if (description != null && description.partitions().size() < topic.partitions()) {
                more.put(topic.name(), NewPartitions.increaseTo(topic.partitions()));
            }
            ConfigResource resource = topicResource(topic.name());
            String retention = String.valueOf(topic.retention().toMillis());
            Config config = configured.get(resource);
            ConfigEntry entry = config == null ? null : config.get("retention.ms");
            if (entry == null || !retention.equals(entry.value())) {
                changes.put(
                        resource,
                        List.of(new AlterConfigOp(
                                new ConfigEntry("retention.ms", retention), AlterConfigOp.OpType.SET)));
            }
        }
        if (!more.isEmpty()) {
            await(admin.createPartitions(more).all().toCompletionStage().toCompletableFuture());
        }
        if (!changes.isEmpty()) {
            await(admin.incrementalAlterConfigs(changes)
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture());
        }
    }

    private static ConfigResource topicResource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    private static <T> T await(CompletableFuture<T> call) {
        try {
            return call.get(CALL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new PartFailed("Kafka refused: " + cause.getMessage(), cause);
        } catch (TimeoutException e) {
            throw new PartFailed("Kafka did not answer within " + CALL_LIMIT.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PartFailed("interrupted while waiting for Kafka", e);
        }
    }

    /**
     * A broker that was killed answers before it leads its partitions again, and who writes to it then can lose the order of
     * an idempotent producer for good: it has started when it leads them all.
     */
    private boolean answers() {
        if (!Ports.answers(port())) {
            return false;
        }
        try (Admin admin = admin()) {
            return !admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).isEmpty() && leadsAll(admin);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PartFailed("interrupted while Kafka started", e);
        }
    }

    private static boolean leadsAll(Admin admin) throws ExecutionException, InterruptedException, TimeoutException {
        Set<String> names = admin.listTopics(new ListTopicsOptions().listInternal(true))
                .names()
                .get(5, TimeUnit.SECONDS);
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (TopicDescription topic : admin.describeTopics(names)
                .allTopicNames()
                .get(5, TimeUnit.SECONDS)
                .values()) {
            topic.partitions()
                    .forEach(one -> ends.put(new TopicPartition(topic.name(), one.partition()), OffsetSpec.latest()));
        }
        return ends.isEmpty() || allLed(admin, ends);
    }

    private void writeConfiguration(Path file, Path logs) {
        int controller = Ports.free();
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put("log.dirs", logs.toString());
        all.put("listeners", "PLAINTEXT://127.0.0.1:" + port() + ",CONTROLLER://127.0.0.1:" + controller);
        all.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port());
        all.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
        PrivateFiles.write(
                file,
                all.entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .collect(Collectors.joining("\n", "", "\n")));
    }

    /**
     * Makes the storage directory. What the broker's own tool writes depends on the version alone, but for two ids; so
     * it runs once per version, and its result is kept in the cache. That saves a JVM start in every test module. Half a
     * storage never gets the name under which it would be used.
     */
    private void format() {
        Path template = parts.cache().resolve("kafka-format-" + fingerprint());
        Path fresh = place().data().resolve("storage.new");
        try {
            PrivateFiles.deleteTree(fresh);
            if (Files.exists(template.resolve("meta.properties"))) {
                Files.createDirectories(fresh);
                copyTree(template, fresh);
                String meta = Files.readString(template.resolve("meta.properties"))
                        .replaceAll("(?m)^cluster\\.id=.*$", "cluster.id=" + randomId())
                        .replaceAll("(?m)^directory\\.id=.*$", "directory.id=" + randomId());
                Files.writeString(fresh.resolve("meta.properties"), meta);
            } else {
                runFormatTool(fresh);
                parts.unpackOnce(template, kept -> copyTree(fresh, kept));
            }
            CrashPoints.reached("kafka.storage-written");
            Files.move(fresh, storage, StandardCopyOption.ATOMIC_MOVE);
            CrashPoints.reached("kafka.storage-renamed");
        } catch (IOException e) {
            throw new PartFailed("Kafka's storage could not be set up: " + e.getMessage(), e);
        }
    }

    private void runFormatTool(Path fresh) throws IOException {
        Path configuration = place().tmp().resolve("format.properties");
        writeConfiguration(configuration, fresh);
        try {
            Process tool = new ProcessBuilder(command(
                            List.of(),
                            "kafka.tools.StorageTool",
                            "format",
                            "--cluster-id",
                            randomId(),
                            "--ignore-formatted",
                            "--config",
                            configuration.toString()))
                    .directory(place().data().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(place().log().toFile()))
                    .start();
            CrashPoints.reached("kafka.format-started");
            if (!tool.waitFor(60, TimeUnit.SECONDS) || tool.exitValue() != 0) {
                tool.destroyForcibly();
                throw new PartFailed("Kafka's storage could not be set up: "
                        + String.join(" ", LogTail.lastLines(place().log(), 1)) + " (log: " + log() + ")");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PartFailed("interrupted while Kafka's storage was set up", e);
        }
    }

    /** What is in one directory into another one, which exists. */
    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files.filter(found -> !found.equals(from))::iterator) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private List<String> command(List<String> aotFlags, String mainClass, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(JavaRuntime.java());
        command.addAll(List.of("-Xms64m", "-Xmx" + heapMiB + "m"));
        command.addAll(JavaRuntime.COMMON_FLAGS);
        if (!fullCompiler) {
            command.add("-XX:TieredStopAtLevel=1");
        }
        command.addAll(aotFlags);
        command.addAll(List.of(
                "-Djava.io.tmpdir=" + place().tmp(),
                "-Djava.awt.headless=true",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
                "-Dorg.slf4j.simpleLogger.showThreadName=false",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info",
                "-Dorg.slf4j.simpleLogger.log.kafka.server.BrokerServer=info",
                "-cp",
                classPath(),
                mainClass));
        command.addAll(List.of(arguments));
        return command;
    }

    private String classPath() {
        return parts.kafkaJars().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private Map<String, String> environment() {
        return Map.of("KAFKA_OPTS", "", "KAFKA_HEAP_OPTS", "", "CLASSPATH", "");
    }

    private String fingerprint() {
        return PartsDirectory.fingerprint(parts.kafkaJars());
    }

    /** Where the broker's AOT cache is, or would be. */
    public Path aotCache() {
        return JavaRuntime.aotCache(parts.cache(), "kafka", parts.kafkaJars());
    }

    private List<String> aotFlags(Path cache) {
        return Optional.of(cache)
                .filter(Files::exists)
                .map(JavaRuntime::useAotCache)
                .orElse(List.of());
    }

    /** How to start a broker that writes an AOT cache when it ends; see {@link AotTraining}. */
    List<String> trainingCommand(Path output) {
        return command(
                JavaRuntime.writeAotCache(output),
                "kafka.Kafka",
                place().data().resolve("server.properties").toString());
    }

    /** Formats and writes the configuration without starting; for training. */
    void prepare() {
        PrivateFiles.directory(place().data());
        clearLeftovers(place().data());
        Path configuration = place().data().resolve("server.properties");
        writeConfiguration(configuration, storage);
        if (!Files.exists(storage.resolve("meta.properties"))) {
            format();
        }
    }

    void launchTraining(Path output) {
        launch(
                new ManagedProcess.Plan(
                        name(),
                        trainingCommand(output),
                        environment(),
                        place().data(),
                        place().log(),
                        place().record()),
                this::answers);
    }

    private static String randomId() {
        UUID id = UUID.randomUUID();
        byte[] bytes = ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        // Kafka takes no id that begins with a dash: its tools would read it as an option.
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return text.startsWith("-") ? randomId() : text;
    }
}
