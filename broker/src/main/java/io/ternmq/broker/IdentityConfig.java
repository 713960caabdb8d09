package io.ternmq.broker;

import io.ternmq.common.config.Setting;
import io.ternmq.common.config.Settings;
import io.ternmq.remoting.protocol.route.AdvertisedListeners;
import java.util.List;
import java.util.Optional;

/**
 * Who this broker is.
 *
 * @param name shared by a master and its replicas; key {@code brokerName}, default the machine's host name
 * @param cluster key {@code brokerClusterName}, default {@code DefaultCluster}
 * @param id key {@code brokerId}, 0: the master. Replicas are not built yet, so nothing else is taken
 * @param address host that clients and name servers are told; key {@code brokerIP1}, default that of the first listener,
 *     else the first address of this machine that is not its loopback's
 * @param listeners addresses for clients of different networks, all of the one listening port; key
 *     {@code advertisedListeners}, default none
 * @param replicaAddress host that replicas would be told; key {@code brokerIP2}, default {@code address}
 * @param replicaPort port that replicas would be told; key {@code haListenPort}, default the listening port + 1
 */
public record IdentityConfig(
        String name,
        String cluster,
        long id,
        String address,
        AdvertisedListeners listeners,
        String replicaAddress,
        int replicaPort) {
    /** Beyond this a name is not one that fits into headers and into topics named after the broker. */
    private static final int NAME_LENGTH_MAX = 100;

    static final Setting<String> NAME =
            Setting.text("brokerName", "").restricted(expectedName(), IdentityConfig::isName);
    static final Setting<String> CLUSTER =
            Setting.text("brokerClusterName", "DefaultCluster").restricted(expectedName(), IdentityConfig::isName);
    static final Setting<Long> ID = Setting.number("brokerId", 0)
            .restricted("0, the master: this broker does not replicate yet", id -> id == 0);
    static final Setting<BrokerRole> ROLE = Setting.choice("brokerRole", BrokerRole.ASYNC_MASTER)
            .restricted("ASYNC_MASTER: this broker does not replicate yet", role -> role == BrokerRole.ASYNC_MASTER);
    static final Setting<String> ADDRESS = Setting.text("brokerIP1", "");
    static final Setting<String> LISTENERS = Setting.text("advertisedListeners", "")
            .restricted(
                    AdvertisedListeners.EXPECTED,
                    text -> AdvertisedListeners.read(text).isPresent());
    static final Setting<String> REPLICA_ADDRESS = Setting.text("brokerIP2", "");
    static final Setting<Integer> REPLICA_PORT =
            Setting.integer("haListenPort", 0).between(0, 65_535);

    /** All keys of this record. */
    static final List<Setting<?>> SETTINGS =
            List.of(NAME, CLUSTER, ID, ROLE, ADDRESS, LISTENERS, REPLICA_ADDRESS, REPLICA_PORT);

    /** What a broker is to the others of its name. */
    enum BrokerRole {
        ASYNC_MASTER,
        SYNC_MASTER,
        SLAVE
    }

    /** @param listenPort where the broker listens */
    static IdentityConfig from(Settings settings, int listenPort) {
        settings.get(ROLE); // a role that is not built must not be ignored
        AdvertisedListeners listeners = AdvertisedListeners.parse(settings.get(LISTENERS));
        Optional<String> given = settings.text(ADDRESS.key());
        String address =
                given.or(() -> listeners.first().map(IdentityConfig::hostOf)).orElseGet(MachineAddress::ofThisMachine);
        int replicaPort = settings.get(REPLICA_PORT);
        return new IdentityConfig(
                settings.text(NAME.key()).map(NAME::parse).orElseGet(MachineAddress::hostName),
                settings.get(CLUSTER),
                settings.get(ID),
                address,
                listeners,
                settings.text(REPLICA_ADDRESS.key()).orElse(address),
                replicaPort == 0 ? listenPort + 1 : replicaPort);
    }

    /**
     * What clients and name servers are told that ask at no listener: {@code host:port}.
     *
     * @param listenPort where the broker listens
     */
    String advertised(int listenPort) {
        // The first listener's port may be another one than this process listens on: a published one.
        return listeners.first().filter(first -> hostOf(first).equals(address)).orElse(address + ":" + listenPort);
    }

    private static String hostOf(String hostAndPort) {
        return hostAndPort.substring(0, hostAndPort.lastIndexOf(':'));
    }

    private static String expectedName() {
        return "1 to " + NAME_LENGTH_MAX + " letters, digits, or . _ - | % of ASCII";
    }

    private static boolean isName(String name) {
        return name.length() <= NAME_LENGTH_MAX && name.matches("[A-Za-z0-9._|%-]+");
    }
}
