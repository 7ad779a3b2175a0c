package dev.devmentor.cli.login;

import dev.devmentor.cli.platform.Actor;
import dev.devmentor.cli.platform.Actors;
import dev.devmentor.cli.platform.Home;
import dev.devmentor.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A bearer token, for curl and for scripts. */
@Command(
        name = "token",
        description = "Print a bearer token, good for at most 15 minutes.",
        footer = {
            "",
            "  curl -H \"Authorization: Bearer $(scripts/devmentor token)\" \\",
            "       http://127.0.0.1:8080/api/learning/reviews/due"
        })
public final class TokenCommand implements Callable<Integer> {
    @ArgGroup
    private final Who who = new Who();

    private static final class Who {
        @Option(
                names = "--learner",
                paramLabel = "ID",
                description = "For this learner (default: who is logged in, or else demo).")
        private @Nullable String learner;

        @Option(names = "--operator", description = "For an operator.")
        private boolean operator;
    }

    @Override
    public Integer call() {
        Actors actors = Actors.of(Home.fromEnvironment());
        Actor actor = who.operator ? actors.operator() : actors.learner(who.learner);
        Terminal.stdout().line(actor.token());
        return 0;
    }
}
