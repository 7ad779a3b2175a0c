package dev.devmentor.auth.password;

import dev.devmentor.kit.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Decides whether somebody may take a password. */
@ApplicationScoped
public class PasswordPolicy {
    private static final String SITE = "devmentor";

    private final PasswordRules rules = new PasswordRules(CommonPasswords.bundled());

    /**
     * Refuses a password that is too easy to guess.
     *
     * @param email of the person; what stands before the @ must not be in it
     * @param name of the person, or nothing
     * @throws ProblemException 400 with the reason
     */
    public void require(String password, String email, String name) {
        List<String> names = new ArrayList<>(List.of(SITE));
        int at = email.lastIndexOf('@');
        names.add(at < 0 ? email : email.substring(0, at));
        names.addAll(List.of(name.split("\\s+")));
        String refusal = rules.refusal(password, names);
        if (refusal != null) {
            throw ProblemException.invalid(refusal);
        }
    }

    int listed() {
        return rules.listed();
    }
}
