package dev.devmentor.kit.personaldata;

import java.util.Map;
import java.util.Set;

/**
 * A part of what is held of a person.
 *
 * @param name for people, in lower case with hyphens
 * @param tables from which its rows come
 * @param query with the person's key as its only parameter, and an order; each row is one of the section
 * @param columns those that are written in another way than {@link PersonalRows} has by itself
 */
public record Section(String name, Set<String> tables, String query, Map<String, ColumnWriter> columns) {
    public Section {
        tables = Set.copyOf(tables);
        columns = Map.copyOf(columns);
    }

    /** All columns of one table but the person's key. */
    public static Section ofTable(
            String name, String table, String keyColumn, String order, Map<String, ColumnWriter> columns) {
        Map<String, ColumnWriter> all = new java.util.HashMap<>(columns);
        all.put(keyColumn, ColumnWriter.OMITTED);
        return new Section(
                name, Set.of(table), "SELECT * FROM " + table + " WHERE " + keyColumn + " = ? ORDER BY " + order, all);
    }
}
