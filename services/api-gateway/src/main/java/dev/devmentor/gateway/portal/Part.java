package dev.devmentor.gateway.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Predicate;

/**
 * What one service says that it offers.
 *
 * @param document OpenAPI 3; never changed
 * @param isCurrent whether the service said so now; otherwise it is what it said before it went down
 * @param isServed whether a path of the document is routed to the service
 */
record Part(String service, ObjectNode document, boolean isCurrent, Predicate<String> isServed) {}
