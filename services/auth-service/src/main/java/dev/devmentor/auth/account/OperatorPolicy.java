package dev.devmentor.auth.account;

import dev.devmentor.kit.identity.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What it takes to be an operator in a session. */
@ApplicationScoped
public class OperatorPolicy {
    private final boolean needsSecondFactor;

    OperatorPolicy(
            @ConfigProperty(name = "devmentor.auth.operators-need-second-factor", defaultValue = "false")
                    boolean needsSecondFactor) {
        this.needsSecondFactor = needsSecondFactor;
    }

    /** Whether an operator who has not shown a second factor is none. */
    public boolean needsSecondFactor() {
        return needsSecondFactor;
    }

    /** Whether somebody would be an operator had they shown a second factor. */
    boolean isWithheld(Account account, Caller caller) {
        return needsSecondFactor() && account.roles().contains(Caller.OPERATOR) && !caller.is(Caller.OPERATOR);
    }
}
