package dev.devmentor.gateway.graphql;

import graphql.language.Argument;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.IntValue;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an operation may cost at most: 1 for each field of each thing, 10 for each read that a field makes for all things
 * together, 50 for each read that it makes for every one. A list counts as many times as its page is long ({@code limit}, or
 * its default), or 5 where it has no pages. Takes time in proportion to the document's length.
 */
final class Cost {
    private static final String LIMIT = "limit";
    private static final long READ = 10;
    private static final long READ_OF_EACH = 50;
    private static final long USUAL_LIST = 5;
    private static final long MOST = Long.MAX_VALUE / 1_000;

    /** Fields that lead to another read, which is one for a whole list. */
    private static final Set<String> BATCHED = Set.of("standings", "standing", "hints", "pattern");
    /** Fields that lead to a read for each thing. */
    private static final Set<String> EACH = Set.of("report", "card");

    private final GraphQLSchema schema;
    private final Map<String, FragmentDefinition> fragments;
    private final Map<String, Object> variables;
    private final Map<Known, Long> known = new HashMap<>();

    Cost(GraphQLSchema schema, Map<String, FragmentDefinition> fragments, Map<String, Object> variables) {
        this.schema = schema;
        this.fragments = fragments;
        this.variables = variables;
    }

    /** A fragment costs the same wherever its lists are as long. */
    private record Known(String fragment, long page) {}

    /** The cost of a valid operation. */
    long of(OperationDefinition operation) {
        return Math.min(set(operation.getSelectionSet(), schema.getQueryType(), USUAL_LIST), MOST);
    }

    private long set(@Nullable SelectionSet set, GraphQLFieldsContainer type, long page) {
        long cost = 0;
        if (set == null) {
            return cost;
        }
        for (Selection<?> selection : selections(set)) {
            cost = add(
                    cost,
                    switch (selection) {
                        case Field field -> field(field, type, page);
                        case InlineFragment inline ->
                            set(
                                    inline.getSelectionSet(),
                                    inline.getTypeCondition() == null
                                            ? type
                                            : container(
                                                    inline.getTypeCondition().getName(), type),
                                    page);
                        case FragmentSpread spread -> fragment(spread.getName(), type, page);
                        default -> 0L;
                    });
        }
        return cost;
    }

    private long fragment(String name, GraphQLFieldsContainer type, long page) {
        FragmentDefinition fragment = fragments.get(name);
        if (fragment == null) {
            return 0;
        }
        Known key = new Known(name, page);
        Long before = known.get(key);
        if (before != null) {
            return before;
        }
        long cost = set(
                fragment.getSelectionSet(),
                container(fragment.getTypeCondition().getName(), type),
                page);
        known.put(key, cost);
        return cost;
    }

    private GraphQLFieldsContainer container(String name, GraphQLFieldsContainer otherwise) {
        return schema.getType(name) instanceof GraphQLFieldsContainer found ? found : otherwise;
    }

    private long field(Field field, GraphQLFieldsContainer type, long page) {
        GraphQLFieldDefinition definition = type.getFieldDefinition(field.getName());
        if (definition == null) {
            return 1; // introspection, which reads nothing
        }
        Long limit = limit(field, definition);
        boolean list = isList(definition.getType());
        long below = GraphQLTypeUtil.unwrapAll(definition.getType()) instanceof GraphQLFieldsContainer inner
                ? set(field.getSelectionSet(), inner, limit == null ? USUAL_LIST : limit)
                : 0;
        return add(own(definition, type), list ? multiply(below, limit == null ? page : limit) : below);
    }

    private long own(GraphQLFieldDefinition definition, GraphQLFieldsContainer type) {
        if (type == schema.getQueryType()) {
            return READ;
        }
        if (EACH.contains(definition.getName())) {
            return READ_OF_EACH;
        }
        return BATCHED.contains(definition.getName()) ? 2 : 1;
    }

    private @Nullable Long limit(Field field, GraphQLFieldDefinition definition) {
        GraphQLArgument argument = definition.getArgument(LIMIT);
        if (argument == null) {
            return null;
        }
        for (Argument given : field.getArguments()) {
            if (given.getName().equals(LIMIT)) {
                return number(given.getValue());
            }
        }
        Object usual = GraphQLArgument.getArgumentDefaultValue(argument);
        return usual instanceof Number number ? clamp(number.longValue()) : 20L;
    }

    private long number(Value<?> value) {
        if (value instanceof IntValue number) {
            return number.getValue().bitLength() < Integer.SIZE
                    ? clamp(number.getValue().longValue())
                    : MOST;
        }
        if (value instanceof VariableReference variable && variables.get(variable.getName()) instanceof Number number) {
            return clamp(number.longValue());
        }
        return 20;
    }

    private static long clamp(long number) {
        return Math.clamp(number, 1, Integer.MAX_VALUE);
    }

    private static boolean isList(GraphQLType type) {
        return type instanceof GraphQLList
                || (type instanceof GraphQLNonNull nonNull && isList(nonNull.getWrappedType()));
    }

    private static long add(long a, long b) {
        return Math.min(a + b, MOST);
    }

    private static long multiply(long a, long b) {
        return a != 0 && b > MOST / a ? MOST : Math.min(a * b, MOST);
    }

    @SuppressWarnings({"rawtypes", "unchecked"}) // graphql-java has them raw
    private static List<Selection<?>> selections(SelectionSet set) {
        return (List) set.getSelections();
    }
}
