package io.ternmq.client.session;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which producers run in this process, so that two that no broker could tell apart do not run at a time. The one table of
 * the SDK that clients share, and nothing but names is in it: whom a client talks to is never decided here.
 */
final class ProducerClaims {
    private static final Set<Claim> HELD = ConcurrentHashMap.newKeySet();

    /**
     * What tells producers apart.
     *
     * @param nameServers of its cluster: the same names in two clusters do not meet
     */
    record Claim(List<String> nameServers, String clientId, String group) {}

    private ProducerClaims() {}

    /** False if such a producer runs. */
    static boolean take(Claim claim) {
        return HELD.add(claim);
    }

    static void giveBack(Claim claim) {
        HELD.remove(claim);
    }
}
