package dev.devmentor.auth.serviceaccount;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.devmentor.auth.token.Scopes;
import dev.devmentor.kit.http.QueryNumber;
import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.identity.PlatformScopes;
import dev.devmentor.kit.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Service accounts of the caller, their keys, and how they are used. */
@Path("/api/auth")
@RunOnVirtualThread
@Tag(name = "Service accounts")
public class ServiceAccountResource {
    private static final String EXAMPLE = "sa-8r3tnq4xw6cvb9hjd2km";
    private static final String KEY_EXAMPLE = "abcdefgh23456789";
    private static final int LONGEST_NAME = 100;
    private static final int MOST_DAYS = 3_650;
    private static final int MOST_REPORTS = 10_000;

    private final ServiceAccounts accounts;
    private final Caller caller;

    ServiceAccountResource(ServiceAccounts accounts, Caller caller) {
        this.accounts = accounts;
        this.caller = caller;
    }

    /** A key as its owner sees it afterwards. */
    @Schema(name = "ApiKey", examples = """
            {"id": "abcdefgh23456789", "prefix": "dm_abcdefgh23456789_", "createdAt": "2026-03-01T10:00:00Z", "expiresAt": "2026-05-30T10:00:00Z",
             "lastUsedAt": "2026-03-02T08:30:00Z", "revokedAt": null, "perMinute": 300, "perDay": 10000}""")
    public record Key(
            String id,
            String prefix,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt,
            @Nullable Instant revokedAt,
            int perMinute,
            int perDay) {}

    /** A service account. */
    @Schema(
            examples =
                    "{\"id\": \"sa-8r3tnq4xw6cvb9hjd2km\", \"name\": \"ci\", \"scopes\": [\"read\"], \"tier\": \"free\", \"createdAt\": \"2026-03-01T10:00:00Z\", \"keys\": []}")
    public record ServiceAccount(
            String id, String name, List<String> scopes, String tier, Instant createdAt, List<Key> keys) {}

    /** All of them. */
    public record ServiceAccountList(List<ServiceAccount> serviceAccounts) {}

    /** A new one. */
    @Schema(examples = "{\"name\": \"ci\", \"scopes\": [\"read\"]}")
    public record NewServiceAccount(
            @Nullable String name, @Nullable List<@Nullable String> scopes) {}

    /**
     * A new key.
     *
     * @param expiresInDays null for never
     * @param perMinute null for the limit of the tier
     * @param perDay null for no quota
     */
    @Schema(examples = "{\"expiresInDays\": 90, \"perMinute\": 300, \"perDay\": 10000}")
    public record NewKey(
            @Nullable Integer expiresInDays,
            @Nullable Integer perMinute,
            @Nullable Integer perDay) {}

    /** @param key shown this once */
    @Schema(examples = "{\"id\": \"abcdefgh23456789\", \"key\": \"dm_abcdefgh23456789_…\"}")
    public record IssuedKey(String id, String key) {}

    /** @param overlapHours how long the old key goes on; null for 24 */
    @Schema(name = "KeyRotation", examples = "{\"overlapHours\": 1}")
    public record Rotation(@Nullable Integer overlapHours) {}

    /** Requests within an hour. */
    @Schema(
            examples =
                    "{\"keyId\": \"abcdefgh23456789\", \"hour\": \"2026-03-01T10:00:00Z\", \"requests\": 120, \"errors\": 2}")
    public record UsageHour(String keyId, Instant hour, long requests, long errors) {}

    /** How keys were used. */
    public record Usage(List<UsageHour> hours) {}

    /** What a gateway counted, from the beginning of the minute up to its report. */
    @Schema(
            examples =
                    "{\"key_id\": \"abcdefgh23456789\", \"minute\": \"2026-03-01T10:07:00Z\", \"requests\": 12, \"errors\": 0}")
    public record Reported(
            @JsonProperty("key_id") @Nullable String keyId,
            @Nullable Instant minute,
            long requests,
            long errors) {}

    @GET
    @Path("service-accounts")
    @RolesAllowed(Caller.LEARNER)
    @Operation(summary = "Service accounts of the caller")
    public ServiceAccountList list() throws SQLException {
        return new ServiceAccountList(accounts.list(caller.id()).stream()
                .map(ServiceAccountResource::view)
                .toList());
    }

    @POST
    @Path("service-accounts")
    @RolesAllowed(Caller.LEARNER)
    @Operation(
            summary = "Make a service account",
            description =
                    "With the scope read its keys read for the caller, with write they do what the caller could, except manage the account. Operators may make one with the scope service, which acts for itself.")
    @APIResponse(
            responseCode = "201",
            description = "It is made, without a key",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ServiceAccount.class)))
    public Response create(@Nullable NewServiceAccount wanted) throws SQLException {
        String name =
                wanted == null || wanted.name() == null ? "" : wanted.name().strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw ProblemException.invalid("'name' has 1 to " + LONGEST_NAME + " characters, none of them a control");
        }
        List<@Nullable String> scopes = wanted == null || wanted.scopes() == null ? List.of() : wanted.scopes();
        Set<String> allowed =
                Scopes.ofServiceAccounts(caller.is(Caller.OPERATOR) ? List.of(Caller.OPERATOR) : List.of());
        if (scopes.isEmpty() || scopes.stream().anyMatch(scope -> scope == null || !allowed.contains(scope))) {
            throw ProblemException.invalid("'scopes' are one or more of "
                    + String.join(", ", allowed.stream().sorted().toList()));
        }
        if (scopes.contains(PlatformScopes.SERVICE) && scopes.size() > 1) {
            throw ProblemException.invalid("a service acts for itself: the scope service goes with no other");
        }
        ServiceAccountTable.Row row = accounts.create(
                caller.id(),
                name,
                String.join(" ", scopes.stream().distinct().sorted().toList()));
        return Response.status(201)
                .entity(view(new ServiceAccounts.WithKeys(row, List.of())))
                .build();
    }

    @DELETE
    @Path("service-accounts/{id}")
    @RolesAllowed(Caller.LEARNER)
    @Operation(summary = "Delete a service account with its keys")
    public void delete(@Parameter(example = EXAMPLE) @PathParam("id") String id) throws SQLException {
        accounts.delete(caller.id(), id);
    }

    @POST
    @Path("service-accounts/{id}/keys")
    @RolesAllowed(Caller.LEARNER)
    @Operation(summary = "Issue a key", description = "It is shown this once; what is kept is its hash.")
    @APIResponse(
            responseCode = "201",
            description = "The key",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = IssuedKey.class)))
    public Response issue(@Parameter(example = EXAMPLE) @PathParam("id") String id, @Nullable NewKey wanted)
            throws SQLException {
        NewKey key = wanted == null ? new NewKey(null, null, null) : wanted;
        Integer days = key.expiresInDays();
        if (days != null && (days < 1 || days > MOST_DAYS)) {
            throw ProblemException.invalid("'expiresInDays' is a number from 1 to " + MOST_DAYS);
        }
        ApiKeyText issued = accounts.issue(
                caller.id(),
                id,
                days,
                limit("perMinute", key.perMinute(), 100_000),
                limit("perDay", key.perDay(), 100_000_000));
        return Response.status(201)
                .header("Cache-Control", "no-store")
                .entity(new IssuedKey(issued.id(), issued.text()))
                .build();
    }

    @POST
    @Path("service-accounts/{id}/keys/{key}/rotate")
    @RolesAllowed(Caller.LEARNER)
    @Operation(
            summary = "Issue a successor of a key",
            description = "The old one goes on for a day, or as long as is said.")
    @APIResponse(
            responseCode = "201",
            description = "The new key",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = IssuedKey.class)))
    public Response rotate(
            @Parameter(example = EXAMPLE) @PathParam("id") String id,
            @Parameter(example = KEY_EXAMPLE) @PathParam("key") String key,
            @Nullable Rotation rotation)
            throws SQLException {
        Integer hours = rotation == null ? null : rotation.overlapHours();
        ApiKeyText issued = accounts.rotate(caller.id(), id, key, Duration.ofHours(hours == null ? 24 : hours));
        return Response.status(201)
                .header("Cache-Control", "no-store")
                .entity(new IssuedKey(issued.id(), issued.text()))
                .build();
    }

    @DELETE
    @Path("service-accounts/{id}/keys/{key}")
    @RolesAllowed(Caller.LEARNER)
    @Operation(summary = "Revoke a key", description = "The gateway may take half a minute to hear of it.")
    public void revoke(
            @Parameter(example = EXAMPLE) @PathParam("id") String id,
            @Parameter(example = KEY_EXAMPLE) @PathParam("key") String key)
            throws SQLException {
        accounts.revoke(caller.id(), id, key);
    }

    @GET
    @Path("service-accounts/{id}/usage")
    @RolesAllowed(Caller.LEARNER)
    @Operation(summary = "Requests by key and hour")
    public Usage usage(
            @Parameter(example = EXAMPLE) @PathParam("id") String id,
            @Parameter(description = "1 to 90", example = "7") @QueryParam("days") @DefaultValue("7") String days)
            throws SQLException {
        int count = QueryNumber.parse("days", days, 1, 90);
        return new Usage(accounts.usage(caller.id(), id, count).stream()
                .map(hour -> new UsageHour(hour.keyId(), hour.hour(), hour.requests(), hour.errors()))
                .toList());
    }

    @POST
    @Path("keys/usage")
    @RolesAllowed(Caller.SERVICE)
    @Operation(
            summary = "A gateway tells what it counted",
            description = "Numbers of a minute so far; telling the same minute again replaces them.")
    @APIResponse(responseCode = "204", description = "They are kept")
    public Response report(
            @HeaderParam("X-Gateway-Instance") @Nullable String instance, @Nullable List<@Nullable Reported> minutes)
            throws SQLException {
        if (!caller.id().equals("api-gateway")) {
            throw ProblemException.forbidden("only the gateway counts requests");
        }
        if (minutes == null) {
            throw ProblemException.invalid("the body is missing");
        }
        if (minutes.size() > MOST_REPORTS) {
            throw ProblemException.tooLarge("at most " + MOST_REPORTS + " minutes at once");
        }
        String reporter = instance == null || instance.isBlank() || instance.length() > 64 ? "gateway" : instance;
        List<ServiceAccounts.Counted> counted = minutes.stream()
                .map(minute -> {
                    if (minute == null
                            || minute.keyId() == null
                            || minute.minute() == null
                            || minute.requests() < 0
                            || minute.errors() < 0) {
                        throw ProblemException.invalid("each minute has key_id, minute, requests and errors");
                    }
                    return new ServiceAccounts.Counted(
                            minute.keyId(),
                            minute.minute().truncatedTo(ChronoUnit.MINUTES),
                            minute.requests(),
                            minute.errors());
                })
                .toList();
        accounts.report(reporter, counted);
        return Response.noContent().build();
    }

    private static int limit(String name, @Nullable Integer wanted, int most) {
        if (wanted == null) {
            return 0;
        }
        if (wanted < 1 || wanted > most) {
            throw ProblemException.invalid("'" + name + "' is a number from 1 to " + most);
        }
        return wanted;
    }

    private static ServiceAccount view(ServiceAccounts.WithKeys account) {
        ServiceAccountTable.Row row = account.account();
        return new ServiceAccount(
                row.id(),
                row.name(),
                row.scope().isEmpty() ? List.of() : List.of(row.scope().split(" ")),
                row.tier(),
                row.createdAt(),
                account.keys().stream()
                        .map(key -> new Key(
                                key.id(),
                                "dm_" + key.id() + "_",
                                key.createdAt(),
                                key.expiresAt(),
                                key.lastUsedAt(),
                                key.revokedAt(),
                                key.perMinute(),
                                key.perDay()))
                        .toList());
    }
}
