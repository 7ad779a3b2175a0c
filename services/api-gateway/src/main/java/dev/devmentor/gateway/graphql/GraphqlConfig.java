package dev.devmentor.gateway.graphql;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of a GraphQL request. */
@ConfigMapping(prefix = "devmentor.gateway.graphql")
interface GraphqlConfig {
    /** Time for one question to a service, from sending it to the end of its answer. */
    @WithDefault("5S")
    Duration timeout();

    /** Largest answer of a service, in bytes. */
    @WithDefault("4194304")
    int maxAnswerBytes();

    /** Most questions to services in one request. */
    @WithDefault("120")
    int maxReads();

    /** Longest query, in characters. */
    @WithDefault("10000")
    int maxLength();

    /** Most fields below one another. */
    @WithDefault("8")
    int maxDepth();

    /** Highest cost; docs/graphql.md says how it is counted. */
    @WithDefault("5000")
    long maxCost();

    /** Most fields under another name. */
    @WithDefault("30")
    int maxAliases();

    /** Most operations in one document. */
    @WithDefault("5")
    int maxOperations();
}
