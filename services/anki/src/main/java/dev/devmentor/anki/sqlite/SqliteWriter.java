package dev.devmentor.anki.sqlite;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes a new database file: tables whose rows come in the order of their numbers, and indexes over whole numbers. Source:
 * "Database File Format" at sqlite.org. Rows go to the file as they come; of an index the keys are kept until the end.
 */
public final class SqliteWriter implements AutoCloseable {
    private static final int PAGE = 4_096;
    private static final int HEADER = 100;
    private static final int LEAF_HEADER = 8;
    private static final int INTERIOR_HEADER = 12;
    /** Most and least of a record that lies in a leaf of a table itself (1.6 of the source). */
    private static final int MOST_LOCAL = PAGE - 35;

    private static final int LEAST_LOCAL = (PAGE - 12) * 32 / 255 - 23;
    private static final int SQLITE_VERSION = 3_045_000;

    private final FileChannel channel;
    private final List<Object[]> schema = new ArrayList<>();
    private final List<Table> tables = new ArrayList<>();
    private final List<Index> indexes = new ArrayList<>();
    private int pages = 1;
    private boolean finished;

    private SqliteWriter(FileChannel channel) {
        this.channel = channel;
    }

    /** Writes into a file that exists, over everything in it. */
    public static SqliteWriter open(Path file) throws IOException {
        return new SqliteWriter(FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING));
    }

    /**
     * A table.
     *
     * @param sql its CREATE TABLE statement
     */
    public Table table(String name, String sql) {
        Table table = new Table(name, sql);
        tables.add(table);
        return table;
    }

    /**
     * An index over columns of whole numbers.
     *
     * @param sql its CREATE INDEX statement
     */
    public Index index(String name, String table, String sql, int columns) {
        Index index = new Index(name, table, sql, columns);
        indexes.add(index);
        return index;
    }

    /** Writes what is left; nothing can be added afterwards. */
    public void finish() throws IOException {
        for (Table table : tables) {
            schema.add(new Object[] {"table", table.name, table.name, (long) table.finish(), table.sql});
        }
        for (Index index : indexes) {
            schema.add(new Object[] {"index", index.name, index.table, (long) index.finish(), index.sql});
        }
        Page first = new Page(13, HEADER);
        long rowid = 0;
        for (Object[] row : schema) {
            byte[] record = record(row);
            byte[] cell = new byte[record.length + 18];
            int at = Varint.write(cell, 0, record.length);
            at = Varint.write(cell, at, ++rowid);
            System.arraycopy(record, 0, cell, at, record.length);
            if (!first.add(cell, at + record.length)) {
                throw new IllegalStateException("the declarations do not fit on the first page");
            }
        }
        ByteBuffer header = ByteBuffer.wrap(first.bytes());
        header.put("SQLite format 3\0".getBytes(StandardCharsets.US_ASCII));
        header.putShort((short) PAGE).put((byte) 1).put((byte) 1).put((byte) 0);
        header.put((byte) 64).put((byte) 32).put((byte) 32);
        header.putInt(1)
                .putInt(pages)
                .putInt(0)
                .putInt(0)
                .putInt(1)
                .putInt(4)
                .putInt(0)
                .putInt(0)
                .putInt(1);
        header.putInt(92, 1).putInt(96, SQLITE_VERSION);
        write(1, first.bytes());
        finished = true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void write(int number, byte[] page) throws IOException {
        if (finished) {
            throw new IllegalStateException("the file is finished");
        }
        ByteBuffer buffer = ByteBuffer.wrap(page);
        long at = (long) (number - 1) * PAGE;
        while (buffer.hasRemaining()) {
            channel.write(buffer, at + buffer.position());
        }
    }

    /** A record: null, a whole number, a fraction, a text or bytes for each column (2.1 of the source). */
    private static byte[] record(@Nullable Object[] values) {
        byte[] types = new byte[9 * values.length];
        ByteArrayOutputStream body = new ByteArrayOutputStream(256);
        int typesEnd = 0;
        for (Object value : values) {
            long type = switch (value) {
                case null -> 0;
                case Long number -> integer(body, number);
                case Double number -> {
                    bigEndian(body, Double.doubleToRawLongBits(number), 8);
                    yield 7;
                }
                case String text -> {
                    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                    body.writeBytes(bytes);
                    yield 13 + 2L * bytes.length;
                }
                case byte[] bytes -> {
                    body.writeBytes(bytes);
                    yield 12 + 2L * bytes.length;
                }
                default -> throw new IllegalArgumentException("a value of " + value.getClass());
            };
            typesEnd = Varint.write(types, typesEnd, type);
        }
        int headerSize = typesEnd + 1;
        if (Varint.length(headerSize) > 1) {
            headerSize = typesEnd + 2;
        }
        byte[] record = new byte[headerSize + body.size()];
        int at = Varint.write(record, 0, headerSize);
        System.arraycopy(types, 0, record, at, typesEnd);
        byte[] bytes = body.toByteArray();
        System.arraycopy(bytes, 0, record, headerSize, bytes.length);
        return record;
    }

    private static long integer(ByteArrayOutputStream body, long value) {
        if (value == 0 || value == 1) {
            return 8 + value;
        }
        int[] sizes = {1, 2, 3, 4, 6, 8};
        for (int i = 0; i < sizes.length; i++) {
            int bits = 8 * sizes[i];
            if (bits == 64 || value >= -(1L << bits - 1) && value < 1L << bits - 1) {
                bigEndian(body, value, sizes[i]);
                return i + 1;
            }
        }
        throw new AssertionError(value);
    }

    private static void bigEndian(ByteArrayOutputStream body, long value, int bytes) {
        for (int i = bytes - 1; i >= 0; i--) {
            body.write((int) (value >>> 8 * i));
        }
    }

    /** A page of cells in the making: pointers from the front, cells from the back. */
    private static final class Page {
        private final byte[] bytes = new byte[PAGE];
        private final int at;
        private final int pointers;
        private int cells;
        private int content = PAGE;

        Page(int type, int at) {
            this.at = at;
            bytes[at] = (byte) type;
            pointers = at + (type == 5 || type == 2 ? INTERIOR_HEADER : LEAF_HEADER);
        }

        boolean add(byte[] cell, int length) {
            if (content - length < pointers + 2 * cells + 2) {
                return false;
            }
            content -= length;
            System.arraycopy(cell, 0, bytes, content, length);
            put16(pointers + 2 * cells, content);
            cells++;
            return true;
        }

        void rightmost(int child) {
            ByteBuffer.wrap(bytes).putInt(at + 8, child);
        }

        byte[] bytes() {
            put16(at + 3, cells);
            put16(at + 5, content);
            return bytes;
        }

        private void put16(int position, int value) {
            bytes[position] = (byte) (value >>> 8);
            bytes[position + 1] = (byte) value;
        }
    }

    /** Numbers that grow. */
    private static final class Longs {
        private long[] values = new long[64];
        private int size;

        void add(long value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
            }
            values[size++] = value;
        }

        long get(int index) {
            return values[index];
        }
    }

    /** A table in the making. */
    public final class Table {
        private final String name;
        private final String sql;
        private Page leaf = new Page(13, 0);
        private Longs children = new Longs();
        private Longs lastRowids = new Longs();
        private long lastRowid = Long.MIN_VALUE;

        private Table(String name, String sql) {
            this.name = name;
            this.sql = sql;
        }

        /**
         * Adds a row.
         *
         * @param rowid greater than that of every row before
         * @param values one for each column: null, Long, Double, String or byte[]; null for the column that is the row's
         *     number
         */
        public void row(long rowid, @Nullable Object... values) throws IOException {
            if (rowid <= lastRowid) {
                throw new IllegalArgumentException("rows come in the order of their numbers");
            }
            byte[] record = record(values);
            int local = record.length;
            if (local > MOST_LOCAL) {
                int surplus = LEAST_LOCAL + (record.length - LEAST_LOCAL) % (PAGE - 4);
                local = surplus <= MOST_LOCAL ? surplus : LEAST_LOCAL;
            }
            byte[] cell = new byte[local + 22];
            int at = Varint.write(cell, 0, record.length);
            at = Varint.write(cell, at, rowid);
            System.arraycopy(record, 0, cell, at, local);
            at += local;
            if (local < record.length) {
                ByteBuffer.wrap(cell).putInt(at, overflow(record, local));
                at += 4;
            }
            if (!leaf.add(cell, at)) {
                flush();
                if (!leaf.add(cell, at)) {
                    throw new IllegalStateException("a cell is larger than a page");
                }
            }
            lastRowid = rowid;
        }

        private int overflow(byte[] record, int from) throws IOException {
            int first = pages + 1;
            for (int at = from; at < record.length; at += PAGE - 4) {
                int number = ++pages;
                int n = Math.min(PAGE - 4, record.length - at);
                ByteBuffer page = ByteBuffer.allocate(PAGE);
                page.putInt(at + n < record.length ? number + 1 : 0).put(record, at, n);
                write(number, page.array());
            }
            return first;
        }

        private void flush() throws IOException {
            int number = ++pages;
            write(number, leaf.bytes());
            children.add(number);
            lastRowids.add(lastRowid);
            leaf = new Page(13, 0);
        }

        private int finish() throws IOException {
            flush();
            int capacity = (PAGE - INTERIOR_HEADER) / (2 + 4 + 9);
            while (children.size > 1) {
                Longs parents = new Longs();
                Longs parentRowids = new Longs();
                for (int[] share : shares(children.size, capacity + 1)) {
                    Page page = new Page(5, 0);
                    for (int i = share[0]; i < share[1] - 1; i++) {
                        byte[] cell = new byte[13];
                        ByteBuffer.wrap(cell).putInt((int) children.get(i));
                        page.add(cell, Varint.write(cell, 4, lastRowids.get(i)));
                    }
                    page.rightmost((int) children.get(share[1] - 1));
                    int number = ++pages;
                    write(number, page.bytes());
                    parents.add(number);
                    parentRowids.add(lastRowids.get(share[1] - 1));
                }
                children = parents;
                lastRowids = parentRowids;
            }
            return (int) children.get(0);
        }
    }

    /** Divides so many things among as few pages as take them, evenly: from and to of each. */
    private static List<int[]> shares(int count, int capacity) {
        int parts = Math.max(1, (count + capacity - 1) / capacity);
        List<int[]> shares = new ArrayList<>(parts);
        int from = 0;
        for (int i = 0; i < parts; i++) {
            int to = (int) ((long) count * (i + 1) / parts);
            shares.add(new int[] {from, to});
            from = to;
        }
        return shares;
    }

    /** An index in the making. */
    public final class Index {
        private final String name;
        private final String table;
        private final String sql;
        private final Longs[] columns;

        private Index(String name, String table, String sql, int columns) {
            this.name = name;
            this.table = table;
            this.sql = sql;
            this.columns = new Longs[columns + 1];
            Arrays.setAll(this.columns, i -> new Longs());
        }

        /** Adds the key of a row: its columns, then its number. */
        public void key(long... values) {
            if (values.length != columns.length) {
                throw new IllegalArgumentException("the index has " + columns.length + " columns");
            }
            for (int i = 0; i < values.length; i++) {
                columns[i].add(values[i]);
            }
        }

        private int compare(int one, int other) {
            for (Longs column : columns) {
                int order = Long.compare(column.get(one), column.get(other));
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        }

        /** Merges from below: n log n whatever comes, and no boxes. */
        private int[] sorted() {
            int n = columns[0].size;
            int[] order = new int[n];
            Arrays.setAll(order, i -> i);
            int[] into = new int[n];
            for (int width = 1; width < n; width *= 2) {
                for (int from = 0; from < n; from += 2 * width) {
                    int middle = Math.min(from + width, n);
                    int end = (int) Math.min((long) from + 2L * width, n);
                    int left = from;
                    int right = middle;
                    for (int i = from; i < end; i++) {
                        boolean takeLeft = left < middle && (right >= end || compare(order[left], order[right]) <= 0);
                        into[i] = takeLeft ? order[left++] : order[right++];
                    }
                }
                int[] swap = order;
                order = into;
                into = swap;
            }
            return order;
        }

        /** Every cell is an entry of its own here; those between two pages stand in the level above (1.6). */
        private int finish() throws IOException {
            int[] order = sorted();
            int cellSize = 2 + 4 + 1 + (columns.length + 1) + 8 * columns.length;
            int leafCapacity = (PAGE - LEAF_HEADER) / cellSize;
            int leaves = Math.max(1, (order.length + 1 + leafCapacity) / (leafCapacity + 1));
            Longs children = new Longs();
            Longs between = new Longs();
            int inLeaves = order.length - (leaves - 1);
            int next = 0;
            for (int i = 0; i < leaves; i++) {
                int count = (int) ((long) inLeaves * (i + 1) / leaves) - (int) ((long) inLeaves * i / leaves);
                Page page = new Page(10, 0);
                for (int k = 0; k < count; k++) {
                    byte[] cell = cell(order[next++], 0);
                    page.add(cell, cell.length);
                }
                int number = ++pages;
                write(number, page.bytes());
                children.add(number);
                if (i < leaves - 1) {
                    between.add(order[next++]);
                }
            }
            int capacity = (PAGE - INTERIOR_HEADER) / cellSize;
            while (children.size > 1) {
                Longs parents = new Longs();
                Longs above = new Longs();
                List<int[]> shares = shares(children.size, capacity + 1);
                for (int[] share : shares) {
                    Page page = new Page(2, 0);
                    for (int i = share[0]; i < share[1] - 1; i++) {
                        byte[] cell = cell((int) between.get(i), 4);
                        ByteBuffer.wrap(cell).putInt((int) children.get(i));
                        page.add(cell, cell.length);
                    }
                    page.rightmost((int) children.get(share[1] - 1));
                    int number = ++pages;
                    write(number, page.bytes());
                    parents.add(number);
                    if (share[1] < children.size) {
                        above.add(between.get(share[1] - 1));
                    }
                }
                children = parents;
                between = above;
            }
            return (int) children.get(0);
        }

        private byte[] cell(int row, int childBytes) {
            Object[] values = new Object[columns.length];
            Arrays.setAll(values, i -> columns[i].get(row));
            byte[] record = record(Objects.requireNonNull(values));
            byte[] cell = new byte[childBytes + 1 + record.length];
            cell[childBytes] = (byte) record.length;
            System.arraycopy(record, 0, cell, childBytes + 1, record.length);
            return cell;
        }
    }
}
