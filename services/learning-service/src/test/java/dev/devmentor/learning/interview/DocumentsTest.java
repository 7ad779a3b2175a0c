package dev.devmentor.learning.interview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.devmentor.kit.problem.Problem;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.learning.LearningConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentsTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private Documents without(Optional<Path> reader, Optional<Path> java) {
        return new Documents(
                new LearningConfig.Documents() {
                    @Override
                    public Optional<Path> reader() {
                        return reader;
                    }

                    @Override
                    public Optional<Path> java() {
                        return java;
                    }

                    @Override
                    public int atOnce() {
                        return 1;
                    }
                },
                meters);
    }

    private static Problem problem(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(ProblemException.class, call).problem();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "application/pdf",
                "application/octet-stream",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document; name=x",
            })
    void whereThereIsNoReaderTheAnswerIs501WithTheReason(String mediaType) {
        Documents documents = without(Optional.empty(), Optional.empty());

        Problem problem = problem(() -> documents.ofFile("cv", Path.of("never-looked-at"), mediaType));

        assertThat(problem.status()).isEqualTo(501);
        assertThat(problem.type()).isEqualTo("https://devmentor.dev/problems/not-implemented");
        assertThat(problem.detail())
                .isEqualTo(
                        "cv: PDF and DOCX are read by a process of its own, and the document reader is not installed;"
                                + " send the text instead");
    }

    @Test
    void whereThereIsNoJvmTheAnswerIs501WithThatReason() {
        Documents documents = without(Optional.of(Path.of(".")), Optional.of(Path.of("no-such-java")));

        assertThat(problem(() -> documents.ofFile("cv", Path.of("never-looked-at"), "application/pdf"))
                        .detail())
                .isEqualTo("cv: PDF and DOCX are read by a process of its own, and there is no JVM to read them with;"
                        + " send the text instead");
        assertThat(meters.get("devmentor.documents")
                        .tag("format", "pdf")
                        .tag("outcome", "unavailable")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aTextNeedsNoReader() {
        Documents documents = without(Optional.empty(), Optional.empty());

        assertThat(documents.ofText("cv", " Java \n\n Kafka")).containsExactly("Java", "Kafka");
        assertThat(problem(() -> documents.ofText("cv", " \n")).detail()).isEqualTo("cv: the file is empty");
        assertThat(problem(() -> documents.ofText("cv", "x".repeat(200_001))).status())
                .isEqualTo(422);
    }

    @Test
    void anythingElseIs415() {
        Documents documents = without(Optional.empty(), Optional.empty());

        assertThat(problem(() -> documents.ofFile("cv", Path.of("never-looked-at"), "image/png"))
                        .status())
                .isEqualTo(415);
    }
}
