package dev.devmentor.gateway.graphql;

import dev.devmentor.gateway.graphql.AuthTypes.LoginSession;
import dev.devmentor.gateway.graphql.AuthTypes.LoginSessions;
import dev.devmentor.gateway.graphql.AuthTypes.Me;
import dev.devmentor.gateway.graphql.AuthTypes.Team;
import dev.devmentor.gateway.graphql.AuthTypes.Teams;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Query;
import org.eclipse.microprofile.graphql.Source;
import org.jspecify.annotations.Nullable;

/** Who the caller is. */
@GraphQLApi
public class AuthQueries {
    static final String SERVICE = "auth-service";

    private final Reads reads;

    AuthQueries(Reads reads) {
        this.reads = reads;
    }

    @Query
    @Description("The caller.")
    public Uni<@Nullable Me> me() {
        return reads.get(SERVICE, Target.of("/api/auth/me"), Me.class);
    }

    @Description("Where the caller is logged in.")
    public Uni<@Nullable List<LoginSession>> sessions(@Source Me me) {
        return reads.get(SERVICE, Target.of("/api/auth/sessions"), LoginSessions.class)
                .map(LoginSessions::sessions);
    }

    @Description("The caller's teams.")
    public Uni<@Nullable List<Team>> teams(@Source Me me) {
        return reads.get(SERVICE, Target.of("/api/auth/teams"), Teams.class).map(Teams::teams);
    }
}
