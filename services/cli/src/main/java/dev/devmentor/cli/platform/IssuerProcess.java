package dev.devmentor.cli.platform;

import dev.devmentor.parts.JavaRuntime;
import dev.devmentor.parts.ManagedProcess;
import dev.devmentor.parts.PartPlace;
import dev.devmentor.parts.PrivateFiles;
import dev.devmentor.parts.ProcessPart;
import dev.devmentor.parts.issuer.IssuerKey;
import dev.devmentor.parts.issuer.LocalIssuer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The local issuer as a process of its own, so that services can check tokens when no launcher is there. */
final class IssuerProcess extends ProcessPart {
    private final Home home;

    IssuerProcess(Home home, PartPlace place, int port) {
        super("issuer", place, port);
        this.home = home;
    }

    @Override
    public void start() {
        PrivateFiles.directory(place().data());
        clearLeftovers(place().data());
        IssuerKey.loadOrCreate(home.issuerKeyFile());
        List<String> command = new ArrayList<>(OwnJvm.command(home, "-Xmx32m", place().tmp()));
        command.addAll(List.of("issuer", "--port", String.valueOf(port())));
        launch(
                new ManagedProcess.Plan(
                        name(),
                        command,
                        Map.of("DEVMENTOR_HOME", home.directory().toString()),
                        place().data(),
                        place().log(),
                        place().record()),
                () -> Http.answers(LocalIssuer.urlOf(port()) + "/.well-known/openid-configuration"));
    }

    @Override
    protected void stop(ManagedProcess running) {
        running.stop(Duration.ofSeconds(5));
    }

    /** How this very program is started once more, for the work that outlives a command. */
    static final class OwnJvm {
        private OwnJvm() {}

        static List<String> command(Home home, String heap, Path tmp) {
            List<String> command = new ArrayList<>();
            command.add(JavaRuntime.java());
            command.add(heap);
            command.addAll(JavaRuntime.COMMON_FLAGS);
            command.add("-XX:TieredStopAtLevel=1");
            AotCaches.ofCli()
                    .filter(java.nio.file.Files::exists)
                    .ifPresent(cache -> command.addAll(JavaRuntime.useAotCache(cache)));
            command.add("-Djava.io.tmpdir=" + tmp);
            command.add("-Ddevmentor.root=" + home.root());
            String parts = System.getProperty("devmentor.parts");
            if (parts != null) {
                command.add("-Ddevmentor.parts=" + parts);
            }
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.devmentor.cli.Main"));
            return command;
        }
    }
}
