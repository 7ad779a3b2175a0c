package dev.devmentor.anki.sqlite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A table as its {@code CREATE TABLE} statement declares it: enough of SQL to know which value of a record belongs to
 * which column, and no more.
 */
final class TableDefinition {
    private static final Set<String> CONSTRAINTS = Set.of("constraint", "primary", "unique", "check", "foreign");

    private final String name;
    private final int root;
    private final List<String> columns;
    private final int rowidColumn;
    private final boolean withoutRowid;
    private final int[] storedAt;

    private TableDefinition(
            String name, int root, List<String> columns, int rowidColumn, boolean withoutRowid, int[] storedAt) {
        this.name = name;
        this.root = root;
        this.columns = columns;
        this.rowidColumn = rowidColumn;
        this.withoutRowid = withoutRowid;
        this.storedAt = storedAt;
    }

    /** The table of tables itself. */
    static TableDefinition schema() {
        return new TableDefinition(
                "sqlite_schema", 1, List.of("type", "name", "tbl_name", "rootpage", "sql"), -1, false, new int[] {
                    0, 1, 2, 3, 4
                });
    }

    static TableDefinition parse(String name, int root, String sql) throws SqliteException {
        List<String> tokens = tokens(sql);
        int at = tokens.indexOf("(");
        if (at < 0
                || tokens.size() < 2
                || !tokens.get(0).equals("create")
                || !tokens.get(1).equals("table")) {
            throw new SqliteException("table " + name + " is not declared in a way that is read here");
        }
        List<String> columns = new ArrayList<>();
        List<String> types = new ArrayList<>();
        List<String> primaryKey = new ArrayList<>();
        int depth = 1;
        List<String> definition = new ArrayList<>();
        for (at++; at < tokens.size() && depth > 0; at++) {
            String token = tokens.get(at);
            depth += token.equals("(") ? 1 : token.equals(")") ? -1 : 0;
            if (depth > 1 || depth == 1 && !token.equals(",")) {
                definition.add(token);
                continue;
            }
            if (definition.isEmpty()) {
                continue;
            }
            String first = definition.getFirst();
            int key = primaryKeyAt(definition);
            if (CONSTRAINTS.contains(first)) {
                if (key >= 0) {
                    primaryKey.addAll(namesBehind(definition, key));
                }
            } else {
                columns.add(first);
                types.add(definition.size() > 1 ? definition.get(1) : "");
                if (key >= 0) {
                    primaryKey.add(first);
                }
            }
            definition.clear();
        }
        if (depth != 0 || columns.isEmpty() || columns.size() > 200) {
            throw new SqliteException("table " + name + " is not declared in a way that is read here");
        }
        List<String> rest = tokens.subList(at, tokens.size());
        boolean withoutRowid = rest.contains("without") && rest.contains("rowid");
        int key = primaryKey.size() == 1 ? columns.indexOf(primaryKey.getFirst()) : -1;
        // A primary key of type INTEGER is the row's number and stored nowhere else.
        int rowidColumn = key >= 0 && types.get(key).equals("integer") ? key : -1;
        return new TableDefinition(
                name,
                root,
                List.copyOf(columns),
                withoutRowid ? -1 : rowidColumn,
                withoutRowid,
                storage(columns, withoutRowid ? primaryKey : List.of()));
    }

    /** Without row numbers the columns of the primary key are stored first. */
    private static int[] storage(List<String> columns, List<String> first) {
        List<String> order = new ArrayList<>();
        for (String column : first) {
            if (columns.contains(column) && !order.contains(column)) {
                order.add(column);
            }
        }
        for (String column : columns) {
            if (!order.contains(column)) {
                order.add(column);
            }
        }
        int[] storedAt = new int[columns.size()];
        Arrays.setAll(storedAt, i -> order.indexOf(columns.get(i)));
        return storedAt;
    }

    private static int primaryKeyAt(List<String> definition) {
        for (int i = 0; i + 1 < definition.size(); i++) {
            if (definition.get(i).equals("primary") && definition.get(i + 1).equals("key")) {
                return i;
            }
        }
        return -1;
    }

    private static List<String> namesBehind(List<String> definition, int key) {
        List<String> names = new ArrayList<>();
        boolean expected = false;
        for (String token : definition.subList(key + 2, definition.size())) {
            if (token.equals("(") || token.equals(",")) {
                expected = true;
            } else if (token.equals(")")) {
                break;
            } else if (expected) {
                names.add(token);
                expected = false;
            }
        }
        return names;
    }

    /** Words in small letters, names without their quotes, and the three signs that matter. */
    private static List<String> tokens(String sql) throws SqliteException {
        List<String> tokens = new ArrayList<>();
        int at = 0;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (c == '-' && sql.startsWith("--", at)) {
                int end = sql.indexOf('\n', at);
                at = end < 0 ? sql.length() : end;
            } else if (c == '/' && sql.startsWith("/*", at)) {
                int end = sql.indexOf("*/", at + 2);
                at = end < 0 ? sql.length() : end + 2;
            } else if (c == '(' || c == ')' || c == ',') {
                tokens.add(String.valueOf(c));
                at++;
            } else if (c == '"' || c == '\'' || c == '`' || c == '[') {
                int end = sql.indexOf(c == '[' ? ']' : c, at + 1);
                if (end < 0) {
                    throw new SqliteException("a table is declared with a name that does not end");
                }
                tokens.add(sql.substring(at + 1, end).toLowerCase(Locale.ROOT));
                at = end + 1;
            } else if (Character.isLetterOrDigit(c) || c == '_') {
                int end = at;
                while (end < sql.length() && (Character.isLetterOrDigit(sql.charAt(end)) || sql.charAt(end) == '_')) {
                    end++;
                }
                tokens.add(sql.substring(at, end).toLowerCase(Locale.ROOT));
                at = end;
            } else {
                at++;
            }
        }
        return tokens;
    }

    String name() {
        return name;
    }

    int root() {
        return root;
    }

    List<String> columns() {
        return columns;
    }

    /** The column that is the row's number; −1 if none is. */
    int rowidColumn() {
        return rowidColumn;
    }

    boolean withoutRowid() {
        return withoutRowid;
    }

    /** Place of a declared column in the record. */
    int storedAt(int column) {
        return storedAt[column];
    }
}
