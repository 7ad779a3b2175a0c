package dev.devmentor.gateway.balance;

import dev.devmentor.gateway.breaker.Breaker;
import dev.devmentor.gateway.breaker.Circuit;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The instances of one service, and the choice among them. Those that are well and that this request has not been to come first, then
 * those that are well. If none at all is usable, those come that fail their active checks although their breaker is closed: a check that is
 * wrong about all of them (a path that is not there, a dependency that only readiness knows) must not be an outage. An open breaker
 * is never passed over: that is what real requests told.
 */
final class Pool {
    /** Who is looked at, in this order. */
    private enum Round {
        FRESH,
        TRIED,
        FRESH_ALTHOUGH_SICK,
        TRIED_ALTHOUGH_SICK
    }

    private static final Round[] ROUNDS = Round.values();

    private final Supplier<Circuit> circuits;
    private final IntUnaryOperator random;
    private final AtomicInteger turn = new AtomicInteger();
    private volatile Node[] nodes = {};
    private volatile Strategy strategy;

    /** Empty. {@code random} gives a number below its argument. */
    Pool(Strategy strategy, Supplier<Circuit> circuits, IntUnaryOperator random) {
        this.strategy = strategy;
        this.circuits = circuits;
        this.random = random;
    }

    void strategy(Strategy next) {
        strategy = next;
    }

    Strategy strategy() {
        return strategy;
    }

    /** All instances. Not to be changed. */
    Node[] nodes() {
        return nodes;
    }

    /** Takes these for the instances. Those that stay keep what is known of them. */
    synchronized void instances(Collection<Instance> instances) {
        Node[] before = nodes;
        Set<Instance> wanted = new LinkedHashSet<>(instances);
        Node[] next = new Node[wanted.size()];
        int count = 0;
        for (Node node : before) {
            if (wanted.remove(node.instance)) {
                next[count++] = node;
            }
        }
        for (Instance fresh : wanted) {
            next[count++] = new Node(fresh, circuits.get());
        }
        nodes = next;
    }

    int usable() {
        int usable = 0;
        for (Node node : nodes) {
            if (node.isUsable()) {
                usable++;
            }
        }
        return usable;
    }

    /** A node with the ticket for one try at it. */
    record Chosen(Node node, long ticket) {}

    /** Chooses, and takes the ticket; null if there is none. */
    @Nullable Chosen choose(String address, Set<Instance> tried) {
        Node[] all = nodes;
        for (Round round : ROUNDS) {
            // Another thread may take the one try of a half-open breaker first; then the choice is made again without
            // it.
            for (int attempt = 0; attempt < all.length; attempt++) {
                Node node = select(all, round, address, tried);
                if (node == null) {
                    break;
                }
                long ticket = node.circuit.tryAcquire();
                if (ticket != Circuit.REFUSED) {
                    return new Chosen(node, ticket);
                }
            }
        }
        return null;
    }

    /** Seconds until a breaker lets somebody through, at least 1. */
    long retryAfterSeconds() {
        long least = Long.MAX_VALUE;
        for (Node node : nodes) {
            least = Math.min(least, node.circuit.retryAfterSeconds());
        }
        return least == Long.MAX_VALUE ? 5 : least;
    }

    private @Nullable Node select(Node[] all, Round round, String address, Set<Instance> tried) {
        return switch (strategy) {
            case ROUND_ROBIN -> roundRobin(all, round, tried);
            case LEAST_CONNECTIONS -> leastConnections(all, round, tried);
            case IP_HASH -> ipHash(all, round, tried, address);
        };
    }

    /** The n-th of those that are there now, so that nobody gets the share of a neighbour that is out. */
    private @Nullable Node roundRobin(Node[] all, Round round, Set<Instance> tried) {
        int there = 0;
        for (Node node : all) {
            if (isIn(round, node, tried)) {
                there++;
            }
        }
        if (there == 0) {
            return null;
        }
        int skip = Integer.remainderUnsigned(turn.getAndIncrement(), there);
        Node last = null;
        for (Node node : all) {
            if (isIn(round, node, tried)) {
                last = node;
                if (skip-- == 0) {
                    break;
                }
            }
        }
        return last;
    }

    private @Nullable Node leastConnections(Node[] all, Round round, Set<Instance> tried) {
        Node best = null;
        int least = Integer.MAX_VALUE;
        int ties = 0;
        for (Node node : all) {
            int underWay = node.underWay.get();
            if (underWay > least || !isIn(round, node, tried)) {
                continue;
            }
            ties = underWay < least ? 1 : ties + 1;
            if (ties == 1 || random.applyAsInt(ties) == 0) {
                best = node;
            }
            least = underWay;
        }
        return best;
    }

    private static @Nullable Node ipHash(Node[] all, Round round, Set<Instance> tried, String address) {
        long caller = Hashes.of(address);
        Node best = null;
        long highest = 0;
        for (Node node : all) {
            long score = Hashes.mixed(caller ^ node.hash);
            if ((best == null || score > highest) && isIn(round, node, tried)) {
                best = node;
                highest = score;
            }
        }
        return best;
    }

    private static boolean isIn(Round round, Node node, Set<Instance> tried) {
        return switch (round) {
            case FRESH -> node.isUsable() && !tried.contains(node.instance);
            case TRIED -> node.isUsable();
            case FRESH_ALTHOUGH_SICK -> isClosed(node) && !tried.contains(node.instance);
            case TRIED_ALTHOUGH_SICK -> isClosed(node);
        };
    }

    private static boolean isClosed(Node node) {
        return node.circuit.state() == Breaker.State.CLOSED;
    }
}
