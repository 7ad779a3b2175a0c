package dev.devmentor.auth.token;

import dev.devmentor.auth.audit.AuditEntry;
import dev.devmentor.auth.audit.AuditLog;
import dev.devmentor.auth.client.ClientInfo;
import dev.devmentor.auth.client.Grants;
import dev.devmentor.auth.client.OAuthClient;
import dev.devmentor.kit.transaction.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The launcher on a laptop acts for anybody (RFC 8693, with {@code requested_subject} instead of a subject token). Whoever reads the
 * launcher's secret can be anybody; without that secret in the configuration nobody can use this.
 */
@ApplicationScoped
class LauncherGrant implements TokenGrant {
    private static final Set<String> ROLES = Set.of("learner", "operator", "service");
    private static final int LONGEST_ID = 64;

    private final AccessTokens tokens;
    private final Transactions transactions;
    private final AuditLog audit;

    LauncherGrant(AccessTokens tokens, Transactions transactions, AuditLog audit) {
        this.tokens = tokens;
        this.transactions = transactions;
        this.audit = audit;
    }

    @Override
    public String type() {
        return Grants.TOKEN_EXCHANGE;
    }

    @Override
    public Object grant(OAuthClient client, Form form, ClientInfo from) throws SQLException {
        String subject = form.required("requested_subject");
        if (subject.length() > LONGEST_ID || subject.isBlank()) {
            throw OAuthException.of("invalid_request", "'requested_subject' has 1 to " + LONGEST_ID + " characters");
        }
        List<String> roles = names(form.optional("roles"), "learner");
        if (!ROLES.containsAll(roles)) {
            throw OAuthException.of("invalid_request", "'roles' are learner, operator, service");
        }
        String tier = form.optional("tier");
        List<String> teams = names(form.optional("teams"), null);
        String usual = roles.contains("service") ? "service" : Scopes.of(roles);
        String scope = form.optional("scope") == null ? usual : form.required("scope");
        transactions.execute(work -> {
            audit.record(
                    work.connection(),
                    AuditEntry.of("launcher.acted-for", subject, from.address())
                            .by(client.id())
                            .with("roles", String.join(" ", roles)));
        });
        String token = tokens.mint(
                new AccessTokens.Subject(subject, roles, scope, tier == null ? "free" : tier, teams, client.id()));
        return new TokenAnswer(token, "Bearer", tokens.lifetime().toSeconds(), null, scope);
    }

    private static List<String> names(@Nullable String text, @Nullable String usual) {
        String value = text == null ? usual : text;
        return value == null ? List.of() : List.of(value.strip().split(" +"));
    }
}
