package dev.devmentor.anki.sqlite;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A database file, open for reading. Source: "Database File Format" at sqlite.org; the names are those of that page.
 *
 * <p>Every page of a tree is visited at most once, and a page that is named twice is damage: no chain of pages can turn
 * in a circle, and a file costs no more than its size. Memory is bounded by the page cache and by the largest record that
 * the caller allows. A file with views, triggers or virtual tables is refused: Anki makes none.
 *
 * <p>Not safe for several threads.
 */
public final class SqliteFile implements AutoCloseable {
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_SCHEMA_ROWS = 500;
    private static final int LARGEST_SCHEMA_ROW = 64 << 10;
    private static final int DEEPEST_TREE = 40;
    private static final int CACHED_BYTES = 4 << 20;

    private final FileChannel channel;
    private final int pageSize;
    private final int usable;
    private final long pages;
    private final Charset encoding;
    private final Map<Integer, byte[]> cache;
    private final Map<String, TableDefinition> tables = new LinkedHashMap<>();

    private SqliteFile(FileChannel channel) throws IOException {
        this.channel = channel;
        byte[] header = new byte[100];
        if (channel.size() < 100 || channel.read(ByteBuffer.wrap(header), 0) < 100) {
            throw new SqliteException("it is too short for a database");
        }
        if (!Arrays.equals(header, 0, 16, MAGIC, 0, 16)) {
            throw new SqliteException("it is no database in SQLite's format");
        }
        int size = u16(header, 16);
        pageSize = size == 1 ? 65_536 : size;
        usable = pageSize - (header[20] & 0xff);
        if (pageSize < 512 || Integer.bitCount(pageSize) != 1 || usable < 480) {
            throw new SqliteException("its page size is impossible");
        }
        if (header[19] < 1 || header[19] > 2) {
            throw new SqliteException("its format is newer than what is read here");
        }
        pages = channel.size() / pageSize;
        encoding = switch (u32(header, 56)) {
            case 0, 1 -> StandardCharsets.UTF_8;
            case 2 -> StandardCharsets.UTF_16LE;
            case 3 -> StandardCharsets.UTF_16BE;
            default -> throw new SqliteException("its text encoding does not exist");
        };
        int cached = Math.max(8, CACHED_BYTES / pageSize);
        cache = new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Integer, byte[]> eldest) {
                return size() > cached;
            }
        };
    }

    /**
     * Opens a file and reads what tables it has.
     *
     * @throws SqliteException if it is no database, or has something that is not read here
     */
    public static SqliteFile open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            SqliteFile opened = new SqliteFile(channel);
            opened.readSchema();
            return opened;
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    /** Takes rows one by one. */
    @FunctionalInterface
    public interface Rows {
        /** One row; whatever it throws ends the scan. */
        void take(SqliteRow row) throws IOException;
    }

    /** Is told of rows that are larger than allowed, which are passed over. */
    @FunctionalInterface
    public interface TooLarge {
        /** The row's number (0 in a table without) and its bytes. */
        void passedOver(long rowid, long bytes) throws IOException;
    }

    private void readSchema() throws IOException {
        int[] count = {0};
        scan(
                TableDefinition.schema(),
                LARGEST_SCHEMA_ROW,
                row -> {
                    if (++count[0] > MOST_SCHEMA_ROWS) {
                        throw new SqliteException("it has more than " + MOST_SCHEMA_ROWS + " tables and indexes");
                    }
                    String type = row.text(0).toLowerCase(Locale.ROOT);
                    String name = row.text(1).toLowerCase(Locale.ROOT);
                    switch (type) {
                        case "table" -> {
                            long root = row.integer(3);
                            String sql = row.text(4);
                            if (root < 1
                                    || root > pages
                                    || sql.toLowerCase(Locale.ROOT).contains("virtual")) {
                                throw new SqliteException("it has a virtual table, which Anki never makes");
                            }
                            if (!name.startsWith("sqlite_")) {
                                tables.put(name, TableDefinition.parse(name, (int) root, sql));
                            }
                        }
                        case "index" -> {}
                        default -> throw new SqliteException("it has a view or a trigger, which Anki never makes");
                    }
                },
                (rowid, bytes) -> {
                    throw new SqliteException("it declares a table in more than 64 KiB");
                });
    }

    /** Whether there is such a table. */
    public boolean has(String table) {
        return tables.containsKey(table);
    }

    /**
     * Number of a column for {@link SqliteRow}.
     *
     * @throws SqliteException if the table or the column is missing
     */
    public int column(String table, String column) throws SqliteException {
        int at = table(table).columns().indexOf(column);
        if (at < 0) {
            throw new SqliteException("its table " + table + " has no column " + column);
        }
        return at;
    }

    private TableDefinition table(String name) throws SqliteException {
        TableDefinition table = tables.get(name);
        if (table == null) {
            throw new SqliteException("it has no table " + name);
        }
        return table;
    }

    /**
     * Visits all rows in the order of their keys.
     *
     * @param largest rows of more bytes are not read but handed to {@code tooLarge}
     */
    public void scan(String table, int largest, Rows rows, TooLarge tooLarge) throws IOException {
        scan(table(table), largest, rows, tooLarge);
    }

    private void scan(TableDefinition table, int largest, Rows rows, TooLarge tooLarge) throws IOException {
        new Scan(table, largest, rows, tooLarge).page(table.root(), 0);
    }

    /**
     * One row by its number.
     *
     * @return null if there is none, or it is larger than allowed
     */
    public @Nullable SqliteRow find(String name, long rowid, int largest) throws IOException {
        TableDefinition table = table(name);
        int number = table.root();
        for (int depth = 0; depth < DEEPEST_TREE; depth++) {
            byte[] page = page(number);
            int at = number == 1 ? 100 : 0;
            int type = page[at];
            int cells = u16(page, at + 3);
            int low = 0;
            int high = cells;
            int pointers = at + (type == 5 ? 12 : 8);
            requireWithin(pointers + 2L * cells);
            while (low < high) {
                int middle = (low + high) >>> 1;
                int cell = u16(page, pointers + 2 * middle);
                requireWithin(cell + 4L);
                Varint varint = new Varint(page, type == 5 ? cell + 4 : cell, usable);
                if (type == 13) {
                    varint.next();
                }
                long key = varint.next();
                if (key < rowid) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            if (type == 5) {
                number = child(page, low < cells ? u16(page, pointers + 2 * low) : at + 8);
            } else if (type == 13) {
                return low < cells ? leaf(table, page, u16(page, pointers + 2 * low), rowid, largest) : null;
            } else {
                throw damaged(table);
            }
        }
        throw damaged(table);
    }

    private @Nullable SqliteRow leaf(TableDefinition table, byte[] page, int cell, long rowid, int largest)
            throws IOException {
        Varint varint = new Varint(page, cell, usable);
        long size = varint.next();
        if (varint.next() != rowid || size > largest) {
            return null;
        }
        byte[] payload = payload(table, page, varint.position(), size, false, new BitSet());
        return SqliteRow.parse(table, rowid, payload, encoding);
    }

    private int child(byte[] page, int at) throws SqliteException {
        requireWithin(at + 4L);
        int number = u32(page, at);
        if (number < 1 || number > pages) {
            throw new SqliteException("a page is named that does not exist");
        }
        return number;
    }

    private void requireWithin(long end) throws SqliteException {
        if (end > usable) {
            throw new SqliteException("a page is damaged");
        }
    }

    private static SqliteException damaged(TableDefinition table) {
        return new SqliteException("its table " + table.name() + " is damaged");
    }

    /** A walk through one tree. */
    private final class Scan {
        private final TableDefinition table;
        private final int largest;
        private final Rows rows;
        private final TooLarge tooLarge;
        private final BitSet seen = new BitSet();
        private long last = Long.MIN_VALUE;
        private boolean first = true;

        Scan(TableDefinition table, int largest, Rows rows, TooLarge tooLarge) {
            this.table = table;
            this.largest = largest;
            this.rows = rows;
            this.tooLarge = tooLarge;
        }

        void page(int number, int depth) throws IOException {
            if (depth > DEEPEST_TREE) {
                throw damaged(table);
            }
            once(seen, number);
            byte[] page = SqliteFile.this.page(number);
            int at = number == 1 ? 100 : 0;
            int type = page[at];
            boolean interior = type == 5 || type == 2;
            if (table.withoutRowid() ? type != 2 && type != 10 : type != 5 && type != 13) {
                throw damaged(table);
            }
            int cells = u16(page, at + 3);
            int pointers = at + (interior ? 12 : 8);
            requireWithin(pointers + 2L * cells);
            for (int i = 0; i < cells; i++) {
                int cell = u16(page, pointers + 2 * i);
                requireWithin(cell + 2L);
                if (interior) {
                    page(child(page, cell), depth + 1);
                    cell += 4;
                }
                if (type != 5) {
                    row(page, cell);
                }
            }
            if (interior) {
                page(child(page, at + 8), depth + 1);
            }
        }

        private void row(byte[] page, int cell) throws IOException {
            Varint varint = new Varint(page, cell, usable);
            long size = varint.next();
            long rowid = table.withoutRowid() ? 0 : varint.next();
            if (!table.withoutRowid()) {
                if (!first && rowid <= last) {
                    throw damaged(table);
                }
                first = false;
                last = rowid;
            }
            if (size < 0 || size > pages * pageSize) {
                throw damaged(table);
            }
            if (size > largest) {
                tooLarge.passedOver(rowid, size);
                return;
            }
            byte[] payload = payload(table, page, varint.position(), size, table.withoutRowid(), seen);
            rows.take(SqliteRow.parse(table, rowid, payload, encoding));
        }
    }

    private static void once(BitSet seen, int page) throws SqliteException {
        if (seen.get(page)) {
            throw new SqliteException("its pages form a circle");
        }
        seen.set(page);
    }

    /** The bytes of a record, of which a part may lie on overflow pages (1.6). */
    private byte[] payload(TableDefinition table, byte[] page, int at, long size, boolean index, BitSet seen)
            throws IOException {
        int most = index ? (usable - 12) * 64 / 255 - 23 : usable - 35;
        int local = (int) size;
        if (size > most) {
            int least = (usable - 12) * 32 / 255 - 23;
            long surplus = least + (size - least) % (usable - 4);
            local = (int) (surplus <= most ? surplus : least);
        }
        requireWithin((long) at + local);
        byte[] payload = new byte[(int) size];
        System.arraycopy(page, at, payload, 0, local);
        int done = local;
        int next = done < size ? child(page, at + local) : 0;
        while (done < size) {
            once(seen, next);
            byte[] overflow = page(next);
            int n = (int) Math.min(size - done, usable - 4);
            System.arraycopy(overflow, 4, payload, done, n);
            done += n;
            if (done < size) {
                next = child(overflow, 0);
            }
        }
        if (payload.length == 0) {
            throw damaged(table);
        }
        return payload;
    }

    private byte[] page(int number) throws IOException {
        byte[] cached = cache.get(number);
        if (cached != null) {
            return cached;
        }
        if (number < 1 || number > pages) {
            throw new SqliteException("a page is named that does not exist");
        }
        byte[] page = new byte[pageSize];
        ByteBuffer buffer = ByteBuffer.wrap(page);
        long at = (long) (number - 1) * pageSize;
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, at + buffer.position()) < 0) {
                throw new EOFException("the database became shorter while it was read");
            }
        }
        cache.put(number, page);
        return page;
    }

    /** Names of the tables. */
    public List<String> tables() {
        return List.copyOf(tables.keySet());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    static int u16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }

    static int u32(byte[] bytes, int at) {
        return u16(bytes, at) << 16 | u16(bytes, at + 2);
    }
}
