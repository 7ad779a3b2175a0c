package dev.devmentor.gateway.flag;

import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.FeatureProvider;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.Metadata;
import dev.openfeature.sdk.ProviderEvaluation;
import dev.openfeature.sdk.Reason;
import dev.openfeature.sdk.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers OpenFeature's questions from the local copy. Never waits for anything. */
final class CopyProvider implements FeatureProvider {
    private static final String ROLES = "roles";
    private static final String TIER = "tier";
    private static final String TEAMS = "teams";

    private final LocalCopy copy;

    CopyProvider(LocalCopy copy) {
        this.copy = copy;
    }

    /** A subject, as OpenFeature wants it. */
    static EvaluationContext context(Subject subject) {
        Map<String, Value> attributes = new HashMap<>();
        attributes.put(ROLES, new Value(subject.roles().stream().map(Value::new).toList()));
        attributes.put(TIER, new Value(subject.tier()));
        attributes.put(TEAMS, new Value(subject.teams().stream().map(Value::new).toList()));
        String id = subject.id();
        return id == null ? new ImmutableContext(attributes) : new ImmutableContext(id, attributes);
    }

    private static Subject subject(@Nullable EvaluationContext context) {
        if (context == null) {
            return Subject.ANYBODY;
        }
        Value tier = context.getValue(TIER);
        return new Subject(
                context.getTargetingKey(),
                texts(context.getValue(ROLES)),
                tier != null && tier.isString() ? tier.asString() : Subject.ANYBODY.tier(),
                texts(context.getValue(TEAMS)));
    }

    private static List<String> texts(@Nullable Value value) {
        return value != null && value.isList()
                ? value.asList().stream()
                        .filter(Value::isString)
                        .map(Value::asString)
                        .toList()
                : List.of();
    }

    @Override
    public Metadata getMetadata() {
        return () -> "local-copy";
    }

    @Override
    public ProviderEvaluation<Boolean> getBooleanEvaluation(String key, Boolean otherwise, EvaluationContext context) {
        return evaluate(key, otherwise, context, value -> value instanceof Boolean is ? is : null);
    }

    @Override
    public ProviderEvaluation<String> getStringEvaluation(String key, String otherwise, EvaluationContext context) {
        return evaluate(key, otherwise, context, value -> value instanceof String is ? is : null);
    }

    @Override
    public ProviderEvaluation<Integer> getIntegerEvaluation(String key, Integer otherwise, EvaluationContext context) {
        return evaluate(
                key,
                otherwise,
                context,
                value -> value instanceof Double is && is == is.intValue() ? is.intValue() : null);
    }

    @Override
    public ProviderEvaluation<Double> getDoubleEvaluation(String key, Double otherwise, EvaluationContext context) {
        return evaluate(key, otherwise, context, value -> value instanceof Double is ? is : null);
    }

    @Override
    public ProviderEvaluation<Value> getObjectEvaluation(String key, Value otherwise, EvaluationContext context) {
        return evaluate(key, otherwise, context, value -> switch (value) {
            case Boolean is -> new Value(is);
            case String is -> new Value(is);
            case Double is -> new Value(is);
            default -> null;
        });
    }

    private <T> ProviderEvaluation<T> evaluate(
            String key, T otherwise, EvaluationContext context, Function<Object, @Nullable T> as) {
        ProviderEvaluation<T> evaluation = new ProviderEvaluation<>();
        Flag flag = copy.flags().get(key);
        if (flag == null) {
            return failed(evaluation, otherwise, ErrorCode.FLAG_NOT_FOUND);
        }
        Flag.Choice choice = flag.choose(subject(context));
        T value = as.apply(choice.value());
        if (value == null) {
            return failed(evaluation, otherwise, ErrorCode.TYPE_MISMATCH);
        }
        evaluation.setValue(value);
        evaluation.setVariant(choice.variant());
        evaluation.setReason(reason(choice.why()).name());
        return evaluation;
    }

    private static <T> ProviderEvaluation<T> failed(ProviderEvaluation<T> evaluation, T otherwise, ErrorCode code) {
        evaluation.setValue(otherwise);
        evaluation.setErrorCode(code);
        evaluation.setReason(Reason.ERROR.name());
        return evaluation;
    }

    private static Reason reason(Flag.Why why) {
        return switch (why) {
            case DISABLED -> Reason.DISABLED;
            case STATIC -> Reason.STATIC;
            case RULE -> Reason.TARGETING_MATCH;
            case SPLIT -> Reason.SPLIT;
            case DEFAULT -> Reason.DEFAULT;
        };
    }
}
