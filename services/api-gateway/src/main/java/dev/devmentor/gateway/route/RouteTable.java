package dev.devmentor.gateway.route;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route of a path in a tree of segments, without allocating anything. An exact route counts before one for the prefix, a
 * longer prefix before a shorter one. A closed prefix leads nowhere, whatever shorter prefix there is.
 */
final class RouteTable {
    /**
     * An entry of the table.
     *
     * @param prefix in whole segments, beginning with a slash
     * @param exact whether only the path itself is meant, and nothing below
     * @param route null if the prefix leads nowhere
     */
    record Entry(String prefix, boolean exact, @Nullable Route route) {}

    private static final class Node {
        final String segment;
        Node[] children = {};

        @Nullable Entry exact;

        @Nullable Entry prefix;

        Node(String segment) {
            this.segment = segment;
        }
    }

    private final Node root = new Node("");
    private final List<Route> routes;

    RouteTable(Collection<Entry> entries) {
        Map<String, Route> named = new LinkedHashMap<>();
        for (Entry entry : entries) {
            put(entry);
            Route route = entry.route;
            if (route != null && named.put(route.name(), route) != null) {
                throw new IllegalArgumentException("two routes are named " + route.name());
            }
        }
        routes = List.copyOf(named.values());
    }

    /** All routes, in the order in which they were given. */
    List<Route> routes() {
        return routes;
    }

    @Nullable Route find(String path) {
        int length = path.length();
        if (length == 0 || path.charAt(0) != '/') {
            return null;
        }
        Node node = root;
        Entry best = root.prefix;
        int start = 1;
        if (length == 1) {
            best = root.exact == null ? best : root.exact;
        }
        while (start < length) {
            int end = path.indexOf('/', start);
            boolean last = end < 0;
            if (last) {
                end = length;
            }
            node = child(node, path, start, end);
            if (node == null) {
                break;
            }
            if (node.prefix != null) {
                best = node.prefix;
            }
            if (last && node.exact != null) {
                best = node.exact;
            }
            start = end + 1;
        }
        return best == null ? null : best.route;
    }

    private void put(Entry entry) {
        if (!entry.prefix.startsWith("/") || (entry.prefix.length() > 1 && entry.prefix.endsWith("/"))) {
            throw new IllegalArgumentException(
                    "the prefix " + entry.prefix + " does not begin with a slash, or ends with one");
        }
        Node node = root;
        if (entry.prefix.length() > 1) {
            for (String segment : entry.prefix.substring(1).split("/", -1)) {
                Node next = child(node, segment, 0, segment.length());
                if (next == null) {
                    next = new Node(segment);
                    List<Node> children = new ArrayList<>(Arrays.asList(node.children));
                    children.add(next);
                    children.sort((a, b) -> compare(a.segment, b.segment, 0, b.segment.length()));
                    node.children = children.toArray(Node[]::new);
                }
                node = next;
            }
        }
        if ((entry.exact ? node.exact : node.prefix) != null) {
            throw new IllegalArgumentException("two routes have the prefix " + (entry.exact ? "=" : "") + entry.prefix);
        }
        if (entry.exact) {
            node.exact = entry;
        } else {
            node.prefix = entry;
        }
    }

    private static @Nullable Node child(Node node, String path, int start, int end) {
        Node[] children = node.children;
        int low = 0;
        int high = children.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = compare(children[middle].segment, path, start, end);
            if (order == 0) {
                return children[middle];
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return null;
    }

    /** By length first, then by characters. */
    private static int compare(String segment, String path, int start, int end) {
        int order = segment.length() - (end - start);
        for (int i = 0; order == 0 && i < segment.length(); i++) {
            order = segment.charAt(i) - path.charAt(start + i);
        }
        return order;
    }
}
