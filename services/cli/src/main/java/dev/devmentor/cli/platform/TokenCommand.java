package dev.devmentor.cli.platform;

import dev.devmentor.cli.terminal.Terminal;
import dev.devmentor.parts.issuer.TokenMinter.Claims;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A bearer token, for curl and for scripts. */
@Command(
        name = "token",
        description = "Print a bearer token, good for 15 minutes.",
        footer = {
            "",
            "  curl -H \"Authorization: Bearer $(scripts/devmentor token)\" \\",
            "       http://127.0.0.1:3005/api/learning/reviews/due"
        })
public final class TokenCommand implements Callable<Integer> {
    @ArgGroup
    private final Who who = new Who();

    private static final class Who {
        @Option(names = "--learner", paramLabel = "ID", description = "For this learner (default: demo).")
        private String learner = Platform.DEMO;

        @Option(names = "--operator", description = "For an operator.")
        private boolean operator;
    }

    @Override
    public Integer call() {
        Claims claims = who.operator ? Claims.operator("operator") : Claims.learner(who.learner);
        Terminal.stdout().line(Tokens.of(Home.fromEnvironment()).mint(claims));
        return 0;
    }
}
