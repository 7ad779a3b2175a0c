package dev.devmentor.learning.bank;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files as they lie in the folder; {@code -Ddevmentor.bank=FILE,FILE} names others. */
final class BankFiles {
    private BankFiles() {}

    static List<Path> paths() throws IOException {
        String named = System.getProperty("devmentor.bank", "");
        if (!named.isBlank()) {
            return Stream.of(named.split(",")).map(Path::of).toList();
        }
        try (Stream<Path> files = Files.list(folder())) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    static Path folder() {
        return Path.of(System.getProperty("devmentor.root", "../.."), "services/question-bank/src/main/resources/bank");
    }

    static List<Area> read(List<Finding> findings) throws IOException {
        List<Area> areas = new ArrayList<>();
        for (Path path : paths()) {
            areas.add(AreaReader.read(path.getFileName().toString(), Files.readString(path), findings));
        }
        return areas;
    }
}
