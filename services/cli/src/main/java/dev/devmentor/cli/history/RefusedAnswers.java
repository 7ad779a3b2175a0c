package dev.devmentor.cli.history;

import dev.devmentor.cli.platform.Platform;
import dev.devmentor.parts.EventTopics;
import dev.devmentor.parts.LocalKafka;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** How many answers became dead letters since the watch began. Not only ours, so it tells when to stop waiting, no more. */
final class RefusedAnswers implements AutoCloseable {
    private final Admin admin;
    private final long before;

    private RefusedAnswers(Admin admin) {
        this.admin = admin;
        this.before = end();
    }

    static RefusedAnswers watch(String bootstrapServers) {
        return new RefusedAnswers(LocalKafka.admin(bootstrapServers));
    }

    long count() {
        return end() - before;
    }

    /** 0 where there is nothing to be known: then the wait ends by itself. */
    private long end() {
        TopicPartition partition =
                new TopicPartition(EventTopics.deadLetters(QuizAnsweredEvent.TOPIC, Platform.LEARNING), 0);
        try {
            ListOffsetsResultInfo end = admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get(5, TimeUnit.SECONDS);
            return end.offset();
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
