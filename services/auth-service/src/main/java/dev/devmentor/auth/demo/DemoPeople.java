package dev.devmentor.auth.demo;

import dev.devmentor.auth.account.Account;
import dev.devmentor.auth.account.Accounts;
import dev.devmentor.auth.account.EmailAddress;
import dev.devmentor.auth.password.Passwords;
import dev.devmentor.auth.registration.Credentials;
import dev.devmentor.kit.erasure.Tombstones;
import dev.devmentor.kit.transaction.Transactions;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Opens the accounts of a laptop where they are missing. Who was erased stays erased; who has set another password keeps it. */
@ApplicationScoped
class DemoPeople {
    private static final Logger LOG = Logger.getLogger(DemoPeople.class);

    private final DemoConfig config;
    private final Transactions transactions;
    private final Accounts accounts;
    private final Credentials credentials;
    private final Passwords passwords;
    private final Tombstones tombstones;

    DemoPeople(
            DemoConfig config,
            Transactions transactions,
            Accounts accounts,
            Credentials credentials,
            Passwords passwords,
            Tombstones tombstones) {
        this.config = config;
        this.transactions = transactions;
        this.accounts = accounts;
        this.credentials = credentials;
        this.passwords = passwords;
        this.tombstones = tombstones;
    }

    void open(@Observes StartupEvent started) throws SQLException {
        Optional<String> password = config.password().filter(text -> !text.isBlank());
        if (password.isPresent()) {
            open("demo", "Demo", List.of("learner"), password.get());
            open("operator", "Operator", List.of("learner", "operator"), password.get());
        }
    }

    private void open(String id, String name, List<String> roles, String password) throws SQLException {
        boolean known = transactions.run(
                work -> accounts.byId(work.connection(), id).isPresent() || tombstones.has(work.connection(), id));
        if (known) {
            return;
        }
        String hash = passwords.hash(password);
        EmailAddress email = EmailAddress.parse(id + "@devmentor.local").orElseThrow();
        transactions.execute(work -> {
            Optional<Account> account = accounts.create(work, id, email, name, roles, true);
            if (account.isPresent()) {
                credentials.set(work.connection(), id, hash);
            }
        });
        LOG.infof("the account %s is there", id);
    }
}
