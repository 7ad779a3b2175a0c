package dev.devmentor.gateway.graphql;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** Limits of a GraphQL request. */
@ConfigMapping(prefix = "devmentor.gateway.graphql")
public interface GraphqlConfig {
    /** Time for one question to a service, from sending it to the end of its answer. */
    @WithDefault("5S")
    @DurationMin(millis = 1)
    Duration timeout();

    /** Largest answer of a service, in bytes. */
    @WithDefault("4194304")
    @Min(1) int maxAnswerBytes();

    /** Most questions to services in one request. */
    @WithDefault("120")
    @Min(1) int maxReads();

    /** Longest query, in characters. */
    @WithDefault("10000")
    @Min(1) int maxLength();

    /** Most fields below one another. */
    @WithDefault("8")
    @Min(1) int maxDepth();

    /** Highest cost; docs/graphql.md says how it is counted. */
    @WithDefault("5000")
    @Min(1) long maxCost();

    /** Most fields under another name. */
    @WithDefault("30")
    @Min(0) int maxAliases();

    /** Most operations in one document. */
    @WithDefault("5")
    @Min(1) int maxOperations();
}
