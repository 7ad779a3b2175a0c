package dev.devmentor.cli.platform;

import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.parts.JavaRuntime;
import dev.devmentor.parts.LocalPostgres;
import dev.devmentor.parts.ManagedProcess;
import dev.devmentor.parts.PartPlace;
import dev.devmentor.parts.PrivateFiles;
import dev.devmentor.parts.ProcessPart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A service of ours as a JVM. What is secret goes into its environment, never onto its command line. */
final class ServiceProcess extends ProcessPart {
    private final Home home;
    private final ServiceDefinition service;
    private final ServiceEnvironment environment;
    private final @Nullable Path trainingOutput;

    ServiceProcess(Home home, ServiceDefinition service, int offset, LocalPostgres postgres) {
        super(service.name(), home.place(service.name()), service.port() + offset);
        this.home = home;
        this.service = service;
        this.environment = new ServiceEnvironment(home, offset, postgres);
        this.trainingOutput = null;
    }

    private ServiceProcess(ServiceProcess real, PartPlace place, int port, Path trainingOutput) {
        super(place.log().getFileName().toString().replace(".log", ""), place, port);
        this.home = real.home;
        this.service = real.service;
        this.environment = real.environment;
        this.trainingOutput = trainingOutput;
    }

    /** One more instance of the same service, which writes an AOT cache when it ends. */
    ServiceProcess inTraining(int port, Path output) {
        return new ServiceProcess(this, PlatformProcesses.Trainer.servicePlace(home, service), port, output);
    }

    ServiceDefinition service() {
        return service;
    }

    @Override
    public void start() {
        Path jar = service.jar(home.root());
        if (!Files.exists(jar)) {
            throw new Failed(service.name() + " is not built: " + home.show(jar) + " is missing");
        }
        PrivateFiles.directory(place().data());
        clearLeftovers(place().data());
        launch(
                new ManagedProcess.Plan(
                        name(),
                        command(jar),
                        environment.of(service, port()),
                        place().data(),
                        place().log(),
                        place().record()),
                () -> Http.answers("http://127.0.0.1:" + port() + "/q/health/ready"));
    }

    @Override
    protected void stop(ManagedProcess running) {
        running.stop(trainingOutput == null ? Duration.ofSeconds(20) : Duration.ofMinutes(3));
    }

    private List<String> command(Path jar) {
        List<String> command = new ArrayList<>();
        command.addAll(List.of(JavaRuntime.java(), "-Xmx192m"));
        command.addAll(JavaRuntime.COMMON_FLAGS);
        Path output = trainingOutput;
        if (output != null) {
            command.addAll(JavaRuntime.writeAotCache(output));
        } else {
            // C1 alone: twelve services on a laptop, not a throughput run.
            command.add("-XX:TieredStopAtLevel=1");
            AotCaches.of(service, home.root())
                    .filter(Files::exists)
                    .ifPresent(cache -> command.addAll(JavaRuntime.useAotCache(cache)));
        }
        command.add("-Djava.io.tmpdir=" + place().tmp());
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }
}
