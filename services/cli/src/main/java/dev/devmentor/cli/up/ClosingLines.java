package dev.devmentor.cli.up;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.cli.learning.DueList;
import dev.devmentor.cli.learning.LearningApi;
import dev.devmentor.cli.platform.Home;
import dev.devmentor.cli.platform.Launcher.Running;
import dev.devmentor.cli.platform.Platform;
import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.cli.terminal.Terminal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The last lines of up: what runs and where, what to review, where things are, how to stop. */
final class ClosingLines {
    private static final int SHOWN = 5;

    private final Home home;
    private final List<Running> things;
    private final Duration total;
    private final boolean detached;

    ClosingLines(Home home, List<Running> things, Duration total, boolean detached) {
        this.home = home;
        this.things = things;
        this.total = total;
        this.detached = detached;
    }

    void print() {
        Terminal out = Terminal.stdout();
        out.line("");
        out.line(out.bold("DevMentor is running") + " (started in " + Terminal.seconds(total) + ")");
        List<List<String>> rows = new ArrayList<>();
        things.reversed()
                .forEach(thing ->
                        rows.add(List.of("  " + thing.name(), thing.address(), Terminal.seconds(thing.took()))));
        out.lines(Terminal.table(rows));
        String firstItem = printDue(out);
        out.line("");
        List<List<String>> places = new ArrayList<>();
        if (!firstItem.isEmpty()) {
            places.add(List.of("  answer", "scripts/devmentor answer " + firstItem + " --grade 3"));
        }
        place(Platform.GATEWAY).ifPresent(gateway -> {
            places.add(List.of("  watch", "scripts/devmentor patterns watch -- mvn test"));
            places.add(List.of("  gateway", gateway + "  (portal: " + gateway + "/portal)"));
        });
        place(Platform.AUTH).ifPresent(auth -> {
            // The page is the same at the gateway, which is where a person goes.
            String door = place(Platform.GATEWAY).orElse(auth);
            places.add(List.of(
                    "  login",
                    Platform.DEMO_EMAIL + ", password in " + home.show(home.demoPasswordFile())
                            + "  (scripts/devmentor login)"));
            places.add(List.of("  mailbox", door + "/auth/mailbox"));
        });
        places.add(List.of("  data", home.show(home.data())));
        places.add(List.of("  logs", home.show(home.logs()) + "  (scripts/devmentor logs -f)"));
        places.add(List.of("  stop", detached ? "scripts/devmentor down" : "Ctrl-C, or scripts/devmentor down"));
        out.lines(Terminal.table(places));
    }

    private Optional<String> place(String service) {
        return things.stream()
                .filter(thing -> thing.name().equals(service))
                .map(Running::address)
                .findFirst();
    }

    /** Asks the service, as any client would; returns the first item, or nothing. */
    private String printDue(Terminal out) {
        if (things.stream().noneMatch(thing -> thing.name().equals(Platform.LEARNING))) {
            return "";
        }
        out.line("");
        try (LearningApi api = LearningApi.of(home, Platform.DEMO)) {
            JsonNode due = api.due(SHOWN, null, null);
            long count = due.path("total").asLong();
            if (count == 0) {
                out.line(out.bold(Platform.DEMO + " has nothing to review now"));
                return "";
            }
            out.line(out.bold(Platform.DEMO + " should review now") + " (" + Terminal.count(count)
                    + (count > SHOWN ? " are due, the first " + SHOWN + ")" : " due)"));
            DueList.lines(due).forEach(line -> out.line("  " + line));
            return due.path("items").path(0).path("item").asText("");
        } catch (Failed e) {
            out.line(out.yellow("what " + Platform.DEMO + " should review is not known: " + e.getMessage()));
            return "";
        }
    }
}
