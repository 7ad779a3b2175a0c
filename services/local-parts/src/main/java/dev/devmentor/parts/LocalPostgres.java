package dev.devmentor.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.postgresql.util.PasswordUtil;

/**
 * PostgreSQL 18 on 127.0.0.1, durable: an acknowledged commit survives a power cut. Its data directory holds the
 * cluster and, readable for the owner alone, the password of the superuser.
 *
 * <p>PostgreSQL refuses to run as root; a root user gets it in a user namespace of its own, where it is nobody.
 */
public final class LocalPostgres extends ProcessPart {
    private static final String SUPERUSER = "postgres";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    private final PartsDirectory parts;
    private final Path cluster;
    private final Path passwordFile;
    private final Map<String, String> settings = new LinkedHashMap<>();

    public LocalPostgres(PartsDirectory parts, PartPlace place, int port) {
        super("postgres", place, port);
        this.parts = parts;
        this.cluster = place.data().resolve("cluster");
        this.passwordFile = place.data().resolve("superuser.password");
        settings.put("listen_addresses", "127.0.0.1");
        settings.put("unix_socket_directories", "");
        settings.put("fsync", "on");
        settings.put("synchronous_commit", "on");
        settings.put("full_page_writes", "on");
        // pglz: the binaries are built without lz4.
        settings.put("wal_compression", "pglz");
        settings.put("max_wal_size", "1GB");
        settings.put("shared_buffers", "128MB");
        settings.put("max_connections", "60");
        settings.put("password_encryption", "scram-sha-256");
        settings.put("jit", "off");
        settings.put("timezone", "UTC");
        settings.put("log_timezone", "UTC");
        settings.put("log_line_prefix", "%m [%p] %d ");
        settings.put("log_checkpoints", "off");
    }

    /** Overrides a setting of postgresql.conf; call before {@link #start()}. */
    public LocalPostgres with(String setting, String value) {
        settings.put(setting, value);
        return this;
    }

    @Override
    public void start() {
        Path home = parts.postgres();
        PrivateFiles.directory(place().data());
        clearLeftovers(place().data());
        String password = PrivateFiles.secret(passwordFile, 24);
        if (!Files.exists(cluster.resolve("PG_VERSION"))) {
            initialise(home, password);
        }
        refuseOtherVersion(home);
        deleteStaleLock();
        List<String> command = new ArrayList<>(asNobodyWhenRoot());
        command.add(home.resolve("bin/postgres").toString());
        command.addAll(List.of("-D", cluster.toString(), "-p", String.valueOf(port())));
        settings.forEach((key, value) -> command.addAll(List.of("-c", key + "=" + value)));
        launch(
                new ManagedProcess.Plan(name(), command, environment(), cluster, place().log(), place().record()),
                this::answers);
    }

    /** {@code jdbc:postgresql://127.0.0.1:PORT/DATABASE}. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
    }

    /** A connection of the superuser; the caller closes it. */
    public Connection connect(String database) throws SQLException {
        return connect(database, SUPERUSER, superuserPassword());
    }

    public Connection connect(String database, String role, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", role);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("ApplicationName", "devmentor-local-parts");
        return DriverManager.getConnection(jdbcUrl(database), properties);
    }

    public String superuser() {
        return SUPERUSER;
    }

    public String superuserPassword() {
        String password = PrivateFiles.readOrNull(passwordFile);
        if (password == null) {
            throw new PartFailed("there is no " + passwordFile + ": PostgreSQL was never started here");
        }
        return password.strip();
    }

    /**
     * A database that only its role (and the superuser) may enter. What exists is kept; the role gets the password given
     * here.
     */
    public void createDatabaseAndRole(String database, String role, String password) {
        createRole(role, password);
        createDatabase(database, role, "template1");
    }

    /** A login role without any right outside its own databases. */
    public void createRole(String role, String password) {
        requireName(role);
        try (Connection connection = connect(SUPERUSER);
                Statement statement = connection.createStatement()) {
            // The server sees only the verifier, so that the password reaches no log.
            String verifier = PasswordUtil.encodePassword(role, password.toCharArray(), "scram-sha-256");
            boolean known = exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", role);
            statement.execute((known ? "ALTER" : "CREATE") + " ROLE " + role + " LOGIN PASSWORD '" + verifier + "'");
            CrashPoints.reached("postgres.role-written");
        } catch (SQLException e) {
            throw new PartFailed("cannot create role " + role + ": " + e.getMessage(), e);
        }
    }

    /** A database owned by the role, as a copy of the template; one that exists is kept. */
    public void createDatabase(String database, String owner, String template) {
        requireName(database);
        requireName(owner);
        requireName(template);
        try (Connection connection = connect(SUPERUSER);
                Statement statement = connection.createStatement()) {
            if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", database)) {
                statement.execute("CREATE DATABASE " + database + " OWNER " + owner + " TEMPLATE " + template);
                CrashPoints.reached("postgres.database-created");
            }
            statement.execute("REVOKE ALL ON DATABASE " + database + " FROM PUBLIC");
            CrashPoints.reached("postgres.database-closed");
        } catch (SQLException e) {
            throw new PartFailed("cannot create database " + database + ": " + e.getMessage(), e);
        }
    }

    /** Drops the database with all connections to it; one that does not exist is fine. */
    public void dropDatabase(String database) {
        requireName(database);
        try (Connection connection = connect(SUPERUSER);
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
        } catch (SQLException e) {
            throw new PartFailed("cannot drop database " + database + ": " + e.getMessage(), e);
        }
    }

    /** Fast shutdown: connections are cut, everything is written. */
    @Override
    protected void stop(ManagedProcess running) {
        running.stop("INT", Duration.ofSeconds(30));
    }

    private boolean answers() {
        if (!Ports.answers(port())) {
            return false;
        }
        try (Connection connection = connect(SUPERUSER)) {
            return connection.isValid(5);
        } catch (SQLException e) {
            return false;
        }
    }

    private void initialise(Path home, String password) {
        Path fresh = cluster.resolveSibling("cluster.new");
        Path passwordForInit = place().tmp().resolve("initdb.password");
        try {
            PrivateFiles.deleteTree(fresh);
            PrivateFiles.write(passwordForInit, password + "\n");
            List<String> command = new ArrayList<>(asNobodyWhenRoot());
            command.addAll(List.of(
                    home.resolve("bin/initdb").toString(),
                    "--pgdata=" + fresh,
                    "--username=" + SUPERUSER,
                    "--pwfile=" + passwordForInit,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--data-checksums"));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(place().data().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(place().log().toFile()));
            environment().forEach((key, value) -> {
                if (value.isEmpty()) {
                    builder.environment().remove(key);
                } else {
                    builder.environment().put(key, value);
                }
            });
            Process process = builder.start();
            CrashPoints.reached("postgres.initdb-started");
            if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new PartFailed("PostgreSQL could not be set up: "
                        + String.join(" ", LogTail.lastLines(place().log(), 2)) + " (log: " + log() + ")");
            }
            CrashPoints.reached("postgres.initialised");
            // A cluster that was cut off halfway never gets the name under which it would be used.
            Files.move(fresh, cluster, StandardCopyOption.ATOMIC_MOVE);
            CrashPoints.reached("postgres.cluster-renamed");
            Files.deleteIfExists(passwordForInit);
        } catch (IOException e) {
            throw new PartFailed("PostgreSQL could not be set up: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PartFailed("interrupted while PostgreSQL was set up", e);
        }
    }

    private void refuseOtherVersion(Path home) {
        String written = PrivateFiles.readOrNull(cluster.resolve("PG_VERSION"));
        String ours = PrivateFiles.readOrNull(home.resolve("share/postgresql/PG_VERSION"));
        String major = ours == null ? "18" : ours.strip();
        if (written != null && !written.strip().equals(major)) {
            throw new PartFailed("the database in " + cluster + " was written by PostgreSQL " + written.strip()
                    + ", this build brings " + major);
        }
    }

    /** Nobody works in the cluster any more (see clearLeftovers), so the pid in the lock is a stranger's or nobody's. */
    private void deleteStaleLock() {
        try {
            Files.deleteIfExists(cluster.resolve("postmaster.pid"));
        } catch (IOException e) {
            throw new PartFailed("cannot delete the stale lock in " + cluster, e);
        }
    }

    private static Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        for (String variable : System.getenv().keySet()) {
            if (variable.startsWith("PG") || variable.startsWith("LC_")) {
                environment.put(variable, "");
            }
        }
        environment.put("LC_ALL", "C");
        environment.put("TZ", "UTC");
        return environment;
    }

    private static List<String> asNobodyWhenRoot() {
        return System.getProperty("user.name").equals("root") ? List.of("unshare", "-U") : List.of();
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a plain lower-case name: " + name);
        }
    }
}
