package dev.devmentor.learning.bank;

import dev.devmentor.parts.LocalPostgres;
import dev.devmentor.parts.PartPlace;
import dev.devmentor.parts.PartsDirectory;
import dev.devmentor.parts.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;

/** Runs small programs, each in an empty folder or database of its own. */
final class Programs implements AutoCloseable {
    private static final long LIMIT_SECONDS = 30;

    private final Path folder;
    private final AtomicInteger number = new AtomicInteger();
    private final Set<String> present = new LinkedHashSet<>();
    private @Nullable LocalPostgres postgres;

    Programs(Path folder) {
        this.folder = folder;
        present.add("java");
        present.add("sql");
        for (String[] program : new String[][] {{"javascript", "node"}, {"bash", "bash"}, {"python", "python3"}}) {
            if (Stream.of(System.getenv("PATH").split(":"))
                    .anyMatch(path -> Files.isExecutable(Path.of(path, program[1])))) {
                present.add(program[0]);
            }
        }
    }

    /**
     * What a program did.
     *
     * @param output what it printed, without white space around it; of one that failed, its errors too
     */
    record Result(boolean succeeded, String output) {}

    boolean canRun(String language) {
        return present.contains(language);
    }

    Set<String> missing() {
        Set<String> missing = new TreeSet<>(Set.of("java", "javascript", "sql", "bash", "python"));
        missing.removeAll(present);
        return missing;
    }

    Result run(String language, String code) throws IOException, InterruptedException {
        return switch (language) {
            case "java" ->
                process(
                        code,
                        "Main.java",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "Main.java");
            case "javascript" -> process(code, "main.mjs", "node", "main.mjs");
            case "python" -> process(code, "main.py", "python3", "main.py");
            case "bash" -> process(code, "main.sh", "bash", "main.sh");
            case "sql" -> sql(code);
            default -> throw new IllegalArgumentException(language);
        };
    }

    private Result process(String code, String file, String... command) throws IOException, InterruptedException {
        Path place = Files.createDirectory(folder.resolve("p" + number.incrementAndGet()));
        // The script itself is not to be seen by what it does in its folder.
        Path work = Files.createDirectory(place.resolve("work"));
        List<String> arguments = new ArrayList<>(List.of(command));
        Path source = Files.writeString(place.resolve(file), code);
        arguments.set(arguments.size() - 1, source.toString());
        Path output = place.resolve("output");
        Path errors = place.resolve("errors");
        ProcessBuilder builder = new ProcessBuilder(arguments)
                .directory(work.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().put("HOME", work.toString());
        builder.environment().put("TZ", "UTC");
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return new Result(false, "it does not end");
        }
        String printed = Files.readString(output).strip();
        return process.exitValue() == 0
                ? new Result(true, printed)
                : new Result(false, printed + "\n" + Files.readString(errors).strip());
    }

    private synchronized Result sql(String code) {
        LocalPostgres server = postgres;
        if (server == null) {
            server =
                    new LocalPostgres(PartsDirectory.fromEnvironment(), PartPlace.in(folder, "postgres"), Ports.free());
            postgres = server;
            server.start();
        }
        String name = "q" + number.incrementAndGet();
        server.createDatabaseAndRole(name, name, name);
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl(name), name, name);
                Statement statement = connection.createStatement()) {
            String printed = "";
            // One after the other, each in a transaction of its own, as a person at a prompt would.
            for (NativeQuery query : Parser.parseJdbcSql(code, true, false, true, false, false)) {
                printed = statement.execute(query.nativeSql) ? print(statement.getResultSet()) : "";
            }
            return new Result(true, printed.strip());
        } catch (SQLException refused) {
            return new Result(false, String.valueOf(refused.getMessage()));
        } finally {
            server.dropDatabase(name);
        }
    }

    private static String print(ResultSet rows) throws SQLException {
        StringBuilder printed = new StringBuilder();
        ResultSetMetaData columns = rows.getMetaData();
        while (rows.next()) {
            List<String> values = new ArrayList<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                String value = rows.getString(i);
                values.add(value == null ? "" : value);
            }
            printed.append(String.join(" | ", values)).append('\n');
        }
        return printed.toString();
    }

    @Override
    public void close() {
        LocalPostgres server = postgres;
        if (server != null) {
            server.kill9();
        }
    }
}
