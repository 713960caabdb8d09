package io.ternmq.interop;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A client and the servers it is tested against. Each test of the message path runs for every pairing in use: those named by
 * the system property {@code interop.pairs} (such as {@code client_550_on_tern,...}), else the daily ones, and with
 * {@code ternmq.long=true} all of them.
 */
enum Pairing {
    /** The judge of our wire. */
    CLIENT_550_ON_TERN(Client.OFFICIAL_550, Servers.TERN, true),
    CLIENT_498_ON_TERN(Client.OFFICIAL_498, Servers.TERN, false),
    /** The judge of our client. */
    TERN_ON_OFFICIAL(Client.TERN, Servers.OFFICIAL, true),
    TERN_ON_TERN(Client.TERN, Servers.TERN, false),
    /** The judge of the tests themselves: what they demand is what the official release does. */
    CLIENT_550_ON_OFFICIAL(Client.OFFICIAL_550, Servers.OFFICIAL, false),
    CLIENT_498_ON_OFFICIAL(Client.OFFICIAL_498, Servers.OFFICIAL, false);

    /** A client library. */
    enum Client {
        OFFICIAL_550,
        OFFICIAL_498,
        TERN
    }

    /** A make of name server and broker. */
    enum Servers {
        TERN,
        OFFICIAL
    }

    private final Client client;
    private final Servers servers;
    private final boolean daily;

    Pairing(Client client, Servers servers, boolean daily) {
        this.client = client;
        this.servers = servers;
        this.daily = daily;
    }

    Client client() {
        return client;
    }

    Servers servers() {
        return servers;
    }

    /** Returns the pairings of this run. */
    static Stream<Pairing> all() {
        String named = System.getProperty("interop.pairs", "");
        if (!named.isBlank()) {
            return Arrays.stream(named.split(",", -1))
                    .map(name -> Pairing.valueOf(name.strip().toUpperCase(Locale.ROOT)));
        }
        boolean isLong = Boolean.getBoolean("ternmq.long");
        return Arrays.stream(values()).filter(pairing -> isLong || pairing.daily);
    }

    /** Returns the pairings of this run whose client is an official one, for what our client does not offer. */
    static Stream<Pairing> officialClients() {
        return all().filter(pairing -> pairing.client != Client.TERN);
    }

    /** Returns the servers of this run that the admin tools are tested on. */
    static Stream<Servers> allServers() {
        Set<Servers> tested = Set.copyOf(officialClients().map(Pairing::servers).toList());
        return List.of(Servers.values()).stream().filter(tested::contains);
    }
}
