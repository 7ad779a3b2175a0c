package dev.devmentor.cli.up;

import dev.devmentor.cli.learning.DueList;
import dev.devmentor.cli.learning.LearningApi;
import dev.devmentor.cli.platform.Addresses;
import dev.devmentor.cli.platform.Home;
import dev.devmentor.cli.platform.Platform;
import dev.devmentor.parts.LocalKafka;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;

/** Does what commands do, so that the JVM learns which classes that takes; see the platform's TrainCommand. */
@Command(name = "rehearse", hidden = true, description = "Load what commands load.")
public final class RehearseCommand implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
        Home home = Home.fromEnvironment();
        try (Admin admin = LocalKafka.admin(Addresses.of(home).kafka())) {
            admin.listTopics().names().get(10, TimeUnit.SECONDS);
        }
        try (LearningApi api = LearningApi.of(home, Platform.DEMO)) {
            DueList.lines(api.due(5, null, null)).forEach(System.out::println);
        }
        return 0;
    }
}
