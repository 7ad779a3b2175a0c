package dev.devmentor.cli.login;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.cli.identity.Login;
import dev.devmentor.cli.platform.Actor;
import dev.devmentor.cli.platform.Actors;
import dev.devmentor.cli.platform.Home;
import dev.devmentor.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whom commands act as, as the auth service says, not as this machine remembers. */
@Command(name = "whoami", description = "Show whom commands act as.")
public final class WhoamiCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Print the auth service's answer.")
    private boolean json;

    @Override
    public Integer call() {
        Actors actors = Actors.of(Home.fromEnvironment());
        Actor actor = actors.learner(null);
        Optional<Login> login = actors.loggedIn().who();
        JsonNode me = actors.me(actor);
        if (json) {
            Terminal.stdout().line(me.toString());
            return 0;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("who", me.path("email").asText(actor.name())));
        rows.add(List.of("id", actor.subject()));
        rows.add(List.of("roles", words(me.path("roles"))));
        rows.add(List.of("tier", me.path("tier").asText("-")));
        rows.add(List.of(
                "by",
                login.isPresent()
                        ? "your login (scripts/devmentor logout ends it)"
                        : "this laptop's launcher; nobody is logged in"));
        Terminal.stdout().lines(Terminal.table(rows));
        return 0;
    }

    private static String words(JsonNode array) {
        List<String> words = StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        return words.isEmpty() ? "-" : String.join(", ", words);
    }
}
