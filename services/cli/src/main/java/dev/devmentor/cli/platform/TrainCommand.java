package dev.devmentor.cli.platform;

import dev.devmentor.parts.AotTraining;
import dev.devmentor.parts.JavaRuntime;
import dev.devmentor.parts.LocalKafka;
import dev.devmentor.parts.LocalPostgres;
import dev.devmentor.parts.PartFailed;
import dev.devmentor.parts.PartsDirectory;
import dev.devmentor.parts.Ports;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * Makes the AOT caches that are missing, one after the other, while the platform runs. A service is trained as one more
 * instance of it on a free port: it joins the consumer group, answers a few requests, and leaves. Nothing fails because
 * a cache could not be made.
 */
@Command(name = "train", hidden = true, description = "Make the AOT caches that quicken the next start.")
public final class TrainCommand implements Callable<Integer> {
    static boolean somethingToDo(Home home) {
        return (AotCaches.ofCli().isPresent() && !AotCaches.cliIsTrained())
                || !Files.exists(kafka(home).aotCache())
                || Platform.SERVICES.stream().anyMatch(service -> missing(AotCaches.of(service, home.root())));
    }

    private static boolean missing(Optional<Path> cache) {
        return cache.isPresent() && !Files.exists(cache.get());
    }

    private static LocalKafka kafka(Home home) {
        return new LocalKafka(PartsDirectory.fromEnvironment(), home.place("kafka"), Platform.KAFKA_PORT);
    }

    @Override
    public Integer call() {
        Home home = Home.fromEnvironment();
        AotCaches.ofCli()
                .filter(cache -> !AotCaches.cliIsTrained())
                .ifPresent(cache -> attempt("cli", () -> cli(home, cache)));
        attempt(
                "kafka",
                () -> AotTraining.kafka(
                        PartsDirectory.fromEnvironment(), PlatformProcesses.Trainer.kafkaScratch(home)));
        for (ServiceDefinition service : Platform.SERVICES) {
            AotCaches.of(service, home.root())
                    .filter(cache -> !Files.exists(cache))
                    .ifPresent(cache -> attempt(service.name(), () -> service(home, service, cache)));
        }
        return 0;
    }

    private static void attempt(String name, Runnable training) {
        long began = System.nanoTime();
        try {
            training.run();
            System.out.println(name + " trained in " + (System.nanoTime() - began) / 1_000_000 + " ms");
        } catch (RuntimeException e) {
            System.out.println(name + " not trained: " + e.getMessage());
        }
    }

    private static void cli(Home home, Path cache) {
        AotTraining.train(cache, output -> {
            List<String> command = new ArrayList<>();
            command.add(JavaRuntime.java());
            command.addAll(JavaRuntime.COMMON_FLAGS);
            command.addAll(JavaRuntime.writeAotCache(output));
            command.add("-Ddevmentor.root=" + home.root());
            command.add("-Ddevmentor.parts=" + System.getProperty("devmentor.parts", ""));
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.devmentor.cli.Main", "rehearse"));
            try {
                new ProcessBuilder(command).inheritIO().start().waitFor();
            } catch (IOException e) {
                throw new PartFailed("cannot run java: " + e.getMessage(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        AotCaches.cliWasTrained();
    }

    private static void service(Home home, ServiceDefinition service, Path cache) {
        int offset = RunningState.offset(home);
        LocalPostgres postgres = new LocalPostgres(
                PartsDirectory.fromEnvironment(), home.place("postgres"), Platform.POSTGRES_PORT + offset);
        AotTraining.train(cache, output -> {
            ServiceProcess instance =
                    new ServiceProcess(home, service, offset, postgres).inTraining(Ports.free(), output);
            instance.start();
            String url = "http://127.0.0.1:" + instance.port();
            // The auth service is asked for the token itself: signing one is most of what it does.
            boolean isAuth = service.name().equals(Platform.AUTH);
            String token = Actors.launcherTokens(
                            home, isAuth ? url : Addresses.of(home).service(Platform.AUTH), Actors.LIMIT)
                    .token(Platform.DEMO, "learner");
            get(url + "/q/health/ready", token);
            service.rehearsed().forEach(path -> get(url + path, token));
            get(url + "/metrics", token);
            instance.stop();
        });
    }

    /** What it answers does not matter: it is asked so that it loads what answering takes. */
    private static void get(String url, String token) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url).toURL().openConnection();
            connection.setRequestProperty("Authorization", "Bearer " + token);
            connection.setReadTimeout(10_000);
            connection.getResponseCode();
            connection.disconnect();
        } catch (IOException e) {
            System.out.println("training: " + url + " did not answer: " + e.getMessage());
        }
    }
}
