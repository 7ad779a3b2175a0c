package dev.devmentor.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.cli.terminal.Terminal;
import dev.devmentor.parts.PartPlace;
import dev.devmentor.parts.ProcessPart;
import dev.devmentor.parts.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SupervisorTest {
    @Test
    void triesAgainWhateverAStartFailsWith() {
        AtomicBoolean stopping = new AtomicBoolean();
        AtomicInteger starts = new AtomicInteger();
        ProcessPart part =
                new ProcessPart("learning-service", PartPlace.in(Path.of("nowhere"), "learning-service"), 1) {
                    @Override
                    public void start() {
                        if (starts.incrementAndGet() == 1) {
                            throw new Failed("learning-service is not built: quarkus-run.jar is missing");
                        }
                    }

                    @Override
                    public boolean isAlive() {
                        return starts.get() == 2;
                    }
                };

        new Supervisor(Terminal.stderr(), stopping::get).watch(List.of(part));

        assertThat(Waiting.until(Duration.ofSeconds(30), part::isAlive)).isTrue();
        stopping.set(true);
    }
}
