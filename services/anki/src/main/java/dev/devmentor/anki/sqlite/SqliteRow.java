package dev.devmentor.anki.sqlite;

import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * One record of a table. Columns are numbered as they were declared. What a file stores need not be what its column
 * promises; each reading says what it makes of other types.
 */
public final class SqliteRow {
    private final TableDefinition table;
    private final long rowid;
    private final byte[] payload;
    private final int[] types;
    private final int[] offsets;
    private final int stored;
    private final Charset encoding;

    private SqliteRow(
            TableDefinition table,
            long rowid,
            byte[] payload,
            int[] types,
            int[] offsets,
            int stored,
            Charset encoding) {
        this.table = table;
        this.rowid = rowid;
        this.payload = payload;
        this.types = types;
        this.offsets = offsets;
        this.stored = stored;
        this.encoding = encoding;
    }

    /** Source: "Database File Format", 2.1 Record Format, at sqlite.org. */
    static SqliteRow parse(TableDefinition table, long rowid, byte[] payload, Charset encoding) throws SqliteException {
        Varint varint = new Varint(payload, 0, payload.length);
        long headerSize = varint.next();
        if (headerSize < varint.position() || headerSize > payload.length) {
            throw new SqliteException("a record of table " + table.name() + " is damaged");
        }
        int columns = table.columns().size();
        int[] types = new int[columns];
        int[] offsets = new int[columns];
        int at = (int) headerSize;
        int stored = 0;
        while (varint.position() < headerSize) {
            long type = varint.next();
            long size = sizeOf(type);
            if (varint.position() > headerSize || size < 0 || size > payload.length - at || stored >= columns) {
                throw new SqliteException("a record of table " + table.name() + " is damaged");
            }
            types[stored] = (int) type;
            offsets[stored] = at;
            at += (int) size;
            stored++;
        }
        return new SqliteRow(table, rowid, payload, types, offsets, stored, encoding);
    }

    private static long sizeOf(long type) {
        if (type < 0 || type > Integer.MAX_VALUE) {
            return -1;
        }
        return switch ((int) type) {
            case 0, 8, 9 -> 0;
            case 1 -> 1;
            case 2 -> 2;
            case 3 -> 3;
            case 4 -> 4;
            case 5 -> 6;
            case 6, 7 -> 8;
            case 10, 11 -> -1;
            default -> (type - 12) / 2;
        };
    }

    /** The row's number; 0 in a table without. */
    public long rowid() {
        return rowid;
    }

    /** Bytes of the record. */
    public int size() {
        return payload.length;
    }

    /** A whole number; a fraction is cut off, text is read as a number if it is one, everything else is 0. */
    public long integer(int column) {
        if (column == table.rowidColumn()) {
            return rowid;
        }
        int at = table.storedAt(column);
        if (at >= stored) {
            return 0;
        }
        int type = types[at];
        if (type >= 1 && type <= 6) {
            return bigEndian(offsets[at], (int) sizeOf(type));
        }
        if (type == 7) {
            return (long) Double.longBitsToDouble(bigEndian(offsets[at], 8));
        }
        if (type == 9) {
            return 1;
        }
        if (type >= 13 && type % 2 == 1) {
            try {
                return Long.parseLong(text(column).strip());
            } catch (NumberFormatException notANumber) {
                return 0;
            }
        }
        return 0;
    }

    /** Text; a number becomes its digits, nothing becomes the empty text. Malformed bytes become U+FFFD. */
    public String text(int column) {
        int at = table.storedAt(column);
        if (column == table.rowidColumn()) {
            return Long.toString(rowid);
        }
        if (at >= stored || types[at] == 0) {
            return "";
        }
        int type = types[at];
        if (type >= 12) {
            return new String(payload, offsets[at], (type - 12) / 2, encoding);
        }
        return type == 7
                ? Double.toString(Double.longBitsToDouble(bigEndian(offsets[at], 8)))
                : Long.toString(integer(column));
    }

    /** The bytes of a blob or a text; null if it is neither. */
    public byte @Nullable [] blob(int column) {
        int at = table.storedAt(column);
        if (column == table.rowidColumn() || at >= stored || types[at] < 12) {
            return null;
        }
        byte[] bytes = new byte[(types[at] - 12) / 2];
        System.arraycopy(payload, offsets[at], bytes, 0, bytes.length);
        return bytes;
    }

    private long bigEndian(int at, int bytes) {
        long value = payload[at];
        for (int i = 1; i < bytes; i++) {
            value = value << 8 | payload[at + i] & 0xff;
        }
        return value;
    }
}
