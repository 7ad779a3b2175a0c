package dev.devmentor.kit.identity;

import dev.devmentor.kit.problem.ProblemException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import jakarta.json.JsonString;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Who calls, from the verified token. */
@RequestScoped
public class Caller {
    /** Role of a person who learns. */
    public static final String LEARNER = "learner";
    /** Role of a person who runs the platform. */
    public static final String OPERATOR = "operator";
    /** Role of another service. */
    public static final String SERVICE = "service";

    private static final int LONGEST_SUBJECT = 64;
    private static final int LONGEST_TEAM = 64;
    private static final int MOST_TEAMS = 64;

    private final JsonWebToken token;
    private final SecurityIdentity identity;

    Caller(JsonWebToken token, SecurityIdentity identity) {
        this.token = token;
        this.identity = identity;
    }

    /** The caller's id: the token's {@code sub}, which is the learner id. */
    public String id() {
        String subject = token.getSubject();
        if (subject == null || subject.isEmpty() || subject.length() > LONGEST_SUBJECT) {
            throw ProblemException.forbidden("the token names no person");
        }
        return subject;
    }

    /**
     * Ids of the teams that the caller belongs to: the token's {@code teams}; none if it has no such claim.
     *
     * @throws ProblemException 403 if the claim is no list of texts, or larger than any that is issued
     */
    public List<String> teams() {
        Object claim = token.getClaim("teams");
        if (claim == null) {
            return List.of();
        }
        if (!(claim instanceof Collection<?> elements) || elements.size() > MOST_TEAMS) {
            throw ProblemException.forbidden("the token's teams are no list of at most " + MOST_TEAMS);
        }
        Set<String> teams = new LinkedHashSet<>();
        for (Object element : elements) {
            String team = element instanceof JsonString text ? text.getString() : element instanceof String s ? s : "";
            if (team.isEmpty() || team.length() > LONGEST_TEAM) {
                throw ProblemException.forbidden(
                        "a team of the token is no text of 1 to " + LONGEST_TEAM + " characters");
            }
            teams.add(team);
        }
        return List.copyOf(teams);
    }

    /** Whether the caller has a role. */
    public boolean is(String role) {
        return identity.hasRole(role);
    }

    /** Refuses a token whose {@code scope} has none of the names. */
    public void mustHaveScope(String... oneOf) {
        Object scope = token.getClaim("scope");
        List<String> granted =
                scope == null ? List.of() : List.of(scope.toString().split(" "));
        for (String name : oneOf) {
            if (granted.contains(name)) {
                return;
            }
        }
        throw ProblemException.forbidden("the token's scope is not enough for this");
    }

    /** Refuses, as if it did not exist, what belongs to somebody else. Operators don't read people's data either. */
    public void mustBe(String learner) {
        if (!id().equals(learner)) {
            throw ProblemException.notFound("no such learner, or not yours to see");
        }
    }
}
