package dev.devmentor.auth.team;

import dev.devmentor.auth.account.Account;
import dev.devmentor.auth.account.Accounts;
import dev.devmentor.auth.audit.AuditEntry;
import dev.devmentor.auth.audit.AuditLog;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.transaction.Transactions;
import dev.devmentor.kit.transaction.UnitOfWork;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Who comes into a team and goes. A person is in a team only once they have said so themselves. */
@ApplicationScoped
public class TeamMembers {
    private static final int MOST_TEAMS = 64;
    private static final int MOST_MEMBERS = 500;

    private final Transactions transactions;
    private final TeamTable table;
    private final Accounts accounts;
    private final AuditLog audit;
    private final Clock clock;

    TeamMembers(Transactions transactions, TeamTable table, Accounts accounts, AuditLog audit, Clock clock) {
        this.transactions = transactions;
        this.table = table;
        this.accounts = accounts;
        this.audit = audit;
        this.clock = clock;
    }

    List<TeamTable.Row> list(String accountId) throws SQLException {
        return transactions.run(work -> table.list(work.connection(), accountId));
    }

    String create(String accountId, String name) throws SQLException {
        return transactions.run(work -> {
            if (table.list(work.connection(), accountId).size() >= MOST_TEAMS) {
                throw ProblemException.conflict("too-many-teams", "a person is in at most " + MOST_TEAMS + " teams");
            }
            String id = accounts.newId("t-");
            table.add(work.connection(), id, name, accountId, clock.instant());
            audit.record(
                    work.connection(),
                    AuditEntry.of("team.created", accountId, null).with("team", id));
            return id;
        });
    }

    List<Membership> members(String accountId, String teamId) throws SQLException {
        return transactions.run(work -> {
            mustBeIn(work, accountId, teamId);
            return table.members(work.connection(), teamId);
        });
    }

    /** Says the same whether the address has an account: whoever it belongs to finds the invitation. */
    void invite(String accountId, String teamId, String email) throws SQLException {
        transactions.execute(work -> {
            mustOwn(work, accountId, teamId);
            if (table.members(work.connection(), teamId).size() >= MOST_MEMBERS) {
                throw ProblemException.conflict("team-is-full", "a team has at most " + MOST_MEMBERS + " members");
            }
            Optional<Account> invited = accounts.byEmail(work.connection(), email)
                    .filter(account -> account.isUsable() && account.emailVerified());
            if (invited.isPresent()) {
                table.join(work.connection(), teamId, invited.get().id(), "member", "invited", clock.instant());
                audit.record(
                        work.connection(),
                        AuditEntry.of("team.invited", invited.get().id(), null)
                                .by(accountId)
                                .with("team", teamId));
            }
        });
    }

    void accept(String accountId, String teamId) throws SQLException {
        transactions.execute(work -> {
            Membership membership = find(work, accountId, teamId);
            if (membership.state().equals("invited")) {
                table.accept(work.connection(), teamId, accountId, clock.instant());
                audit.record(
                        work.connection(),
                        AuditEntry.of("team.joined", accountId, null).with("team", teamId));
            }
        });
    }

    /** Takes somebody out of a team: oneself, or as an owner anybody. A team without an owner gets the eldest member, or goes. */
    void remove(String accountId, String teamId, String whom) throws SQLException {
        transactions.execute(work -> {
            if (!accountId.equals(whom)) {
                mustOwn(work, accountId, teamId);
            }
            find(work, whom, teamId);
            leave(work, whom, teamId);
            audit.record(
                    work.connection(),
                    AuditEntry.of("team.left", whom, null).by(accountId).with("team", teamId));
        });
    }

    /** Takes a person out of all teams, in the transaction of an erasure. */
    public int leaveAll(UnitOfWork work, String accountId) throws SQLException {
        List<TeamTable.Row> teams = table.list(work.connection(), accountId);
        for (TeamTable.Row team : teams) {
            table.lock(work.connection(), team.id());
            leave(work, accountId, team.id());
        }
        return teams.size();
    }

    private void leave(UnitOfWork work, String whom, String teamId) throws SQLException {
        table.leave(work.connection(), teamId, whom);
        List<Membership> left = table.members(work.connection(), teamId).stream()
                .filter(member -> member.state().equals("member"))
                .toList();
        if (left.isEmpty()) {
            table.delete(work.connection(), teamId);
        } else if (left.stream().noneMatch(member -> member.role().equals("owner"))) {
            table.makeOwner(work.connection(), teamId, left.getFirst().accountId());
        }
    }

    private Membership find(UnitOfWork work, String accountId, String teamId) throws SQLException {
        if (!table.lock(work.connection(), teamId)) {
            throw ProblemException.notFound("no such team, or not yours");
        }
        return table.membership(work.connection(), teamId, accountId)
                .orElseThrow(() -> ProblemException.notFound("no such team, or not yours"));
    }

    private Membership mustBeIn(UnitOfWork work, String accountId, String teamId) throws SQLException {
        Membership membership = find(work, accountId, teamId);
        if (!membership.state().equals("member")) {
            throw ProblemException.notFound("no such team, or not yours");
        }
        return membership;
    }

    private void mustOwn(UnitOfWork work, String accountId, String teamId) throws SQLException {
        if (!mustBeIn(work, accountId, teamId).role().equals("owner")) {
            throw ProblemException.forbidden("only owners of the team may do this");
        }
    }
}
