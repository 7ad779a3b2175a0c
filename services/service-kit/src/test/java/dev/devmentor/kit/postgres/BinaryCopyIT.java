package dev.devmentor.kit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devmentor.testkit.TestPlatform;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BinaryCopyIT {
    private static final String COPY =
            "COPY thing (id, flag, small, whole, big, number, key, name, names) FROM STDIN (FORMAT binary)";
    private static TestPlatform.Database database;
    private static Connection connection;

    @BeforeAll
    static void connect() throws SQLException {
        database = TestPlatform.shared().newDatabase();
        connection = DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
        try (Statement statement = connection.createStatement()) {
            statement.execute("""
                    CREATE TABLE thing (id int8 PRIMARY KEY, flag bool, small int2, whole int4, big int8, number float8,
                        key uuid, name text, names text[])""");
        }
    }

    @AfterAll
    static void disconnect() throws SQLException {
        connection.close();
        TestPlatform.shared().postgres().dropDatabase(database.name());
    }

    @BeforeEach
    void empty() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("TRUNCATE thing");
        }
    }

    /** A row as it should be read back. */
    private record Thing(
            long id,
            boolean flag,
            short small,
            int whole,
            long big,
            double number,
            UUID key,
            String name,
            List<String> names) {
        void writeTo(BinaryCopy copy) {
            copy.beginRow(9);
            copy.int8(id);
            copy.bool(flag);
            copy.int2(small);
            copy.int4(whole);
            copy.int8(big);
            copy.float8(number);
            copy.uuid(key.getMostSignificantBits(), key.getLeastSignificantBits());
            copy.text(name);
            copy.textArray(names);
        }
    }

    private static List<Thing> stored() throws SQLException {
        List<Thing> things = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT * FROM thing ORDER BY id");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                things.add(new Thing(
                        rows.getLong(1),
                        rows.getBoolean(2),
                        rows.getShort(3),
                        rows.getInt(4),
                        rows.getLong(5),
                        rows.getDouble(6),
                        rows.getObject(7, UUID.class),
                        rows.getString(8),
                        Arrays.asList((String[]) rows.getArray(9).getArray())));
            }
        }
        return things;
    }

    private static Thing thing(long id, String name, List<String> names) {
        return new Thing(id, true, (short) 1, 2, 3, 4.5, new UUID(1, 2), name, names);
    }

    @Test
    void everyTypeArrivesAtItsLimits() throws SQLException {
        List<Thing> things = List.of(
                new Thing(
                        Long.MIN_VALUE,
                        true,
                        Short.MIN_VALUE,
                        Integer.MIN_VALUE,
                        Long.MIN_VALUE,
                        Double.MIN_VALUE,
                        new UUID(0, 0),
                        "",
                        List.of()),
                new Thing(0, false, (short) 0, 0, 0, -0.0, new UUID(Long.MIN_VALUE, -1), "plain", List.of("one")),
                new Thing(
                        Long.MAX_VALUE,
                        true,
                        Short.MAX_VALUE,
                        Integer.MAX_VALUE,
                        Long.MAX_VALUE,
                        Double.POSITIVE_INFINITY,
                        new UUID(-1, -1),
                        "text with \t, \n, \\N, \" and '",
                        List.of("", "NULL", "{a,b}", "ü")));
        BinaryCopy copy = new BinaryCopy(16);
        things.forEach(thing -> thing.writeTo(copy));
        assertThat(copy.rows()).isEqualTo(3);

        copy.send(connection, COPY);

        assertThat(stored()).isEqualTo(things);
    }

    @Test
    void textOfEveryPlaneArrives() throws SQLException {
        List<Thing> things = new ArrayList<>();
        List<String> texts = List.of(
                "ascii",
                "ü",
                "aü",
                "üa",
                "日本語",
                "😀",
                "a😀b",
                "é combining",
                "\uffff",
                "\u0001",
                "x".repeat(100_000),
                "ü".repeat(70_000));
        for (int i = 0; i < texts.size(); i++) {
            things.add(thing(i, texts.get(i), List.of(texts.get(i), "plain")));
        }
        BinaryCopy copy = new BinaryCopy(16);
        things.forEach(thing -> thing.writeTo(copy));

        copy.send(connection, COPY);

        assertThat(stored()).isEqualTo(things);
    }

    @Test
    void nothingIsNullInEveryColumn() throws SQLException {
        BinaryCopy copy = new BinaryCopy(16);
        copy.beginRow(9);
        copy.int8(1);
        for (int i = 0; i < 7; i++) {
            copy.nothing();
        }
        copy.text(null);

        copy.send(connection, COPY);

        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT num_nulls(flag, small, whole, big, number, key, name, names) FROM thing")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(8);
        }
    }

    @Test
    void aBufferIsUsedAgainAfterItWasReset() throws SQLException {
        BinaryCopy copy = new BinaryCopy(16);
        thing(1, "first", List.of()).writeTo(copy);
        copy.send(connection, COPY);
        copy.reset();
        assertThat(copy.rows()).isZero();
        copy.send(connection, COPY);
        Thing second = thing(2, "second", List.of("a"));
        second.writeTo(copy);

        copy.send(connection, COPY);

        assertThat(stored()).containsExactly(thing(1, "first", List.of()), second);
    }

    @Test
    void randomRowsByTheThousandArrive() throws SQLException {
        Random random = new Random(7);
        List<Thing> things = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            things.add(new Thing(
                    i,
                    random.nextBoolean(),
                    (short) random.nextInt(),
                    random.nextInt(),
                    random.nextLong(),
                    random.nextGaussian(),
                    new UUID(random.nextLong(), random.nextLong()),
                    text(random),
                    List.of(text(random), text(random))));
        }
        BinaryCopy copy = new BinaryCopy(1_024);
        things.forEach(thing -> thing.writeTo(copy));

        copy.send(connection, COPY);

        assertThat(stored()).isEqualTo(things);
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(20), 1, 0x10FFFF)
                .filter(point -> point < 0xD800 || point > 0xDFFF)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void aRowThatTheTableRefusesFailsAndLeavesTheConnectionUsable() throws SQLException {
        BinaryCopy copy = new BinaryCopy(16);
        thing(1, "a", List.of()).writeTo(copy);
        thing(1, "b", List.of()).writeTo(copy);

        assertThatThrownBy(() -> copy.send(connection, COPY))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        failure -> assertThat(failure.getSQLState()).isEqualTo("23505"));

        assertThat(stored()).isEmpty();
    }

    @Test
    void textWithANulCharacterIsRefused() {
        BinaryCopy copy = new BinaryCopy(16);
        thing(1, "a\0b", List.of()).writeTo(copy);

        assertThatThrownBy(() -> copy.send(connection, COPY))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        failure -> assertThat(failure.getSQLState()).isEqualTo("22021"));
    }
}
