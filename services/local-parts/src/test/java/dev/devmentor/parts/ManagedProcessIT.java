package dev.devmentor.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagedProcessIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path home;

    private ManagedProcess start(String... command) {
        PartPlace place = PartPlace.in(home, "sample");
        return ManagedProcess.start(new ManagedProcess.Plan(
                "sample",
                List.of(command),
                Map.of("GREETING", "hello", "HOME", ""),
                place.data(),
                place.log(),
                place.record()));
    }

    private void awaitRecord() {
        Path record = PartPlace.in(home, "sample").record();
        assertThat(Waiting.until(
                        Duration.ofSeconds(10), () -> ProcessRecord.read(record).isPresent()))
                .isTrue();
    }

    @Test
    void isFoundByItsRecordAndStoppedByAnother() {
        PartPlace place = PartPlace.in(home, "sample");
        ManagedProcess started = start("sleep", "600");
        awaitRecord();

        ManagedProcess found =
                ManagedProcess.attach(place.record(), place.log()).orElseThrow();
        assertThat(found.pid()).isEqualTo(started.pid());
        found.stop(Duration.ofSeconds(10));

        // The one who started it hears of the end a moment after the one who stopped it.
        assertThat(Waiting.until(Duration.ofSeconds(10), () -> !started.isAlive()))
                .isTrue();
        assertThat(place.record()).doesNotExist();
        assertThat(ManagedProcess.attach(place.record(), place.log())).isEmpty();
    }

    @Test
    void getsItsEnvironmentAndWritesToItsLog() {
        ManagedProcess started = start("/bin/sh", "-c", "echo $GREETING from ${HOME:-nowhere}; exit 7");
        assertThat(started.awaitExit(Duration.ofSeconds(10))).isTrue();
        assertThat(started.lastLogLines(5)).containsExactly("hello from nowhere");
        assertThat(started.exitCode()).hasValue(7);
    }

    @Test
    void killsWhatIgnoresTheRequestToEnd() {
        ManagedProcess stubborn = start("/bin/sh", "-c", "trap '' TERM; echo ready; while true; do sleep 1; done");
        assertThat(Waiting.until(
                        Duration.ofSeconds(10), () -> stubborn.lastLogLines(1).equals(List.of("ready"))))
                .isTrue();
        stubborn.stop(Duration.ofMillis(200));
        assertThat(stubborn.isAlive()).isFalse();
    }

    @Test
    void hasASessionOfItsOwnSoThatCtrlCDoesNotReachIt() throws IOException {
        ManagedProcess started = start("sleep", "600");
        try {
            awaitRecord();
            String stat = Files.readString(Path.of("/proc", String.valueOf(started.pid()), "stat"));
            String session = stat.substring(stat.lastIndexOf(") ") + 2).split(" ")[3];
            assertThat(session).isEqualTo(String.valueOf(started.pid()));
        } finally {
            started.stop(Duration.ofSeconds(10));
        }
    }

    @Test
    void namesTheProcessThatHoldsAPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = socket.getLocalPort();
            assertThat(Ports.isFree(port)).isFalse();
            assertThat(Ports.holder(port)).hasValueSatisfying(holder -> {
                assertThat(holder.pid()).isEqualTo(ProcessHandle.current().pid());
                assertThat(holder.toString()).startsWith("java ");
            });
        }
        int free = Ports.free();
        assertThat(Ports.isFree(free)).isTrue();
        assertThat(Ports.holder(free)).isEmpty();
    }
}
