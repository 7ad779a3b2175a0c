package dev.devmentor.gateway.graphql;

import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The outer measures of a document. Takes time in proportion to its length, whatever it holds: every fragment is looked at once.
 *
 * @param depth most fields below one another; introspection, which has a depth of its own, is left out
 * @param cyclic whether a fragment holds itself
 */
record Shape(int operations, int aliases, int depth, boolean cyclic) {
    static Shape of(Document document) {
        return new Measure(document).shape();
    }

    /** What is too much about it; null if nothing is. */
    @Nullable String problem(GraphqlConfig config) {
        if (cyclic) {
            return "a fragment holds itself";
        }
        if (operations > config.maxOperations()) {
            return "a document has at most " + config.maxOperations() + " operations";
        }
        if (aliases > config.maxAliases()) {
            return "a document has at most " + config.maxAliases() + " aliases";
        }
        return depth > config.maxDepth() ? "fields are at most " + config.maxDepth() + " deep" : null;
    }

    private static final class Measure {
        private final Document document;
        private final Map<String, FragmentDefinition> fragments = new HashMap<>();
        private final Map<String, Integer> depths = new HashMap<>();
        private final Set<String> under = new HashSet<>();
        private int aliases;
        private boolean cyclic;

        private Measure(Document document) {
            this.document = document;
            document.getDefinitionsOfType(FragmentDefinition.class)
                    .forEach(fragment -> fragments.put(fragment.getName(), fragment));
        }

        private Shape shape() {
            int depth = 0;
            int operations = 0;
            for (OperationDefinition operation : document.getDefinitionsOfType(OperationDefinition.class)) {
                operations++;
                depth = Math.max(depth, depth(operation.getSelectionSet()));
            }
            return new Shape(operations, aliases, depth, cyclic);
        }

        private int depth(@Nullable SelectionSet set) {
            int deepest = 0;
            for (Selection<?> selection : set == null ? List.<Selection<?>>of() : selections(set)) {
                int depth = switch (selection) {
                    case Field field -> field(field);
                    case InlineFragment inline -> depth(inline.getSelectionSet());
                    case FragmentSpread spread -> fragment(spread.getName());
                    default -> 0;
                };
                deepest = Math.max(deepest, depth);
            }
            return deepest;
        }

        private int field(Field field) {
            aliases += field.getAlias() == null ? 0 : 1;
            return field.getName().startsWith("__") ? 0 : 1 + depth(field.getSelectionSet());
        }

        private int fragment(String name) {
            Integer known = depths.get(name);
            FragmentDefinition fragment = fragments.get(name);
            if (known != null || fragment == null) {
                return known == null ? 0 : known;
            }
            if (!under.add(name)) {
                cyclic = true;
                return 0;
            }
            int depth = depth(fragment.getSelectionSet());
            under.remove(name);
            depths.put(name, depth);
            return depth;
        }

        @SuppressWarnings({"rawtypes", "unchecked"}) // graphql-java has them raw
        private static List<Selection<?>> selections(SelectionSet set) {
            return (List) set.getSelections();
        }
    }
}
