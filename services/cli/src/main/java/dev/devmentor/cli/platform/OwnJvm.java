package dev.devmentor.cli.platform;

import dev.devmentor.parts.JavaRuntime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How this very program is started once more, for the work that outlives a command. */
final class OwnJvm {
    private OwnJvm() {}

    static List<String> command(Home home, String heap, Path tmp) {
        List<String> command = new ArrayList<>();
        command.add(JavaRuntime.java());
        command.add(heap);
        command.addAll(JavaRuntime.COMMON_FLAGS);
        command.add("-XX:TieredStopAtLevel=1");
        AotCaches.ofCli().filter(Files::exists).ifPresent(cache -> command.addAll(JavaRuntime.useAotCache(cache)));
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
