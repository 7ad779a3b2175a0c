package dev.devmentor.auth.password;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a password has to be. */
@Path("/api/auth/password-policy")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Passwords")
public class PasswordPolicyResource {
    private final PasswordPolicy policy;

    PasswordPolicyResource(PasswordPolicy policy) {
        this.policy = policy;
    }

    /**
     * What a password has to be.
     *
     * @param minLength fewest characters
     * @param maxLength most characters
     * @param commonPasswords how many are on the list of those that are refused
     * @param rules in words, for people
     */
    @Schema(name = "PasswordPolicy", examples = """
            {"minLength": 12, "maxLength": 256, "commonPasswords": 49193,
             "rules": ["12 to 256 characters of any kind; blanks count, nothing is cut off"]}""")
    public record Policy(int minLength, int maxLength, int commonPasswords, List<String> rules) {}

    @GET
    @PermitAll
    @Operation(summary = "What a password has to be", description = "Works without a token.")
    public Policy policy() {
        return new Policy(
                PasswordRules.SHORTEST,
                PasswordRules.LONGEST,
                policy.listed(),
                List.of(
                        "12 to 256 characters of any kind; blanks count, nothing is cut off",
                        "not one that many people have, also not with a year, a sign or numbers for letters",
                        "not with your name, the part of your address before the @, or ours",
                        "no repetition, no row of neighbouring keys"));
    }
}
