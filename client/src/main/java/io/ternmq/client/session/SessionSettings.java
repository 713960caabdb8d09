package io.ternmq.client.session;

import io.ternmq.client.ClientConfig;
import io.ternmq.client.exception.ClientErrorCode;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.client.route.NameServers;
import io.ternmq.common.time.Clock;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a client reaches its cluster and tends it, as it was set when it started.
 *
 * @param clientId {@code address@name}, with the unit behind it if there is one
 * @param address that unique ids begin with
 * @param nameServers at least one, {@code host:port} each
 * @param routeInterval between refreshes of routes
 * @param heartbeatInterval between heartbeats to each broker
 * @param callTimeout for anything but sends and pulls
 */
public record SessionSettings(
        String clientId,
        InetAddress address,
        List<String> nameServers,
        Duration routeInterval,
        Duration heartbeatInterval,
        Duration callTimeout) {

    /**
     * Takes a snapshot. A client without an instance name is named by process and time, so that no two of them are the
     * same to a broker: not two in one process, nor two that talk to different clusters.
     *
     * @param keepsName whether it is to have the default name instead, the same after a restart
     * @throws MQClientException if there is no name server, or an interval is not at least 1 ms
     */
    public static SessionSettings of(ClientConfig config, Clock clock, boolean keepsName) throws MQClientException {
        String given = Optional.ofNullable(config.getNamesrvAddr()).orElse("");
        List<String> nameServers = NameServers.parse(given);
        if (nameServers.isEmpty()) {
            throw new MQClientException(
                    ClientErrorCode.NO_NAME_SERVER_EXCEPTION,
                    "No name server address: set namesrvAddr to host:port;host:port, or JVM property"
                            + " rocketmq.namesrv.addr, or environment variable NAMESRV_ADDR");
        }
        InetAddress address = LocalAddress.find();
        return new SessionSettings(
                clientIdOf(config, address, clock, keepsName),
                address,
                nameServers,
                interval("pollNameServerInterval", config.getPollNameServerInterval()),
                interval("heartbeatBrokerInterval", config.getHeartbeatBrokerInterval()),
                interval("mqClientApiTimeout", config.getMqClientApiTimeout()));
    }

    private static String clientIdOf(ClientConfig config, InetAddress address, Clock clock, boolean keepsName) {
        String host = Optional.ofNullable(config.getClientIP()).orElse(address.getHostAddress());
        String name = !keepsName && config.getInstanceName().equals(ClientConfig.DEFAULT_INSTANCE_NAME)
                ? ProcessHandle.current().pid() + "#" + clock.monotonicNanos()
                : config.getInstanceName();
        String unit = Optional.ofNullable(config.getUnitName())
                .map(text -> "@" + text)
                .orElse("");
        return host + "@" + name + unit;
    }

    private static Duration interval(String name, int millis) throws MQClientException {
        if (millis < 1) {
            throw new MQClientException(
                    ClientErrorCode.UNKNOWN, name + "=" + millis + " is not valid: expected at least 1 millisecond");
        }
        return Duration.ofMillis(millis);
    }
}
