package dev.devmentor.auth.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** From where, and what helps who investigates: one part of an entry, as JSON. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record AuditOrigin(@Nullable String address, SortedMap<String, String> details) {}
