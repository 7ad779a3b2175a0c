package dev.devmentor.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The AsyncAPI project's own parser judges the document; left out where there is no Node. */
final class AsyncApiParserIT {
    private final Path folder = Repository.module().resolve("asyncapi-check");

    @Test
    void theParserOfTheAsyncApiProjectTakesTheDocument() throws IOException, InterruptedException {
        assumeTrue(runs("node", "--version"), "no Node here");
        if (!Files.isDirectory(folder.resolve("node_modules/@asyncapi/parser"))) {
            Outcome installed = run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            assertThat(installed.code()).as(installed.output()).isZero();
        }
        Outcome checked = run("node", "check.mjs", "../asyncapi.yaml");
        assertThat(checked.code()).as(checked.output()).isZero();
        assertThat(checked.output())
                .startsWith(EventCatalog.channels().size() + " channels, ")
                .endsWith(" messages\n");
    }

    @Test
    void theParserRefusesABrokenDocument() throws IOException, InterruptedException {
        assumeTrue(Files.isDirectory(folder.resolve("node_modules/@asyncapi/parser")), "not installed");
        Path broken = Files.createTempFile("asyncapi", ".yaml");
        try {
            Files.writeString(broken, "asyncapi: 3.0.0\ninfo:\n  title: No version\n");
            assertThat(run("node", "check.mjs", broken.toString()).code()).isEqualTo(1);
        } finally {
            Files.delete(broken);
        }
    }

    private boolean runs(String... command) throws InterruptedException {
        try {
            return run(command).code() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private Outcome run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException(command[0] + " does not end");
        }
        return new Outcome(process.exitValue(), output);
    }

    private record Outcome(int code, String output) {}
}
